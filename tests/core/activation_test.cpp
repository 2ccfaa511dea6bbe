#include "core/network/activation.h"

#include <QFile>
#include <QTest>

#include <cmath>
#include <limits>
#include <vector>

using namespace flatline;

namespace {

template <class Scalar>
std::vector<Scalar> apply(typename ElementFunctions<Scalar>::Function function, const std::vector<Scalar>& z,
                          ActivationParameters parameters) {
    std::vector<Scalar> out(z.size());
    function(z.data(), out.data(), z.size(), parameters);
    return out;
}

ActivationParameters defaultsOf(const ActivationRow& row) {
    return activationParameters(row, std::nullopt, 0.0);
}

void addRows() {
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < activationTable().size(); ++i)
        QTest::newRow(activationTable()[i].id) << static_cast<int>(i);
}

} // namespace

class ActivationTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where f' is not the derivative of f: central differences in double, away from the kink at 0.
    void derivativeIsTheSlope_data() { addRows(); }
    void derivativeIsTheSlope() {
        QFETCH(int, index);
        const ActivationRow& row = activationTable()[static_cast<std::size_t>(index)];
        constexpr double h = 1e-5;
        std::vector<double> z;
        std::vector<double> above;
        std::vector<double> below;
        for (double x = -12.0; x <= 12.0; x += 0.0317) {
            if (std::abs(x) < 0.01)
                continue;
            z.push_back(x);
            above.push_back(x + h);
            below.push_back(x - h);
        }
        const auto slope = apply(row.twice.derivative, z, defaultsOf(row));
        const auto up = apply(row.twice.value, above, defaultsOf(row));
        const auto down = apply(row.twice.value, below, defaultsOf(row));
        for (std::size_t i = 0; i < z.size(); ++i) {
            const double difference = (up[i] - down[i]) / (2.0 * h);
            QVERIFY2(std::abs(slope[i] - difference) <= 1e-8 + 1e-7 * std::abs(difference),
                     qPrintable(QString("z=%1: %2 against %3").arg(z[i]).arg(slope[i]).arg(difference)));
        }
    }

    // Breaks where f'' is not the derivative of f', or a straight piece is bent.
    void curvatureIsTheSlopesSlope_data() { addRows(); }
    void curvatureIsTheSlopesSlope() {
        QFETCH(int, index);
        const ActivationRow& row = activationTable()[static_cast<std::size_t>(index)];
        constexpr double h = 1e-5;
        std::vector<double> z;
        for (double x = -12.0; x <= 12.0; x += 0.0317)
            if (std::abs(x) >= 0.01)
                z.push_back(x);
        std::vector<double> above = z;
        std::vector<double> below = z;
        for (std::size_t i = 0; i < z.size(); ++i) {
            above[i] += h;
            below[i] -= h;
        }
        const auto curvature = apply(row.twice.curvature, z, defaultsOf(row));
        const auto up = apply(row.twice.derivative, above, defaultsOf(row));
        const auto down = apply(row.twice.derivative, below, defaultsOf(row));
        for (std::size_t i = 0; i < z.size(); ++i) {
            const double difference = (up[i] - down[i]) / (2.0 * h);
            QVERIFY2(std::abs(curvature[i] - difference) <= 1e-8 + 1e-7 * std::abs(difference),
                     qPrintable(QString("z=%1: %2 against %3").arg(z[i]).arg(curvature[i]).arg(difference)));
            QVERIFY(!row.reluLike || curvature[i] == 0.0);
        }
    }

    // Breaks where the float functions that the program runs drift from the double ones that the test above checks.
    void floatFollowsDouble_data() { addRows(); }
    void floatFollowsDouble() {
        QFETCH(int, index);
        const ActivationRow& row = activationTable()[static_cast<std::size_t>(index)];
        std::vector<float> z;
        for (float x = -30.0F; x <= 30.0F; x += 0.0113F)
            z.push_back(x);
        const std::vector<double> wide(z.begin(), z.end());
        const auto compare = [&](const std::vector<float>& a, const std::vector<double>& b) {
            for (std::size_t i = 0; i < z.size(); ++i)
                QVERIFY2(std::abs(static_cast<double>(a[i]) - b[i]) <= 3e-7 * (std::abs(b[i]) + 0.3),
                         qPrintable(QString("z=%1: %2 against %3").arg(z[i]).arg(a[i]).arg(b[i])));
        };
        compare(apply(row.single.value, z, defaultsOf(row)), apply(row.twice.value, wide, defaultsOf(row)));
        compare(apply(row.single.derivative, z, defaultsOf(row)), apply(row.twice.derivative, wide, defaultsOf(row)));
        compare(apply(row.single.curvature, z, defaultsOf(row)), apply(row.twice.curvature, wide, defaultsOf(row)));
    }

    // Breaks where a NaN is swallowed: the vectorized exp clamps, and max() may return the other operand.
    void nanStaysVisible_data() { addRows(); }
    void nanStaysVisible() {
        QFETCH(int, index);
        const ActivationRow& row = activationTable()[static_cast<std::size_t>(index)];
        const std::vector<float> z(16, std::numeric_limits<float>::quiet_NaN());
        for (const float value : apply(row.single.value, z, defaultsOf(row)))
            QVERIFY(std::isnan(value));
        for (const float value : apply(row.single.curvature, z, defaultsOf(row)))
            QVERIFY(std::isnan(value));
    }

    // Breaks where a value or derivative disagrees with PyTorch's, which were computed in float64.
    void agreesWithPyTorch() {
        QFile file(QStringLiteral(FLATLINE_SHARED_DIR "/golden/activations.csv"));
        if (!file.open(QIODevice::ReadOnly))
            QSKIP("the reference values are not on this machine: ../shared/golden/activations.csv");
        file.readLine();
        int compared = 0;
        while (!file.atEnd()) {
            const QList<QByteArray> cells = file.readLine().trimmed().split(',');
            const ActivationRow* row = findActivation(cells[0].toStdString());
            if (row == nullptr)
                continue;
            const auto parameters = activationParameters(*row, cells[1].toDouble(), 0.0);
            const std::vector<float> z{cells[2].toFloat()};
            const double value = static_cast<double>(apply(row->single.value, z, parameters)[0]);
            const double slope = static_cast<double>(apply(row->single.derivative, z, parameters)[0]);
            const double expectedValue = cells[3].toDouble();
            const double expectedSlope = cells[4].toDouble();
            QVERIFY2(std::abs(value - expectedValue) <= 2e-6 * std::abs(expectedValue) + 1e-9,
                     qPrintable(QString("%1 at %2: %3, not %4").arg(row->id).arg(z[0]).arg(value).arg(expectedValue)));
            QVERIFY2(std::abs(slope - expectedSlope) <= 4e-6 * std::abs(expectedSlope) + 1e-9,
                     qPrintable(QString("%1' at %2: %3, not %4").arg(row->id).arg(z[0]).arg(slope).arg(expectedSlope)));
            ++compared;
        }
        QVERIFY(compared >= 11 * 55);
    }

    // Breaks where the convention at the kink is not the one that was set.
    void slopeAtZeroIsTheChosenOne() {
        const ActivationRow* relu = findActivation("relu");
        for (const double chosen : {0.0, 0.5, 1.0})
            QCOMPARE(apply(relu->single.derivative, std::vector<float>{0.0F}, {0.0, chosen})[0],
                     static_cast<float>(chosen));
        QCOMPARE(apply(relu->single.derivative, std::vector<float>{-1e-30F}, {0.0, 1.0})[0], 0.0F);
    }

    // Breaks where a saturated sigmoid is called dead although its slope still fits into a float.
    void saturatedSlopesAreExactlyZeroOnlyWhereTheyUnderflow() {
        const ActivationRow* sigmoid = findActivation("sigmoid");
        const auto slopes = apply(sigmoid->single.derivative, std::vector<float>{20.0F, -20.0F, 80.0F, 110.0F}, {});
        QVERIFY(slopes[0] > 1e-9F && slopes[0] < 3e-9F);
        QCOMPARE(slopes[0], slopes[1]);
        QVERIFY(slopes[2] > 0.0F);
        QCOMPARE(slopes[3], 0.0F);
        const ActivationRow* elu = findActivation("elu");
        const auto asleep = apply(elu->single.derivative, std::vector<float>{-80.0F, -110.0F}, {1.0, 0.0});
        QVERIFY(asleep[0] > 0.0F);
        QCOMPARE(asleep[1], 0.0F);
    }

    // Breaks where an id is listed twice, or a default is lost.
    void tableIsWellFormed() {
        for (const ActivationRow& row : activationTable())
            QCOMPARE(findActivation(row.id), &row);
        QVERIFY(findActivation("no such thing") == nullptr);
        QCOMPARE(activationParameters(*findActivation("leaky-relu"), std::nullopt, 0.0).alpha, 0.01);
        QCOMPARE(activationParameters(*findActivation("elu"), std::nullopt, 0.0).alpha, 1.0);
        QCOMPARE(activationParameters(*findActivation("relu"), 0.3, 0.5), (ActivationParameters{0.0, 0.5}));
    }
};

QTEST_GUILESS_MAIN(ActivationTest)
#include "activation_test.moc"
