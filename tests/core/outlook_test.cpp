#include "core/analysis/outlook.h"
#include "core/training/recorder.h"
#include "fixtures.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

Snapshot after(const Settings& settings, int steps, std::vector<float> start = {}) {
    Recorder recorder(fixtures::trainer(settings, std::move(start)));
    for (int i = 0; i < steps; ++i)
        recorder.step();
    recorder.finish();
    return recorder.snapshot(false);
}

/// One ReLU neuron on the sine's line, dead: z = 0.1 x - 1.
Settings deadSolo() {
    Settings settings;
    settings.data.source = "sine";
    settings.data.samples = 50;
    settings.data.testFraction = 0.0;
    settings.network.hidden = {1};
    settings.training.batchSize = 50;
    settings.training.learningRate = 0.1;
    return settings;
}
const std::vector<float> deadStart{0.1F, -1.0F, 0.5F, 0.0F};

bool dead(const Snapshot& snapshot, std::size_t layer, std::size_t neuron) {
    return snapshot.diagnosis->layers[layer].neurons[neuron].state == NeuronState::Dead;
}

} // namespace

class OutlookTest : public QObject {
    Q_OBJECT

private slots:
    // Breaks where a neuron that nothing moves is given hope, or one that decay moves is not.
    void whetherItWakes() {
        Settings settings = deadSolo();
        const auto wake = [&] { return computeOutlook(after(settings, 1, deadStart), {})[0][0].wake; };
        QCOMPARE(wake(), WakeChance::Never);
        settings.training.weightDecay = 0.1;
        settings.training.biasDecay = 0.1;
        QCOMPARE(wake(), WakeChance::Never); // z only shrinks
        settings.training.weightDecay = 0.0;
        QCOMPARE(wake(), WakeChance::ByBiasDecay);
        settings.training.momentum = 0.5;
        QCOMPARE(wake(), WakeChance::Coasting); // its velocity is that of the decay before
    }

    // Breaks where the step foretold is not the one at which it comes back.
    void biasDecayWakesItThen() {
        Settings settings = deadSolo();
        for (const double decay : {0.05, 0.2, 1.0}) {
            settings.training.biasDecay = decay;
            const Snapshot early = after(settings, 3, deadStart);
            const auto step = computeOutlook(early, {})[0][0].wakesAt;
            QVERIFY(step.has_value());
            QVERIFY(dead(after(settings, static_cast<int>(*step) - 1, deadStart), 0, 0));
            const Snapshot back = after(settings, static_cast<int>(*step), deadStart);
            QVERIFY(!dead(back, 0, 0));
            QCOMPARE(back.lives[0][0].revivedAt, *step);
        }
    }

    // Breaks where the chance is not the share of kicks that wake it: 400 kicks, 4 standard errors of both.
    void kicksWakeTheirShare() {
        constexpr int kicks = 400;
        for (const KickedParameters parameters : {KickedParameters::Bias, KickedParameters::Both}) {
            Settings settings = deadSolo();
            ThermalKick kick{0.7, {Target::Kind::Neuron, 1, 1}, parameters};
            const double chance = *computeOutlook(after(settings, 1, deadStart), kick)[0][0].kickChance;
            QVERIFY(chance > 0.05 && chance < 0.95);
            int woken = 0;
            for (int i = 0; i < kicks; ++i) {
                settings.seed = 100 + i; // other kicks, and other samples of the same line
                settings.interventions = {{1, kick}};
                woken += dead(after(settings, 2, deadStart), 0, 0) ? 0 : 1;
            }
            const double error = std::sqrt(chance * (1.0 - chance) * (1.0 / kicks + 1.0 / 2000.0));
            QVERIFY2(std::abs(static_cast<double>(woken) / kicks - chance) < 4.0 * error,
                     qPrintable(QString("%1 of 400, foretold %2").arg(woken).arg(chance)));
        }
    }

    // Breaks where a rate within the interval does not kill, or one outside it does: first layers, where it is exact.
    void lethalRatesKill() {
        int inside = 0;
        int immune = 0;
        for (int seed = 1; seed <= 40; ++seed) {
            Settings settings;
            settings.seed = seed;
            settings.data.samples = 100;
            settings.data.offset = 1.5;
            settings.network.hidden = {4};
            const Snapshot now = after(settings, 5);
            const Outlook outlook = computeOutlook(now, {});
            const auto deadAt = [&](double rate, std::size_t neuron) {
                Settings own = settings;
                own.interventions = {{5, SettingChange{"training.learning_rate", rate}}};
                return dead(after(own, 6), 0, neuron);
            };
            for (std::size_t j = 0; j < 4; ++j) {
                if (dead(now, 0, j))
                    continue;
                const auto& rates = outlook[0][j].lethal;
                if (!rates) {
                    immune += 1;
                    QVERIFY(!deadAt(0.5, j) && !deadAt(20.0, j));
                } else if (rates->low > 1e-3 && rates->low < 90.0) {
                    ++inside;
                    QVERIFY(!deadAt(rates->low * 0.999, j));
                    QVERIFY(deadAt(std::min(rates->low * 1.001, 0.5 * (rates->low + rates->high)), j));
                    if (rates->high < 90.0)
                        QVERIFY(!deadAt(rates->high * 1.001, j));
                }
            }
        }
        qInfo("%d with lethal rates, %d immune", inside, immune);
        QVERIFY(inside > 10);
        QVERIFY(immune > 10);
    }

    // Breaks where a later layer's neuron, a smooth activation or batch norm gets a promise that does not hold for it.
    void elsewhere() {
        Settings settings = fixtures::harshSettings(1);
        const Snapshot harsh = after(settings, 300);
        const Outlook outlook = computeOutlook(harsh, {});
        int deadLater = 0;
        for (std::size_t j = 0; j < 6; ++j)
            if (dead(harsh, 1, j)) {
                ++deadLater;
                QCOMPARE(outlook[1][j].wake, WakeChance::OnlyUpstream);
                QVERIFY(!outlook[1][j].lethal);
            }
        QVERIFY(deadLater > 0);
        settings.network.batchNorm = "before-activation";
        settings.training.learningRate = 3.0;
        settings.training.momentum = 0.5;
        const Snapshot normed = after(settings, 300);
        const Outlook other = computeOutlook(normed, {});
        for (std::size_t k = 0; k < 2; ++k)
            for (std::size_t j = 0; j < 6; ++j)
                if (dead(normed, k, j))
                    QCOMPARE(other[k][j].wake, WakeChance::ByBatchNorm);
        settings = fixtures::harshSettings(1);
        settings.network.activation = "tanh";
        const Outlook smooth = computeOutlook(after(settings, 10), {});
        for (const NeuronOutlook& neuron : smooth[0])
            QVERIFY(!neuron.lethal && !neuron.kickChance);
    }
};

QTEST_GUILESS_MAIN(OutlookTest)
#include "outlook_test.moc"
