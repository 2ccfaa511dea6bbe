#include "core/network/activation.h"
#include "core/network/random_gates.h"

#include <QTest>

#include <cmath>

using namespace flatline;

class RandomGatesTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where the gates are not normal, or their mean is not x times the share that is open.
    void theirMeanIsGelu() {
        RandomGates gates(7);
        constexpr int many = 40000;
        gates.draw(many);
        const std::vector<double> x{-3.0, -1.0, -0.2, 0.5, 1.0, 2.5};
        std::vector<double> exact(x.size());
        findActivation("gelu")->functions<double>().value(x.data(), exact.data(), x.size(), {});
        const std::vector<double> mean = gates.mean(x);
        for (std::size_t i = 0; i < x.size(); ++i) {
            const double open = exact[i] / x[i];
            const double sigma = std::abs(x[i]) * std::sqrt(open * (1.0 - open) / many);
            QVERIFY2(std::abs(mean[i] - exact[i]) < 5.0 * sigma, qPrintable(QString::number(x[i])));
        }
    }

    void oneGateIsOpenOrShut() {
        RandomGates gate(3);
        QCOMPARE(gate.mean(std::vector{2.0}), std::vector{0.0}); // none yet
        gate.draw(1);
        const double n = gate.thresholds().front();
        QCOMPARE(gate.mean(std::vector{n - 0.1, n, n + 0.1}), (std::vector{0.0, 0.0, n + 0.1}));
    }

    // Breaks where drawing piece by piece draws other gates, or another stream's numbers are used.
    void theSameSeedOpensTheSameGates() {
        RandomGates whole(5);
        whole.draw(100);
        RandomGates pieces(5);
        for (int i = 0; i < 10; ++i)
            pieces.draw(10);
        QVERIFY(std::ranges::equal(whole.thresholds(), pieces.thresholds()));
        QCOMPARE(pieces.count(), 100);
        RandomStream kicks(5, StreamId::Kicks);
        QVERIFY(whole.thresholds().front() != kicks.normal());
    }
};

QTEST_GUILESS_MAIN(RandomGatesTest)
#include "random_gates_test.moc"
