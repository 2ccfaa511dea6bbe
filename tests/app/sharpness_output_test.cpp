#include "tests/app/program.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <cmath>

namespace {

QList<QStringList> table(const QString& path) {
    QList<QStringList> rows;
    for (const QString& line : QString::fromUtf8(content(path)).split(QStringLiteral("\r\n"), Qt::SkipEmptyParts))
        rows << line.split(QLatin1Char(','));
    return rows;
}

QStringList column(const QList<QStringList>& rows, qsizetype index) {
    QStringList cells;
    for (qsizetype i = 1; i < rows.size(); ++i)
        cells << rows[i].value(index);
    return cells;
}

} // namespace

/// `flatline run --sharpness F.csv`.
class SharpnessOutputTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QVERIFY(m_folder.isValid()); }

    // Breaks where a row of the trace has no sharpness, or one that is not that of its parameters.
    void isThatOfTheParametersAtEachRow() {
        QCOMPARE(flatline({"run", "healthy", "--steps", "25", "--sharpness", path("s.csv"), "--trace", path("t.csv"),
                           "--parameters", path("p.csv")})
                     .code,
                 0);
        const auto rows = table(path("s.csv"));
        QCOMPARE(rows.value(0), (QStringList{"step", "sharpness", "two_over_learning_rate"}));
        QCOMPARE(column(rows, 0), (QStringList{"0", "10", "20", "25"}));
        QCOMPARE(column(rows, 0), column(table(path("t.csv")), 0));
        // A run that starts from the parameters of the last row has that sharpness at its first.
        QCOMPARE(flatline({"run", "healthy", "--steps", "0", "--sharpness", path("again.csv"), "--set",
                           "initialization.file=" + path("p.csv")})
                     .code,
                 0);
        QCOMPARE(table(path("again.csv")).last().value(1), rows.last().value(1));
        for (const QString& cell : column(rows, 1))
            QVERIFY(cell.toDouble() > 0.0);
        QVERIFY(column(rows, 1).first() != column(rows, 1).last());
        for (const QString& cell : column(rows, 2))
            QCOMPARE(cell.toFloat(), static_cast<float>(2.0 / 0.03));
        QVERIFY(content(path("s.csv.provenance.json")).contains("\"sha256\""));
    }

    // Breaks where the figure is not the largest eigenvalue: that of a linear network with squared loss is known
    // without it, the mean of x x' times 2, x a sample with a 1 behind it.
    void isTheLargestEigenvalue() {
        QCOMPARE(flatline({"run", "healthy", "--steps", "10", "--set", "data.source=plane", "--set",
                           "network.hidden=", "--set", "data.test_fraction=0", "--set", "data.offset=0.5",
                           "--sharpness", path("q.csv"), "--predictions", path("f.csv")})
                     .code,
                 0);
        const auto samples = table(path("f.csv"));
        QCOMPARE(samples.value(0).mid(1, 2), (QStringList{"x1", "x2"}));
        std::array<std::array<double, 3>, 3> matrix{};
        for (qsizetype i = 1; i < samples.size(); ++i) {
            const std::array<double, 3> x{samples[i][1].toDouble(), samples[i][2].toDouble(), 1.0};
            for (std::size_t j = 0; j < 3; ++j)
                for (std::size_t k = 0; k < 3; ++k)
                    matrix[j][k] += 2.0 * x[j] * x[k] / static_cast<double>(samples.size() - 1);
        }
        std::array<double, 3> v{1.0, 0.9, 0.8};
        double largest = 0.0;
        for (int round = 0; round < 1000; ++round) {
            std::array<double, 3> next{};
            for (std::size_t j = 0; j < 3; ++j)
                for (std::size_t k = 0; k < 3; ++k)
                    next[j] += matrix[j][k] * v[k];
            largest = std::hypot(next[0], next[1], next[2]);
            for (std::size_t j = 0; j < 3; ++j)
                v[j] = next[j] / largest;
        }
        for (const QString& cell : column(table(path("q.csv")), 1))
            QVERIFY2(std::abs(cell.toDouble() / largest - 1.0) < 1e-4,
                     qPrintable(QString("%1, not %2").arg(cell).arg(largest)));
    }

    // Breaks where looking changes the run, or the file is written unasked.
    void looksWithoutTouching() {
        QCOMPARE(flatline({"run", "sudden-death", "--steps", "30", "--out", path("one")}).code, 0);
        QVERIFY(!QFile::exists(path("one/sharpness.csv")));
        QCOMPARE(flatline({"run", "sudden-death", "--steps", "30", "--out", path("two"), "--sharpness",
                           path("two/sharpness.csv")})
                     .code,
                 0);
        QVERIFY(QFile::exists(path("two/sharpness.csv")));
        for (const char* name : {"trace", "parameters", "landscape"})
            QCOMPARE(content(path(QStringLiteral("two/%1.csv").arg(name))),
                     content(path(QStringLiteral("one/%1.csv").arg(name))));
    }

    // Breaks where the edge does not follow a rate that is changed on the way, or a rate of 0 divides.
    void theEdgeFollowsTheRate() {
        write(path("e.json"), R"({"flatline": 1, "interventions": [
            {"step": 20, "kind": "set", "path": "training.learning_rate", "value": 0.5},
            {"step": 30, "kind": "set", "path": "training.learning_rate", "value": 0}]})");
        QCOMPARE(flatline({"run", path("e.json"), "--steps", "40", "--sharpness", path("e.csv"), "--set",
                           "training.learning_rate=0.25"})
                     .code,
                 0);
        QCOMPARE(column(table(path("e.csv")), 2), (QStringList{"8", "8", "8", "4", "inf"}));
    }

    // Breaks where an infinite loss has a sharpness, or ends the run.
    void anInfiniteLossHasNone() {
        const Outcome run = flatline({"run", "healthy", "--steps", "10", "--set", "network.output=relu-normalized",
                                      "--set", "initialization.weights=zeros", "--sharpness", path("i.csv")});
        QVERIFY2(run.code == 0, qPrintable(run.err));
        QCOMPARE(column(table(path("i.csv")), 1), (QStringList{"", ""}));
    }

    // Breaks where a wrong place is found out only after the training, or two outputs share a file.
    void wrongPlacesAreToldFirst() {
        QCOMPARE(flatline({"run", "healthy", "--steps", "1", "--sharpness", path("no/such/folder.csv")}).code, 4);
        QCOMPARE(
            flatline({"run", "healthy", "--steps", "1", "--sharpness", path("x.csv"), "--trace", path("x.csv")}).code,
            2);
        QCOMPARE(flatline({"run", "healthy", "--steps", "1", "--sharpness", ""}).code, 2);
        QVERIFY(!QFile::exists(path("x.csv")));
    }

private:
    QString path(const QString& name) const { return m_folder.filePath(name); }
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(SharpnessOutputTest)
#include "sharpness_output_test.moc"
