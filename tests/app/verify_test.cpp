#include "tests/app/program.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

namespace {

const QString lesson = QStringLiteral("---\ntitle: Mine\nchapter: Own\nminutes: 2\ngoal: A test.\n---\n\n"
                                      "# A page\n\nText.\n\n```claim\n%1\n```\n");
const QString claim = QStringLiteral("id: mine\nsays: At a high rate more are dead.\nexperiment: healthy\n"
                                     "run low: as it is\nrun high: training.learning_rate = %1\nsteps: 200\n"
                                     "measure: %2\nholds: > 0\npromised: 80 %");

/// The rows of a file of figures, by column.
QList<QHash<QString, QString>> figures(const QString& file) {
    QStringList lines = QString::fromUtf8(content(file)).split(QStringLiteral("\r\n"), Qt::SkipEmptyParts);
    const QStringList columns = lines.isEmpty() ? QStringList() : lines.takeFirst().split(QLatin1Char(','));
    QList<QHash<QString, QString>> rows;
    for (const QString& line : lines) {
        const QStringList cells = line.split(QLatin1Char(','));
        QHash<QString, QString> row;
        for (qsizetype i = 0; i < columns.size(); ++i)
            row.insert(columns[i], cells.value(i));
        rows << row;
    }
    return rows;
}

} // namespace

class VerifyTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QVERIFY(m_folder.isValid()); }
    void aClaimThatHolds();
    void aClaimThatDoesNot();
    void mistakes_data();
    // Breaks where a mistake in a user's lesson is not named with its file, line and key.
    void mistakes();
    void sameFiguresWhateverTheJobs();
    void quietSaysWhatFailed();
    void quantitiesAreListed();
    // Breaks where a lesson's claim no longer holds; CI has not the time for all seeds.
    void allBuiltInClaimsHold();

private:
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QString file(const QString& name, const QString& text) const {
        write(path(name), text.toUtf8());
        return path(name);
    }
    QTemporaryDir m_folder;
};

void VerifyTest::aClaimThatHolds() {
    const QString mine = file("01-mine.md", lesson.arg(claim.arg("2", "high.dead - low.dead")));
    const Outcome run = flatline({"verify", mine, "--seeds", "20", "--csv", path("figures.csv")});
    QVERIFY2(run.code == 0, qPrintable(run.out + run.err));
    QVERIFY2(run.out.contains(QRegularExpression("pass  mine +held (1[6-9]|20) of 20 \\(.* to .* %\\) +promised 80 %")),
             qPrintable(run.out));
    for (const char* part : {"Mine (mine)", "At a high rate more are dead.", "high.dead - low.dead", "> 0"})
        QVERIFY2(run.out.contains(QLatin1String(part)), qPrintable(run.out));
    QVERIFY(run.err.contains("1 of 1 claims held on 20 seeds"));
    const auto rows = figures(path("figures.csv"));
    QCOMPARE(rows.size(), 1);
    QCOMPARE(rows[0].value("id"), QString("mine"));
    QCOMPARE(rows[0].value("seeds"), QString("20"));
}

void VerifyTest::aClaimThatDoesNot() {
    const QString mine = file("wrong.md", lesson.arg(claim.arg("2", "low.dead - high.dead")));
    const Outcome run = flatline({"verify", mine, "--seeds", "20"});
    QCOMPARE(run.code, 1);
    QVERIFY2(run.out.contains("FAIL  mine"), qPrintable(run.out));
}

void VerifyTest::mistakes_data() {
    QTest::addColumn<QString>("block");
    QTest::addColumn<QString>("error");
    QTest::newRow("measure") << claim.arg("2", "high.ded") << "lesson.md:19: measure: column 1: ";
    QTest::newRow("setting") << claim.arg("fast", "high.dead") << "lesson.md:17: training.learning_rate: \"fast\"";
    QTest::newRow("key") << claim.arg("2", "high.dead") + "\npromise: 9 %"
                         << "lesson.md:22: promise: ";
    QTest::newRow("experiment") << claim.arg("2", "high.dead").replace("healthy", "none.json")
                                << "lesson.md:12: experiment: ";
}

void VerifyTest::mistakes() {
    QFETCH(QString, block);
    QFETCH(QString, error);
    const Outcome run = flatline({"verify", file("lesson.md", lesson.arg(block)), "--seeds", "1"});
    QCOMPARE(run.code, 3);
    QVERIFY2(run.err.contains(error), qPrintable(run.err));
    QCOMPARE(run.err.count('\n'), 1);
}

void VerifyTest::sameFiguresWhateverTheJobs() {
    QStringList outs;
    for (const char* jobs : {"1", "3"}) {
        const Outcome run =
            flatline({"verify", "flatline", "leak", "--seeds", "6", "--jobs", jobs, "--csv", path(jobs)});
        QVERIFY2(run.code <= 1, qPrintable(run.err));
        outs << run.out;
    }
    QCOMPARE(outs[0], outs[1]);
    QCOMPARE(content(path("1")), content(path("3")));
}

void VerifyTest::quietSaysWhatFailed() {
    const QString good = file("good.md", lesson.arg(claim.arg("2", "high.dead + 1")));
    const Outcome quiet = flatline({"verify", good, "--seeds", "2", "--quiet"});
    QCOMPARE(quiet.code, 0);
    QCOMPARE(quiet.out + quiet.err, QString());
    const QString bad = file("bad.md", lesson.arg(claim.arg("2", "high.dead - 100")));
    const Outcome failed = flatline({"verify", good, bad, "--seeds", "2", "--quiet"});
    QCOMPARE(failed.code, 1);
    QCOMPARE(failed.out.count("FAIL"), 1);
    QVERIFY(!failed.out.contains("pass"));
}

void VerifyTest::quantitiesAreListed() {
    const Outcome list = flatline({"list", "quantities"});
    QCOMPARE(list.code, 0);
    for (const char* name : {"RUN.dead ", "highest(RUN.NAME)", "differences(RUN, RUN)  ", "abs(x)"})
        QVERIFY2(list.out.contains(QLatin1String(name)), name);
}

void VerifyTest::allBuiltInClaimsHold() {
    const Outcome run = flatline({"verify", "--seeds", "10", "--csv", path("few.csv")});
    QVERIFY2(run.code <= 1, qPrintable(run.err));
    const auto rows = figures(path("few.csv"));
    QVERIFY(rows.size() >= 19);
    // Ten seeds may miss a share by chance: what is promised must lie within the interval that they leave open.
    for (const auto& row : rows)
        QVERIFY2(row.value("high").toDouble() >= row.value("promised").toDouble(),
                 qPrintable(row.value("id") + ": held " + row.value("held") + " of 10"));
}

QTEST_GUILESS_MAIN(VerifyTest)
#include "verify_test.moc"
