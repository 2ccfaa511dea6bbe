#include "core/analysis/kick_forecast.h"
#include "core/training/recorder.h"
#include "fixtures.h"
#include "test_size.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

/// A run that has come to some step, and can be kicked.
struct Run {
    Recorder recorder;

    explicit Run(const Settings& settings)
        : recorder(fixtures::trainer(settings)) {}
    Snapshot after(int steps) {
        for (int i = 0; i < steps; ++i)
            if (!recorder.step())
                break;
        recorder.finish();
        return recorder.snapshot(false);
    }
    KickOutcome kick(const ThermalKick& kick) {
        const std::size_t before = recorder.trainer().events().size();
        if (!recorder.act(kick).ok())
            throw std::runtime_error("the kick was refused");
        return kickOutcome(recorder.trainer().events(), before);
    }
};

KickForecast forecast(const Snapshot& snapshot, const ThermalKick& kick) {
    return forecastKick(snapshot, kick, computeOutlook(snapshot, kick)).value();
}

/// Of the total variation: half the sum of what the chances differ by.
double distance(const CountSpread& one, const CountSpread& other) {
    double sum = 0.0;
    for (std::size_t n = 0; n < std::max(one.chances.size(), other.chances.size()); ++n) {
        const double a = n < one.chances.size() ? one.chances[n] : 0.0;
        const double b = n < other.chances.size() ? other.chances[n] : 0.0;
        sum += std::abs(a - b) / 2.0;
    }
    return sum;
}

/// The target's neurons kicked alone, as if they were independent.
CountSpread alone(const Snapshot& snapshot, const ThermalKick& kick) {
    std::vector<double> chances;
    for (const auto& layer : computeOutlook(snapshot, kick))
        for (const NeuronOutlook& neuron : layer)
            if (neuron.kickChance)
                chances.push_back(*neuron.kickChance);
    return poissonBinomial(chances);
}

ThermalKick ofDead(double strength) {
    return {strength, {}, KickedParameters::Both};
}

struct Case {
    const char* name;
    ThermalKick kick;
    std::vector<int> hidden = {6, 6};
    const char* norm = "none";
};
const std::array cases{
    Case{"the dead", {0.5, {}, KickedParameters::Both}},
    Case{"the dead, hard", {2.0, {}, KickedParameters::Both}},
    Case{"the dead's biases", {0.7, {}, KickedParameters::Bias}},
    Case{"the first layer", {1.0, {Target::Kind::Layer, 1}, KickedParameters::Weights}},
    Case{"everyone", {0.7, {Target::Kind::All}, KickedParameters::Both}},
    Case{"three layers", {1.0, {}, KickedParameters::Both}, {6, 6, 6}},
    Case{"batch norm", {1.0, {Target::Kind::All}, KickedParameters::Both}, {6, 6}, "before-activation"},
};

} // namespace

class KickForecastTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where the distribution of independent trials is not the textbook's.
    void independentTrials() {
        const CountSpread coins = poissonBinomial(std::vector{0.5, 0.5, 0.5});
        QCOMPARE(coins.chances, (std::vector{0.125, 0.375, 0.375, 0.125}));
        const std::vector<double> chances{0.1, 0.9, 0.35, 0.0, 1.0};
        const CountSpread spread = poissonBinomial(chances);
        double mean = 0.0;
        double variance = 0.0;
        for (const double chance : chances) {
            mean += chance;
            variance += chance * (1.0 - chance);
        }
        QVERIFY(std::abs(spread.mean() - mean) < 1e-12);
        QVERIFY(std::abs(spread.variance() - variance) < 1e-12);
        QVERIFY(std::abs(spread.between(0, 5) - 1.0) < 1e-12);
        QCOMPARE(poissonBinomial({}).chances, std::vector{1.0});
    }

    // Breaks where a quantile is one count off: the chance of so many or fewer first reaches p there.
    void quantiles() {
        const CountSpread spread{{0.05, 0.25, 0.4, 0.25, 0.05}};
        QCOMPARE(spread.quantile(0.05), 0);
        QCOMPARE(spread.quantile(0.06), 1);
        QCOMPARE(spread.quantile(0.5), 2);
        QCOMPARE(spread.quantile(0.95), 3);
        QCOMPARE(spread.quantile(0.96), 4);
        QCOMPARE(spreadOf(std::vector{3, 1, 1, 3}).chances, (std::vector{0.0, 0.5, 0.0, 0.5}));
    }

    // Breaks where what is foretold is not what kicks do. Each kick of many runs is foretold from the moment before it;
    // given that moment, the outcome is one draw from the true distribution. So over all of them
    //   the sum of outcome - foretold mean is 0, give or take the root of the summed variances (four times that);
    //   as many outcomes lie in the foretold range as the forecasts say, at least 90 %, give or take the same.
    void kicksComeOutAsForetold_data() {
        QTest::addColumn<int>("number");
        for (std::size_t i = 0; i < cases.size(); ++i)
            QTest::newRow(cases[i].name) << static_cast<int>(i);
    }
    void kicksComeOutAsForetold() {
        QFETCH(int, number);
        const Case& one = cases[static_cast<std::size_t>(number)];
        double excess = 0.0;
        double killed = 0.0;
        double variance = 0.0;
        double killVariance = 0.0;
        double promised = 0.0;
        double doubt = 0.0;
        int held = 0;
        int kicks = 0;
        for (int seed = 1; seed <= fixtures::size(24, 4, 400); ++seed) {
            Settings settings = fixtures::harshSettings(seed);
            settings.data.samples = 100;
            settings.network.hidden = one.hidden;
            settings.network.batchNorm = one.norm;
            settings.training.learningRate = 1.5;
            Run run(settings);
            for (const int steps : {120, 20, 20}) {
                const Snapshot before = run.after(steps);
                if (before.error)
                    break;
                const KickForecast told = forecast(before, one.kick);
                const KickOutcome came = run.kick(one.kick);
                // 400 tries know the mean no better than that:
                const double blur = 1.0 + 1.0 / told.draws;
                excess += came.revived - told.revived.mean();
                killed += came.died - told.died.mean();
                variance += told.revived.variance() * blur;
                killVariance += told.died.variance() * blur;
                const int low = told.revived.quantile(forecastLow);
                const int high = told.revived.quantile(forecastHigh);
                const double mass = told.revived.between(low, high);
                QVERIFY(mass >= 0.9);
                QVERIFY(came.revived <= told.reach);
                promised += mass;
                doubt += mass * (1.0 - mass);
                held += came.revived >= low && came.revived <= high ? 1 : 0;
                ++kicks;
            }
        }
        const auto bound = [](double sum) { return 4.0 * std::sqrt(sum + 0.25); };
        qInfo("%d kicks: revived %+.2f against the forecasts (bound %.2f), died %+.2f (%.2f); in the range %d, "
              "promised %.1f (%.2f)",
              kicks, excess, bound(variance), killed, bound(killVariance), held, promised, bound(doubt));
        QVERIFY(kicks > 3 * fixtures::size(24, 4, 400) / 2);
        QVERIFY(std::abs(excess) < bound(variance));
        QVERIFY(std::abs(killed) < bound(killVariance));
        QVERIFY(std::abs(held - promised) < bound(doubt));
    }

    // Breaks where whole kicks and chances alone, added up, say different things although only the first layer is dead.
    void inTheFirstLayerRevivalsAreIndependent() {
        int compared = 0;
        for (int seed = 1; seed <= 12; ++seed) {
            Settings settings = fixtures::harshSettings(seed);
            settings.network.hidden = {8};
            settings.training.learningRate = 2.0;
            const Snapshot before = Run(settings).after(150);
            if (before.error || before.diagnosis->dead() < 2)
                continue;
            const ThermalKick kick = ofDead(0.7);
            const KickForecast whole = forecast(before, kick);
            // The largest distance of 400 draws from nine counts' chances is some 0.08; the chances have 2,000 of their
            // own.
            QVERIFY2(distance(whole.revived, alone(before, kick)) < 0.12, qPrintable(QString::number(seed)));
            ++compared;
        }
        QVERIFY(compared >= 6);
    }

    // Breaks where the forecast is put together from chances alone although layers lie behind each other: a layer that
    // is dead as a whole hands on nothing, so that kicking a neuron behind it alone says little of kicking all.
    void behindOtherLayersTheyAreNot() {
        Settings settings = fixtures::harshSettings(3);
        settings.network.hidden = {6, 6};
        settings.training.learningRate = 3.0;
        double furthest = 0.0;
        for (int seed = 1; seed <= 10; ++seed) {
            settings.seed = seed;
            const Snapshot before = Run(settings).after(100);
            if (!before.error)
                furthest =
                    std::max(furthest, distance(forecast(before, ofDead(1.0)).revived, alone(before, ofDead(1.0))));
        }
        qInfo("furthest apart: %.2f", furthest);
        QVERIFY(furthest > 0.2);
    }

    // Breaks where the forecast looks into the kick to come, or is not the same each time.
    void aForecastIsAFunctionOfTheMoment() {
        const Snapshot before = Run(fixtures::harshSettings(1)).after(300);
        QVERIFY(forecast(before, ofDead(0.7)) == forecast(before, ofDead(0.7)));
        Snapshot other = before;
        ++other.settings.seed;
        QVERIFY(!(forecast(before, ofDead(0.7)) == forecast(other, ofDead(0.7))));
        const KickForecast still = forecast(before, ofDead(0.0));
        QCOMPARE(still.revived.chances, std::vector{1.0});
        QCOMPARE(still.died.chances, std::vector{1.0});
    }

    // Breaks where neurons count that the kick cannot wake, or some do not that it can: those of later layers.
    void whomAKickReaches() {
        const Snapshot before = Run(fixtures::harshSettings(1)).after(300);
        const int first = before.diagnosis->layers[0].dead;
        const int second = before.diagnosis->layers[1].dead;
        QVERIFY(first > 0 && second > 0);
        QCOMPARE(forecast(before, ofDead(0.5)).reach, first + second);
        QCOMPARE(forecast(before, {0.5, {Target::Kind::Layer, 1}, KickedParameters::Both}).reach, first + second);
        QCOMPARE(forecast(before, {0.5, {Target::Kind::Layer, 2}, KickedParameters::Both}).reach, second);
    }

    // Breaks where a large network is tried at any price, or what is put together from chances is not said to be so.
    void largeNetworksAreNotTried() {
        Settings settings;
        settings.data.samples = 1000;
        settings.network.hidden = {128, 128};
        settings.initialization.bias = -0.5;
        const Snapshot before = Run(settings).after(1);
        const KickForecast told = forecast(before, ofDead(0.5));
        QCOMPARE(told.draws, 0);
        QVERIFY(told.reach == before.diagnosis->dead() && told.reach > 5);
        QVERIFY(distance(told.revived, alone(before, ofDead(0.5))) < 1e-12);
        settings.network.activation = "elu"; // no chances of its own
        const Snapshot smooth = Run(settings).after(1);
        QVERIFY(!forecastKick(smooth, ofDead(0.5), computeOutlook(smooth, ofDead(0.5))).has_value());
    }

    // Breaks where a cancelled forecast goes on.
    void itCanBeCancelled() {
        const Snapshot before = Run(fixtures::harshSettings(3)).after(10);
        const std::atomic<bool> cancelled{true};
        QVERIFY(!forecastKick(before, ofDead(0.5), computeOutlook(before, ofDead(0.5)), &cancelled).has_value());
    }

    // Breaks where a kick is credited with what a step, or the next deed at the same step, has done.
    void anOutcomeIsItsKicksOwn() {
        EventLog log;
        log.append({7, 1, 1, EventKind::Died});
        log.append({7, 0, 0, EventKind::Kick});
        log.append({7, 1, 1, EventKind::Revived});
        log.append({7, 1, 2, EventKind::Revived});
        log.append({7, 2, 2, EventKind::Died});
        log.append({7, 0, 0, EventKind::Kick});
        log.append({7, 2, 2, EventKind::Revived});
        log.append({8, 1, 1, EventKind::Died});
        QVERIFY((kickOutcome(log, 1) == KickOutcome{7, 2, 1}));
        QVERIFY((kickOutcome(log, 5) == KickOutcome{7, 1, 0}));
    }
};

QTEST_GUILESS_MAIN(KickForecastTest)
#include "kick_forecast_test.moc"
