#include "core/analysis/sharpness.h"
#include "tests/core/fixtures.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

/// As in Cohen et al. 2021: full-batch gradient descent, tanh, squared loss; one feature, as in their toy example.
Settings settingsFor(double rate, std::int64_t seed) {
    Settings settings;
    settings.seed = seed;
    settings.data.source = "sine";
    settings.data.samples = 100;
    settings.data.testFraction = 0.0;
    settings.network.hidden = {32, 32};
    settings.network.activation = "tanh";
    settings.network.output = "linear";
    settings.initialization.weights = "xavier-normal";
    settings.training.learningRate = rate;
    settings.training.batchSize = 1000; // more than there are
    return settings;
}

double sharpnessOf(Trainer& trainer) {
    return computeSharpness(trainer.network().spec(), *trainer.dataset(), trainer.parameters()).value().value;
}

void advance(Trainer& trainer, std::int64_t to) {
    while (trainer.stepsDone() < to)
        QVERIFY(trainer.step());
}

} // namespace

/// Cohen, Kaur, Li, Kolter and Talwalkar 2021, "Gradient descent on neural networks typically occurs at the edge of
/// stability": the largest eigenvalue of the Hessian rises to about 2 / learning rate and stays there.
class EdgeOfStabilityTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where the sharpness does not rise (a wrong Hessian, a wrong step), or does not stay at 2 / rate while the
    // loss goes on falling.
    void theSharpnessSettlesAtTwoOverTheRate_data() {
        QTest::addColumn<double>("rate");
        QTest::addColumn<int>("seed");
        for (const double rate : {0.1, 0.05})
            for (const int seed : {1, 3})
                QTest::addRow("rate %g, seed %d", rate, seed) << rate << seed;
    }
    void theSharpnessSettlesAtTwoOverTheRate() {
        QFETCH(double, rate);
        QFETCH(int, seed);
        constexpr int begin = 3000;
        constexpr int end = 6000;
        constexpr int looks = 60;
        const double edge = 2.0 / rate;
        Trainer trainer = fixtures::trainer(settingsFor(rate, seed));
        const double first = sharpnessOf(trainer);
        QVERIFY2(first < 0.75 * edge, qPrintable(QString::number(first)));
        advance(trainer, begin);
        const double lossThen = trainer.observe().trainLoss;
        double mean = 0.0;
        for (int i = 0; i < looks; ++i) {
            advance(trainer, begin + (end - begin) * i / looks);
            const double now = sharpnessOf(trainer);
            QVERIFY2(std::abs(now / edge - 1.0) < 0.15,
                     qPrintable(QString("step %1: %2, not %3").arg(trainer.stepsDone()).arg(now).arg(edge)));
            mean += now / looks;
        }
        qInfo("2/rate %g: sharpness %.2f at the start, %.2f in the mean of steps %d to %d", edge, first, mean, begin,
              end);
        QVERIFY(std::abs(mean / edge - 1.0) < 0.07);
        QVERIFY(trainer.observe().trainLoss < 0.8 * lossThen);
    }

    // Breaks where it is the problem and not the rate that sets the level: half the rate, from the edge on, lets the
    // sharpness rise above where the whole rate keeps it.
    void halfTheRateLetsItRiseAgain() {
        Trainer kept = fixtures::trainer(settingsFor(0.1, 1));
        advance(kept, 3000);
        Trainer halved = fixtures::trainer(settingsFor(0.1, 1));
        advance(halved, 3000);
        QCOMPARE(sharpnessOf(halved), sharpnessOf(kept));
        QVERIFY(halved.act(SettingChange{"training.learning_rate", 0.05}).ok());
        advance(kept, 6000);
        advance(halved, 6000);
        qInfo("step 6000: sharpness %.2f, with half the rate %.2f", sharpnessOf(kept), sharpnessOf(halved));
        QVERIFY(sharpnessOf(kept) < 1.05 * 20.0);
        QVERIFY(sharpnessOf(halved) > 1.1 * 20.0);
    }
};

QTEST_GUILESS_MAIN(EdgeOfStabilityTest)
#include "edge_of_stability_test.moc"
