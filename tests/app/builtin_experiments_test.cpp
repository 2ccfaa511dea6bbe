#include "app/experiments/open_experiment.h"
#include "app/files/loaders.h"
#include "core/training/recorder.h"

#include <QTest>

#include <cmath>
#include <memory>
#include <numbers>

using namespace flatline;

namespace {

/// A run with a row at every step.
std::unique_ptr<Recorder> runFor(const char* id, std::int64_t steps, std::vector<Intervention> more = {},
                                 const SettingTexts& changes = {}) {
    auto settings = openExperiment(QString::fromLatin1(id), changes).value();
    settings.interventions.insert(settings.interventions.end(), more.begin(), more.end());
    const auto dataset = std::make_shared<const Dataset>(loadDataset(settings).value());
    RecorderOptions options;
    options.every = 1;
    auto recorder = std::make_unique<Recorder>(Trainer::create(settings, dataset).value(), options);
    while (recorder->trainer().stepsDone() < steps && recorder->step()) {
    }
    recorder->finish();
    return recorder;
}

/// The trace's row of a step.
const Observation& at(const Recorder& run, std::int64_t step) {
    for (const auto& row : run.rows())
        if (row->step == step && !row->afterIntervention)
            return *row;
    qFatal("no row at step %lld", static_cast<long long>(step));
}

/// The steps at which neurons died.
std::vector<std::int64_t> deaths(const Recorder& run) {
    std::vector<std::int64_t> steps;
    const EventLog& events = run.trainer().events();
    for (std::size_t i = 0; i < events.size(); ++i)
        if (events[i].kind == EventKind::Died)
            steps.push_back(events[i].step);
    return steps;
}

int revivalsAt(const Recorder& run, std::int64_t step) {
    int count = 0;
    const EventLog& events = run.trainer().events();
    for (std::size_t i = 0; i < events.size(); ++i)
        count += events[i].kind == EventKind::Revived && events[i].step == step ? 1 : 0;
    return count;
}

constexpr double ln2 = std::numbers::ln2;

} // namespace

/// Every built-in experiment still tells the story that its description promises.
class BuiltinExperimentsTest : public QObject {
    Q_OBJECT

private slots:
    void healthy();
    void suddenDeath();
    void suddenDeathCanBeKickedAlive_data();
    void suddenDeathCanBeKickedAlive();
    void slowPlague();
    void uncentred();
    void impostor();
    void bornDead();
    void realData_data();
    void realData();
    void aStepTooFar();
    void leakyRescue();
};

void BuiltinExperimentsTest::healthy() {
    const auto run = runFor("healthy", 1000);
    QCOMPARE(deaths(*run).size(), std::size_t{0});
    QVERIFY(run->last().trainAccuracy > 0.9);
    QVERIFY(run->last().testAccuracy > 0.9);
}

void BuiltinExperimentsTest::suddenDeath() {
    const auto run = runFor("sudden-death", 300);
    QCOMPARE(at(*run, 0).dead(), 0);
    QVERIFY(at(*run, 100).dead() >= 4);
    QVERIFY(at(*run, 300).dead() >= 4);
    QVERIFY(run->last().trainAccuracy < 0.7);
}

void BuiltinExperimentsTest::suddenDeathCanBeKickedAlive_data() {
    QTest::addColumn<double>("strength");
    QTest::newRow("0.5") << 0.5;
    QTest::newRow("0.75") << 0.75;
    QTest::newRow("1") << 1.0;
}

void BuiltinExperimentsTest::suddenDeathCanBeKickedAlive() {
    QFETCH(double, strength);
    for (const std::int64_t step : {150, 300, 600}) {
        const auto run = runFor("sudden-death", step + 1, {{step, ThermalKick{strength, {}, {}}}});
        QVERIFY2(revivalsAt(*run, step) >= 2, qPrintable(QString::number(step)));
    }
}

void BuiltinExperimentsTest::slowPlague() {
    const auto run = runFor("slow-plague", 2500);
    const auto steps = deaths(*run);
    QVERIFY(steps.size() >= 5);
    QVERIFY(steps.front() > 100);
    QVERIFY(steps.back() > 2000);
    QVERIFY(run->last().dead() >= 5);
}

void BuiltinExperimentsTest::uncentred() {
    const auto run = runFor("uncentred", 1000);
    QVERIFY(at(*run, 0).dead() <= 1);
    QVERIFY(run->last().dead() >= 7);
    const auto centred = runFor("uncentred", 1000, {}, {{"data.offset", "0"}});
    QCOMPARE(deaths(*centred).size(), std::size_t{0});
    QVERIFY(centred->last().trainLoss < 0.15);
}

void BuiltinExperimentsTest::impostor() {
    const auto run = runFor("impostor", 1000);
    QVERIFY(!run->trainer().divergence());
    double sum = 0.0;
    for (std::int64_t step = 100; step <= 1000; step += 10) {
        const Observation& row = at(*run, step);
        QVERIFY(row.dead() <= 2);
        QVERIFY(row.outputRange > 1e6);
        QVERIFY(row.trainLoss > 0.5);
        sum += row.trainLoss;
    }
    QVERIFY(sum / 91 > 2.0);
}

void BuiltinExperimentsTest::bornDead() {
    const auto run = runFor("born-dead", 1000);
    QVERIFY(at(*run, 0).deadLayers >= 1);
    for (const auto& row : run->rows())
        QVERIFY(row->deadLayers >= 1);
    QVERIFY(std::abs(run->last().trainLoss - ln2) < 0.01);
    QCOMPARE(run->last().outputRange, 0.0);
}

void BuiltinExperimentsTest::realData_data() {
    QTest::addColumn<QString>("id");
    QTest::newRow("iris") << "iris";
    QTest::newRow("digits") << "digits";
    QTest::newRow("breast-cancer") << "breast-cancer";
}

void BuiltinExperimentsTest::realData() {
    QFETCH(QString, id);
    const auto run = runFor(qPrintable(id), 1000);
    QVERIFY(run->last().trainAccuracy > 0.97);
    QVERIFY(run->last().testAccuracy > 0.95);
    QCOMPARE(run->last().dead(), 0);
}

void BuiltinExperimentsTest::aStepTooFar() {
    const auto run = runFor("a-step-too-far", 1000);
    QVERIFY(at(*run, 200).dead() <= 2);
    QVERIFY(at(*run, 200).trainLoss < 0.1);
    for (const std::int64_t step : {300, 400, 500, 590}) {
        QVERIFY(at(*run, step).dead() >= 12);
        QVERIFY(std::abs(at(*run, step).trainLoss - ln2) < 0.02);
    }
    QVERIFY(revivalsAt(*run, 600) >= 4);
    QVERIFY(run->last().trainLoss < 0.2);
    QVERIFY(run->last().trainAccuracy > 0.9);
}

void BuiltinExperimentsTest::leakyRescue() {
    const auto run = runFor("leaky-rescue", 1000);
    QVERIFY(at(*run, 500).dead() >= 6);
    QVERIFY(at(*run, 500).deadLayers >= 1);
    QVERIFY(std::abs(at(*run, 500).trainLoss - ln2) < 0.05);
    QCOMPARE(run->last().dead(), 0);
    QVERIFY(run->last().trainLoss < 0.2);
}

QTEST_GUILESS_MAIN(BuiltinExperimentsTest)
#include "builtin_experiments_test.moc"
