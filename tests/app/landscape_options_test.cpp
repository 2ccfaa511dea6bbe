#include "tests/app/program.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

namespace {

QList<QStringList> table(const QString& path) {
    QList<QStringList> rows;
    for (const QString& line : QString::fromUtf8(content(path)).split(QStringLiteral("\r\n"), Qt::SkipEmptyParts))
        rows << line.split(QLatin1Char(','));
    return rows;
}

} // namespace

/// `flatline run --plane ID --extent X --side N`.
class LandscapeOptionsTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QVERIFY(m_folder.isValid()); }

    // Breaks where the defaults are other than what they are said to be, or the provenance does not tell the cut.
    void theDefaultsAreTheWindowsFirst() {
        const QStringList plain{"run", "healthy", "--steps", "20", "--landscape", path("one.csv")};
        QCOMPARE(flatline(plain).code, 0);
        QCOMPARE(flatline({"run", "healthy", "--steps", "20", "--landscape", path("two.csv"), "--plane",
                           "random-biases", "--extent", "1", "--side", "51"})
                     .code,
                 0);
        QCOMPARE(content(path("two.csv")), content(path("one.csv")));
        const QJsonObject origin = QJsonDocument::fromJson(content(path("one.csv.provenance.json"))).object();
        QCOMPARE(origin["plane"].toString(), QStringLiteral("random-biases"));
        QCOMPARE(origin["extent"].toDouble(), 1.0);
        QCOMPARE(origin["side"].toInt(), 51);
    }

    // Breaks where a plane cannot be asked for, is not cut as asked, or has another middle than the trace's loss.
    void everyPlaneIsCutAsAsked() {
        const QRegularExpression line(QStringLiteral("--plane ID +[^:]+: (.+)"));
        QStringList words = line.match(flatline({"run", "--help"}).out).captured(1).split(QStringLiteral(", "));
        words.replaceInStrings(QStringLiteral("K:J"), QStringLiteral("2:1"));
        QVERIFY(words.contains("random-biases") && words.contains("neuron:2:1") && words.contains("pca") &&
                words.contains("gradient-sharpest"));
        QSet<QByteArray> files;
        for (const QString& word : words) {
            const Outcome run = flatline({"run", "healthy", "--steps", "40", "--landscape", path("l.csv"), "--trace",
                                          path("t.csv"), "--plane", word, "--extent", "0.5", "--side", "5"});
            QVERIFY2(run.code == 0, qPrintable(run.err));
            const auto rows = table(path("l.csv"));
            QCOMPARE(rows.size(), 26);
            QCOMPARE(rows[1].mid(0, 2), (QStringList{"-0.5", "-0.5"}));
            QCOMPARE(rows[2].mid(0, 2), (QStringList{"-0.25", "-0.5"}));
            QCOMPARE(rows[13], (QStringList{"0", "0", table(path("t.csv")).last().value(2)}));
            for (qsizetype i = 1; i < rows.size(); ++i) {
                bool number = false;
                QVERIFY(rows[i][2].toDouble(&number) > 0.0 && number);
            }
            files << content(path("l.csv"));
            const QJsonObject origin = QJsonDocument::fromJson(content(path("l.csv.provenance.json"))).object();
            QCOMPARE(origin["plane"].toString(), word);
        }
        QCOMPARE(files.size(), words.size());
    }

    // Breaks where a wrong word trains first, is taken for another, or does nothing in silence.
    void wrongWordsAreToldFirst_data() {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("no such plane") << QStringList{"--plane", "nonsense"};
        QTest::newRow("whose neuron") << QStringList{"--plane", "neuron"};
        QTest::newRow("no such layer") << QStringList{"--plane", "neuron:9:1"};
        QTest::newRow("no such neuron") << QStringList{"--plane", "neuron:1:99"};
        QTest::newRow("even side") << QStringList{"--side", "4"};
        QTest::newRow("side too large") << QStringList{"--side", "100001"};
        QTest::newRow("side too small") << QStringList{"--side", "1"};
        QTest::newRow("no extent") << QStringList{"--extent", "0"};
        QTest::newRow("endless extent") << QStringList{"--extent", "inf"};
        QTest::newRow("extent with a comma") << QStringList{"--extent", "0,5"};
    }
    void wrongWordsAreToldFirst() {
        QFETCH(QStringList, words);
        const Outcome run =
            flatline(QStringList{"run", "healthy", "--steps", "1", "--landscape", path("wrong.csv")} + words);
        QCOMPARE(run.code, 2);
        QVERIFY2(run.err.contains(words[0]), qPrintable(run.err));
        QVERIFY(!QFile::exists(path("wrong.csv")));
    }
    void withoutALandscapeTheyAreRefused() {
        const Outcome run = flatline({"run", "healthy", "--steps", "1", "--plane", "pca"});
        QCOMPARE(run.code, 2);
        QVERIFY2(run.err.contains("--landscape"), qPrintable(run.err));
    }

private:
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(LandscapeOptionsTest)
#include "landscape_options_test.moc"
