#include "core/session/twins.h"
#include "core/training/worker.h"
#include "tests/core/fixtures.h"

#include <QTest>

#include <cstring>

using namespace flatline;

namespace {

constexpr int patience = 30000; // ms: a deadline, not a wait
constexpr std::size_t cap = Session::defaultHistoryCap;

bool sameBits(std::span<const float> a, std::span<const float> b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

void stepAll(Session& first, Twins& twins, int steps) {
    for (int i = 0; i < steps && first.step(); ++i)
        twins.step(first.shown().stepsDone());
}

SettingChange leaky() {
    return {"network.activation", std::string("leaky-relu")};
}

Result<Dataset> load(const Settings& settings) {
    return makeDataset(settings, fixtures::loadText);
}

Result<std::vector<float>> noParameters(const std::string& file, const Layout&) {
    return Error{ErrorKind::File, file, {"cannot be read", {}}};
}

} // namespace

class TwinsTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a run in lockstep is not, to the bit, what it is alone: other batches, other draws, a shared memory.
    void lockstepIsTheSameAsApart() {
        Settings settings = fixtures::harshSettings(3);
        settings.training.momentum = 0.5;
        Session a(fixtures::trainer(settings));
        Twins twins;
        stepAll(a, twins, 120);
        QVERIFY(twins.add(a, cap));
        QVERIFY(twins.add(a, cap));
        QVERIFY(twins[0].act(leaky()).ok());
        QVERIFY(twins[1].act(ThermalKick{1.0, {Target::Kind::All, 0, 0}, KickedParameters::Both}).ok());
        stepAll(a, twins, 150);
        Trainer alone = fixtures::trainer(settings);
        Trainer aloneLeaky = fixtures::trainer(settings);
        Trainer aloneKicked = fixtures::trainer(settings);
        for (int i = 0; i < 270; ++i) {
            if (i == 120) {
                QVERIFY(aloneLeaky.act(leaky()).ok());
                QVERIFY(aloneKicked.act(ThermalKick{1.0, {Target::Kind::All, 0, 0}, KickedParameters::Both}).ok());
            }
            QVERIFY(alone.step() && aloneLeaky.step() && aloneKicked.step());
        }
        QVERIFY(sameBits(alone.parameters(), a.shown().parameters()));
        QVERIFY(sameBits(aloneLeaky.parameters(), twins[0].shown().parameters()));
        QVERIFY(sameBits(aloneKicked.parameters(), twins[1].shown().parameters()));
        QVERIFY(twins[0].shown().experiment() == aloneLeaky.experiment());
        QVERIFY(!sameBits(alone.parameters(), aloneLeaky.parameters()));
    }

    // Breaks where a twin starts with another past than the run it was made of, or may be the fifth of four.
    void aTwinHasItsOriginalsPast() {
        Session a(fixtures::trainer(fixtures::harshSettings(3)));
        Twins twins;
        stepAll(a, twins, 60);
        for (std::size_t i = 0; i < Twins::most; ++i)
            QVERIFY(twins.add(a, cap));
        QVERIFY(!twins.add(a, cap));
        const Snapshot original = a.snapshot(false);
        const auto all = twins.snapshots(false, original);
        QCOMPARE(all.size(), Twins::most);
        QVERIFY(all[0]->curves->trainLoss == original.curves->trainLoss);
        QCOMPARE(all[0]->events.size(), original.events.size());
        QVERIFY(all[0]->run != original.run);
        QVERIFY(all[0]->run != all[1]->run);
        twins.drop(1);
        QCOMPARE(twins.size(), Twins::most - 1);
        QVERIFY(twins.add(a, cap));
        QVERIFY(twins.snapshots(false, original).back()->run != all[2]->run); // no number is used twice
    }

    // Breaks where the runs do not stand at the same step after a travel, or a twin's past is not its own.
    void theyTravelTogether() {
        Session a(fixtures::trainer(fixtures::harshSettings(3)));
        Twins twins;
        stepAll(a, twins, 50);
        QVERIFY(twins.add(a, cap));
        QVERIFY(twins[0].act(leaky()).ok());
        stepAll(a, twins, 30);
        const std::vector<float> atEnd = twins[0].shown().parameters();
        a.travel(65);
        twins.align(65);
        QCOMPARE(twins[0].shown().stepsDone(), 65);
        QCOMPARE(QString::fromStdString(twins[0].shown().settings().network.activation), QStringLiteral("leaky-relu"));
        QCOMPARE(QString::fromStdString(a.shown().settings().network.activation), QStringLiteral("relu"));
        stepAll(a, twins, 15);
        QCOMPARE(twins[0].shown().stepsDone(), 80);
        QVERIFY(!twins[0].past());
        QVERIFY(sameBits(atEnd, twins[0].shown().parameters()));
    }

    // Breaks where a twin that starts anew is left behind for good, or A is held up by one that has diverged.
    void whoIsBehindIsTrainedToThere() {
        Session a(fixtures::trainer(fixtures::harshSettings(3)));
        Twins twins;
        stepAll(a, twins, 40);
        QVERIFY(twins.add(a, cap));
        QVERIFY(!twins.behind(40));
        twins[0].reset();
        QVERIFY(twins.behind(40));
        int steps = 0;
        for (; twins.behind(40); ++steps)
            twins.step(40);
        QCOMPARE(steps, 40);
        QVERIFY(sameBits(a.shown().parameters(), twins[0].shown().parameters()));
        QVERIFY(twins[0].act(SettingChange{"training.learning_rate", 100.0}).ok());
        QVERIFY(twins[0].act(SettingChange{"training.weight_decay", 10.0}).ok());
        stepAll(a, twins, 500);
        QVERIFY(twins[0].shown().divergence().has_value());
        QVERIFY(!twins.behind(a.shown().stepsDone()));
        QCOMPARE(twins.snapshots(false, a.snapshot(false)).front()->state, RunState::Diverged);
    }

    // Breaks where the worker trains its runs unequally far, does to A what is done to B, or loses A with a twin.
    void theWorkerKeepsThemInStep() {
        TrainingWorker worker(load, noParameters);
        worker.post(StartExperiment{fixtures::harshSettings(3)});
        worker.post(RunCommand{});
        QTRY_VERIFY_WITH_TIMEOUT(worker.latest()->now.step >= 50, patience);
        worker.post(CloneCommand{});
        worker.post(ActCommand{leaky()});
        QTRY_VERIFY_WITH_TIMEOUT(worker.latest()->twins.size() == 1 && worker.latest()->now.step >= 200, patience);
        worker.post(PauseCommand{});
        QTRY_COMPARE_WITH_TIMEOUT(worker.latest()->state, RunState::Paused, patience);
        const auto paused = worker.latest();
        QCOMPARE(paused->chosen, std::size_t{1});
        QCOMPARE(paused->twins.front()->now.step, paused->now.step);
        QCOMPARE(QString::fromStdString(paused->settings.network.activation), QStringLiteral("relu"));
        QCOMPARE(QString::fromStdString(paused->twins.front()->settings.network.activation),
                 QStringLiteral("leaky-relu"));
        Trainer alone = fixtures::trainer(paused->twins.front()->experiment);
        while (alone.stepsDone() < paused->now.step)
            QVERIFY(alone.step());
        QVERIFY(sameBits(alone.parameters(), *paused->twins.front()->parameters));
        worker.post(TravelCommand{100});
        QTRY_VERIFY_WITH_TIMEOUT(worker.latest()->now.step == 100 && worker.latest()->twins.front()->now.step == 100,
                                 patience);
        worker.post(LiveCommand{});
        worker.post(DropTwinCommand{});
        QTRY_VERIFY_WITH_TIMEOUT(worker.latest()->twins.empty(), patience);
        QCOMPARE(worker.latest()->now.step, paused->now.step);
        QVERIFY(sameBits(*worker.latest()->parameters, *paused->parameters));
    }

    // Breaks where a swap does not make B to A with all that it has done, loses a run or its place in time, gives two
    // runs one number, so that pictures of one are taken for the other's, or leaves another than the swapped one
    // chosen.
    void aSwapMakesTheChosenOneFirst() {
        TrainingWorker worker(load, noParameters);
        worker.post(StartExperiment{fixtures::harshSettings(3)});
        worker.post(EpochCommand{});
        QTRY_COMPARE_WITH_TIMEOUT(worker.latest()->now.step, 10, patience);
        worker.post(CloneCommand{});
        worker.post(ActCommand{leaky()});
        worker.post(EpochCommand{});
        QTRY_VERIFY_WITH_TIMEOUT(worker.latest()->now.step == 20 && worker.latest()->twins.size() == 1, patience);
        const auto before = worker.latest();
        worker.post(SwapRunsCommand{});
        const auto swapped = [&] {
            return worker.latest()->settings.network.activation == "leaky-relu" &&
                   worker.latest()->twins.front()->settings.network.activation == "relu";
        };
        QTRY_VERIFY_WITH_TIMEOUT(swapped(), patience);
        const auto now = worker.latest();
        QCOMPARE(now->chosen, std::size_t{0});
        QVERIFY(sameBits(*now->parameters, *before->twins.front()->parameters));
        QVERIFY(sameBits(*now->twins.front()->parameters, *before->parameters));
        QCOMPARE(now->run, before->twins.front()->run);
        QCOMPARE(now->twins.front()->run, before->run);
        QVERIFY(now->run != now->twins.front()->run);
        worker.post(EpochCommand{}); // both go on as they would have
        QTRY_VERIFY_WITH_TIMEOUT(worker.latest()->now.step == 30 && worker.latest()->twins.front()->now.step == 30,
                                 patience);
        Trainer alone = fixtures::trainer(worker.latest()->experiment);
        while (alone.stepsDone() < 30)
            QVERIFY(alone.step());
        QVERIFY(sameBits(alone.parameters(), *worker.latest()->parameters));
        worker.post(SwapRunsCommand{}); // A is chosen: with B
        QTRY_VERIFY_WITH_TIMEOUT(worker.latest()->settings.network.activation == "relu", patience);
        worker.post(UndoCommand{}); // nothing was done to the old A but to train it
        worker.post(DropTwinCommand{});
        QTRY_VERIFY_WITH_TIMEOUT(worker.latest()->commands == 10, patience);
        QCOMPARE(worker.latest()->twins.size(), std::size_t{1}); // A is chosen: none is dropped
    }

    // Breaks where a change that restarts the chosen twin restarts A, too, or it does not catch up while paused; or
    // where other data are not for all.
    void aRestartIsTheChosenOnes() {
        TrainingWorker worker(load, noParameters);
        Settings settings = fixtures::harshSettings(3);
        worker.post(StartExperiment{settings});
        for (std::int64_t epoch = 1; epoch <= 3; ++epoch) { // of ten steps
            worker.post(EpochCommand{});
            QTRY_COMPARE_WITH_TIMEOUT(worker.latest()->now.step, 10 * epoch, patience);
        }
        worker.post(CloneCommand{});
        settings.network.batchNorm = "before-activation";
        worker.post(StartExperiment{settings, true});
        const auto both = [&worker](std::int64_t step) {
            const auto now = worker.latest();
            return now->twins.size() == 1 && now->now.step == step && now->twins.front()->now.step == step;
        };
        QTRY_VERIFY_WITH_TIMEOUT(both(30), patience);
        QCOMPARE(worker.latest()->state, RunState::Paused);
        QVERIFY(worker.latest()->twins.front()->spec->batchNorm == BatchNorm::BeforeActivation);
        QVERIFY(worker.latest()->spec->batchNorm == BatchNorm::None);
        QVERIFY(worker.latest()->dataset == worker.latest()->twins.front()->dataset);
        settings.seed = 8;
        worker.post(StartExperiment{settings, true});
        QTRY_VERIFY_WITH_TIMEOUT(both(0), patience);
        QCOMPARE(worker.latest()->settings.seed, 8);
        QVERIFY(worker.latest()->spec->batchNorm == BatchNorm::None);
        QVERIFY(worker.latest()->dataset == worker.latest()->twins.front()->dataset);
        worker.post(StartExperiment{settings}); // another experiment: they go
        QTRY_VERIFY_WITH_TIMEOUT(worker.latest()->twins.empty(), patience);
    }
};

QTEST_GUILESS_MAIN(TwinsTest)
#include "twins_test.moc"
