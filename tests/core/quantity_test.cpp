#include "core/verify/function.h"
#include "core/verify/quantity.h"
#include "tests/core/fixtures.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

/// A run that keeps everything and dates all events.
std::unique_ptr<MeasuredRun> runOf(const Settings& settings, int steps) {
    auto trainer = Trainer::create(settings, fixtures::dataset(settings), {}, {Watch::Certificates});
    if (!trainer)
        throw std::runtime_error(trainer.error().english());
    auto run = std::make_unique<MeasuredRun>(std::move(trainer).value(), MeasuredRun::Keep{true, true});
    while (run->trainer().stepsDone() < steps && run->step()) {
    }
    return run;
}

double read(MeasuredRun& run, const char* name) {
    const auto found = findQuantity(name);
    if (!found)
        throw std::runtime_error(name);
    return found->row->read(run, found->pick);
}

double call(MeasuredRun& run, const std::string& function, double x) {
    MeasuredRun* place = &run;
    for (const RunsFunction& row : runsFunctionTable())
        if (function == row.id)
            return row.value({&place, 1}, {&x, 1});
    throw std::runtime_error(function);
}

Settings dying(int seed) {
    Settings settings = fixtures::harshSettings(seed);
    settings.training.learningRate = 2.0;
    return settings;
}

Settings withActivation(const char* id) {
    Settings settings = fixtures::harshSettings(3);
    settings.network.activation = id;
    return settings;
}

} // namespace

/// The probes, each on a run of which is known what it must find.
class QuantityTest : public QObject {
    Q_OBJECT

private slots:
    // Breaks where a quantity reads what a network does not have.
    void anyNetworkCanBeRead();
    void thePlateauIsFlat();
    void nobodyStandsStillAlive();
    void decayWakesWhenForetold();
    void kicks();
    void curves();
    void gates();
    void learntSlopes();
    void saturation();
};

void QuantityTest::anyNetworkCanBeRead() {
    std::vector<Settings> all(5, fixtures::harshSettings(3));
    all[0].network.hidden = {};
    all[1].data.source = "sine";
    all[1].training.learningRate = 0.1;
    all[2].network.activation = "prelu";
    all[2].network.batchNorm = "after-activation";
    all[3].network.output = "relu-normalized";
    all[4].data.testFraction = 0.0;
    for (const Settings& settings : all) {
        const auto run = runOf(settings, 20);
        for (const QuantityRow& row : quantityTable()) {
            const bool ofLayer = std::string(row.id).find('K') != std::string::npos;
            if (ofLayer && settings.network.hidden.empty())
                continue;
            QVERIFY2(!(row.read(*run, 1) < -1e6), row.id); // a figure, or none
        }
    }
}

void QuantityTest::thePlateauIsFlat() {
    Settings settings = dying(3);
    settings.network.hidden = {8}; // where nobody is behind who could be dead, too
    const auto run = runOf(settings, 100);
    QVERIFY(run->observation().layers[0].dead > 0);
    QCOMPARE(read(*run, "plateau_bumps"), 0.0);
    QCOMPARE(read(*run, "plateau_ragged"), 0.0);
    QVERIFY(std::isnan(read(*runOf(withActivation("leaky-relu"), 20), "plateau_bumps")));
}

void QuantityTest::nobodyStandsStillAlive() {
    const auto run = runOf(dying(3), 300);
    const int firstLayer = run->observation().layers[0].dead;
    QVERIFY(read(*run, "still") >= firstLayer);
    QCOMPARE(read(*runOf(withActivation("tanh"), 50), "still"), 0.0);
}

void QuantityTest::decayWakesWhenForetold() {
    Settings settings = dying(3);
    settings.interventions = {{100, SettingChange{"training.learning_rate", 0.1}},
                              {100, SettingChange{"training.bias_decay", 0.1}}};
    const auto run = runOf(settings, 101);
    QVERIFY(run->observation().layers[0].dead > 0);
    QCOMPARE(read(*run, "wake_error"), 0.0);
}

void QuantityTest::kicks() {
    const auto run = runOf(dying(3), 100);
    const double low = read(*run, "kick_low");
    const double high = read(*run, "kick_high");
    QVERIFY(low >= 0.0 && low <= high && high <= run->observation().dead());
    QVERIFY(read(*run, "kick_revived") >= 0.0);
    const int dead = run->observation().dead();
    QVERIFY(std::abs(read(*run, "bias_kick_share") - read(*run, "bias_kick_chance")) < 0.03);
    QCOMPARE(run->trainer().deadCount(), dead); // only copies were kicked
    QVERIFY(std::isnan(read(*runOf(withActivation("tanh"), 20), "kick_revived")));
}

void QuantityTest::curves() {
    const auto gelu = runOf(withActivation("gelu"), 0);
    QVERIFY(std::abs(read(*gelu, "flat_spot") + 0.7518) < 1e-4);
    QVERIFY(call(*gelu, "slope", -1.0) < 0.0);
    QCOMPARE(call(*gelu, "value", 0.0), 0.0);
    const auto elu = runOf(withActivation("elu"), 0);
    QVERIFY(std::isnan(read(*elu, "flat_spot")));
    const double gone = read(*elu, "slope_gone");
    QVERIFY(gone > -110.0 && gone < -80.0);
    QCOMPARE(call(*elu, "slope", gone), 0.0);
    QVERIFY(call(*elu, "slope", gone + 0.01) > 0.0);
    // Another curve than the sum is found out.
    QVERIFY(read(*runOf(withActivation("leaky-relu"), 0), "residual_error") <= 2.0);
    QVERIFY(read(*elu, "residual_error") > 1000.0);
}

void QuantityTest::gates() {
    const auto gelu = runOf(withActivation("gelu"), 0);
    QVERIFY(call(*gelu, "gate_deviation", 10000.0) < 5.0);
    QVERIFY(call(*gelu, "gate_error", 10000.0) < call(*gelu, "gate_error", 30.0));
    QVERIFY(std::isnan(call(*gelu, "gate_error", 0.0)));
    // SiLU looks much like GELU, and is not what the gates' mean is.
    QVERIFY(call(*runOf(withActivation("silu"), 0), "gate_deviation", 10000.0) > 10.0);
}

void QuantityTest::learntSlopes() {
    const auto run = runOf(withActivation("prelu"), 0);
    QCOMPARE(read(*run, "slopes_moved"), 0.0);
    QCOMPARE(read(*run, "mean_slope"), 0.25);
    QVERIFY(read(*runOf(withActivation("prelu"), 30), "slopes_moved") > 0.0);
    QVERIFY(std::isnan(read(*runOf(withActivation("relu"), 0), "slopes_moved")));
}

void QuantityTest::saturation() {
    Settings settings = fixtures::harshSettings(3);
    settings.network.activation = "identity";
    settings.initialization.gain = 1000.0;
    QVERIFY(read(*runOf(settings, 0), "saturated") > 0.99);
    QCOMPARE(read(*runOf(fixtures::harshSettings(3), 0), "saturated"), 0.0);
}

QTEST_GUILESS_MAIN(QuantityTest)
#include "quantity_test.moc"
