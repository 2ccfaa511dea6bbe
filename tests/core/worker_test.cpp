#include "core/training/worker.h"
#include "tests/core/fixtures.h"

#include <QElapsedTimer>
#include <QTest>

#include <cstring>

using namespace flatline;

namespace {

Result<Dataset> load(const Settings& settings) {
    return makeDataset(settings, fixtures::loadText);
}

Result<std::vector<float>> noParameters(const std::string& file, const Layout&) {
    return Error{ErrorKind::File, file, {"cannot be read", {}}};
}

constexpr int patience = 30000; // ms: a deadline, not a wait

class Lab {
public:
    TrainingWorker worker{load, noParameters};

    [[nodiscard]] std::shared_ptr<const Snapshot> now() const { return worker.latest(); }
    [[nodiscard]] bool reached(RunState state, std::int64_t step) const {
        const auto snapshot = now();
        return snapshot->state == state && snapshot->dataset && snapshot->now.step >= step;
    }
};

} // namespace

class WorkerTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a started experiment does not wait at step 0, or a single step is not one batch.
    void startsPausedAndSteps() {
        Lab lab;
        QCOMPARE(lab.now()->state, RunState::Loading);
        lab.worker.post(StartExperiment{{}});
        QTRY_VERIFY_WITH_TIMEOUT(lab.reached(RunState::Paused, 0), patience);
        QCOMPARE(lab.now()->now.step, 0);
        lab.worker.post(StepCommand{});
        QTRY_COMPARE_WITH_TIMEOUT(lab.now()->now.step, 1, patience);
        lab.worker.post(EpochCommand{});
        QTRY_COMPARE_WITH_TIMEOUT(lab.now()->now.step, 25, patience);
        QCOMPARE(lab.now()->now.epoch, 1);
        QCOMPARE(lab.now()->state, RunState::Paused);
    }

    // Breaks where the worker, its pauses or its publishing change a bit of the run.
    void givesTheBitsOfTheBareTrainer() {
        Settings settings = fixtures::harshSettings(3);
        Lab lab;
        lab.worker.post(StartExperiment{settings});
        for (int i = 0; i < 3; ++i) {
            const std::int64_t before = lab.now()->now.step;
            lab.worker.post(RunCommand{});
            QTRY_VERIFY_WITH_TIMEOUT(lab.reached(RunState::Running, before + 200), patience);
            lab.worker.post(PauseCommand{});
            QTRY_VERIFY_WITH_TIMEOUT(lab.reached(RunState::Paused, before + 200), patience);
        }
        const auto snapshot = lab.now();
        Trainer bare = fixtures::trainer(settings);
        while (bare.stepsDone() < snapshot->now.step)
            QVERIFY(bare.step());
        QVERIFY(std::memcmp(bare.parameters().data(), snapshot->parameters->data(),
                            bare.parameters().size() * sizeof(float)) == 0);
        QCOMPARE(snapshot->events.size(), bare.events().size());
    }

    // Breaks where a change by hand is not applied between two steps, or the run cannot be repeated from what is saved.
    void liveChangesCanBeRepeated() {
        Lab lab;
        lab.worker.post(StartExperiment{fixtures::harshSettings(2)});
        lab.worker.post(RunCommand{});
        QTRY_VERIFY_WITH_TIMEOUT(lab.reached(RunState::Running, 100), patience);
        lab.worker.post(ActCommand{SettingChange{"network.activation", std::string("leaky-relu")}});
        lab.worker.post(ActCommand{ThermalKick{0.5, {Target::Kind::All}, KickedParameters::Both}});
        QTRY_VERIFY_WITH_TIMEOUT(lab.now()->settings.network.activation == "leaky-relu", patience);
        lab.worker.post(PauseCommand{});
        QTRY_COMPARE_WITH_TIMEOUT(lab.now()->state, RunState::Paused, patience);
        const auto snapshot = lab.now();
        QCOMPARE(snapshot->experiment.network.activation, std::string("relu"));
        QCOMPARE(snapshot->experiment.interventions.size(), std::size_t{2});
        Trainer again = fixtures::trainer(snapshot->experiment);
        while (again.stepsDone() < snapshot->now.step)
            QVERIFY(again.step());
        QCOMPARE(again.parameters(), *snapshot->parameters);
    }

    // Breaks where a mistake in an experiment or an impossible change loses the run that is there.
    void mistakesLoseNothing() {
        Lab lab;
        lab.worker.post(StartExperiment{{}});
        lab.worker.post(EpochCommand{});
        QTRY_VERIFY_WITH_TIMEOUT(lab.reached(RunState::Paused, 25), patience);
        Settings broken;
        broken.initialization.file = "no-such-file.csv";
        lab.worker.post(StartExperiment{broken});
        QTRY_VERIFY_WITH_TIMEOUT(lab.now()->error.has_value(), patience);
        QCOMPARE(lab.now()->error->where, std::string("no-such-file.csv"));
        QCOMPARE(lab.now()->now.step, 25);
        lab.worker.post(StepCommand{});
        QTRY_COMPARE_WITH_TIMEOUT(lab.now()->now.step, 26, patience);
        QVERIFY(!lab.now()->error.has_value());
        lab.worker.post(ActCommand{ThermalKick{0.5, {Target::Kind::Layer, 9}, KickedParameters::Both}});
        QTRY_VERIFY_WITH_TIMEOUT(lab.now()->error.has_value(), patience);
    }

    // Breaks where a first experiment that cannot start is not said to have failed.
    void aFirstMistakeIsAFailure() {
        Lab lab;
        Settings broken;
        broken.data.source = "plane";
        broken.network.output = "softmax";
        lab.worker.post(RunCommand{}); // nothing to run: nothing happens
        lab.worker.post(StartExperiment{broken});
        QTRY_COMPARE_WITH_TIMEOUT(lab.now()->state, RunState::Failed, patience);
        QCOMPARE(lab.now()->error->where, std::string("network.output"));
    }

    // Breaks where divergence is not a state of its own, or the numbers shown are not of the last finite step.
    void divergenceIsAState() {
        Lab lab;
        Settings settings;
        settings.data.source = "plane";
        settings.network.activation = "identity";
        settings.training.learningRate = 50.0;
        lab.worker.post(StartExperiment{settings});
        lab.worker.post(RunCommand{});
        QTRY_COMPARE_WITH_TIMEOUT(lab.now()->state, RunState::Diverged, patience);
        QCOMPARE(lab.now()->error->kind, ErrorKind::Diverged);
        for (const float p : *lab.now()->parameters)
            QVERIFY(std::isfinite(p));
        lab.worker.post(ResetCommand{});
        QTRY_COMPARE_WITH_TIMEOUT(lab.now()->state, RunState::Paused, patience);
        QCOMPARE(lab.now()->now.step, 0);
    }

    // Breaks where a network that overflows outside the batch, or before the first step, is shown as a healthy run.
    void overflowIsDivergence() {
        Lab lab;
        Settings settings;
        settings.network.activation = "identity";
        settings.network.hidden = std::vector<int>(15, 8);
        settings.initialization.gain = 1000.0;
        lab.worker.post(StartExperiment{settings});
        QTRY_COMPARE_WITH_TIMEOUT(lab.now()->state, RunState::Diverged, patience);
        QVERIFY(lab.now()->error->english().find("step 0") != std::string::npos);
        lab.worker.post(RunCommand{});
        QTRY_COMPARE_WITH_TIMEOUT(lab.now()->commands, std::uint64_t{2}, patience);
        QCOMPARE(lab.now()->state, RunState::Diverged);
        lab.worker.post(StartExperiment{{}});
        QTRY_COMPARE_WITH_TIMEOUT(lab.now()->state, RunState::Paused, patience);
    }

    // Breaks where travelling, stepping back or going live does not show the moment asked for, or trains the run.
    void travelsInThePast() {
        Lab lab;
        lab.worker.post(StartExperiment{fixtures::harshSettings(3)});
        for (int i = 0; i < 30; ++i)
            lab.worker.post(StepCommand{});
        QTRY_VERIFY_WITH_TIMEOUT(lab.reached(RunState::Paused, 30), patience);
        const auto head = lab.now();
        for (std::int64_t step = 0; step < 20; ++step) // a hand drags: only the last one counts
            lab.worker.post(TravelCommand{step});
        QTRY_COMPARE_WITH_TIMEOUT(lab.now()->now.step, 19, patience);
        QTRY_COMPARE_WITH_TIMEOUT(lab.now()->commands, std::uint64_t{51}, patience); // those passed over, too
        QVERIFY(lab.now()->past);
        QCOMPARE(lab.now()->head, 30);
        QCOMPARE(lab.now()->state, RunState::Paused);
        Trainer bare = fixtures::trainer(fixtures::harshSettings(3));
        while (bare.stepsDone() < 19)
            QVERIFY(bare.step());
        QCOMPARE(bare.parameters(), *lab.now()->parameters);
        lab.worker.post(StepBackCommand{});
        QTRY_COMPARE_WITH_TIMEOUT(lab.now()->now.step, 18, patience);
        lab.worker.post(StepCommand{});
        QTRY_VERIFY_WITH_TIMEOUT(lab.now()->now.step == 19 && lab.now()->state == RunState::Paused, patience);
        QVERIFY(lab.now()->past);
        lab.worker.post(LiveCommand{});
        QTRY_VERIFY_WITH_TIMEOUT(!lab.now()->past, patience);
        QCOMPARE(lab.now()->now.step, 30);
        QCOMPARE(*lab.now()->parameters, *head->parameters);
        QCOMPARE(lab.now()->run, head->run);
    }

    // Breaks where a travel that takes long does not end at the moment asked for, or another command finds it half way.
    void farTravelsArrive() {
        Lab lab;
        Settings settings = fixtures::harshSettings(4);
        settings.network.hidden = {200, 200};
        settings.training.batchSize = 50;
        lab.worker.post(StartExperiment{settings});
        lab.worker.post(HistoryCapCommand{1U << 20U}); // few keyframes
        lab.worker.post(RunCommand{});
        QTRY_VERIFY_WITH_TIMEOUT(lab.reached(RunState::Running, 200), patience);
        lab.worker.post(TravelCommand{90});
        QTRY_COMPARE_WITH_TIMEOUT(lab.now()->now.step, 90, patience);
        lab.worker.post(TravelCommand{63});
        lab.worker.post(StepBackCommand{});
        QTRY_COMPARE_WITH_TIMEOUT(lab.now()->now.step, 62, patience);
        Trainer bare = fixtures::trainer(settings);
        while (bare.stepsDone() < 62)
            QVERIFY(bare.step());
        QCOMPARE(bare.parameters(), *lab.now()->parameters);
        lab.worker.post(TravelCommand{91});
        lab.worker.post(ResumeHereCommand{});
        QTRY_COMPARE_WITH_TIMEOUT(lab.now()->head, 91, patience);
        QVERIFY(!lab.now()->past);
    }

    // Breaks where a replay goes on training past the run's last step, or does not say why it stopped.
    void aReplayStopsAtTheHead() {
        Lab lab;
        lab.worker.post(StartExperiment{fixtures::harshSettings(3)});
        for (int i = 0; i < 20; ++i)
            lab.worker.post(StepCommand{});
        QTRY_VERIFY_WITH_TIMEOUT(lab.reached(RunState::Paused, 20), patience);
        lab.worker.post(TravelCommand{3});
        lab.worker.post(RunCommand{});
        QTRY_VERIFY_WITH_TIMEOUT(lab.now()->stopped.has_value(), patience);
        QCOMPARE(lab.now()->stopped->why, Stopped::Why::Head);
        QCOMPARE(lab.now()->now.step, 20);
        QVERIFY(!lab.now()->past && lab.now()->state == RunState::Paused);
        lab.worker.post(StepCommand{});
        QTRY_COMPARE_WITH_TIMEOUT(lab.now()->now.step, 21, patience);
        QVERIFY(!lab.now()->stopped);
    }

    // Breaks where a run goes over a death that it is to stop at, or stops where nothing is set any more.
    void stopsByItself() {
        Lab lab;
        lab.worker.post(StartExperiment{fixtures::harshSettings(1)});
        StopCondition condition;
        condition.nextDeath = true;
        lab.worker.post(StopConditionCommand{condition});
        lab.worker.post(RunCommand{});
        QTRY_VERIFY_WITH_TIMEOUT(lab.now()->stopped.has_value(), patience);
        const auto snapshot = lab.now();
        QCOMPARE(snapshot->state, RunState::Paused);
        QCOMPARE(snapshot->stopped->why, Stopped::Why::Death);
        QCOMPARE(snapshot->stopped->step, snapshot->now.step);
        QVERIFY(snapshot->stopCondition == condition);
        const Event& last = snapshot->events[snapshot->events.size() - 1];
        QCOMPARE(last.step, snapshot->now.step);
        QCOMPARE(last.kind, EventKind::Died);
        lab.worker.post(StopConditionCommand{}); // nothing of it is left to tell
        QTRY_VERIFY_WITH_TIMEOUT(!lab.now()->stopped.has_value(), patience);
        lab.worker.post(RunCommand{});
        QTRY_VERIFY_WITH_TIMEOUT(lab.reached(RunState::Running, snapshot->now.step + 1000), patience);
    }

    // Breaks where a run that was left cannot be brought back, or a setting that is undone stops the run.
    void resumesAndTakesBack() {
        Lab lab;
        lab.worker.post(StartExperiment{fixtures::harshSettings(3)});
        lab.worker.post(EpochCommand{});
        QTRY_VERIFY_WITH_TIMEOUT(lab.reached(RunState::Paused, 10), patience);
        lab.worker.post(TravelCommand{4});
        lab.worker.post(ResumeHereCommand{});
        QTRY_COMPARE_WITH_TIMEOUT(lab.now()->abandoned, 1, patience);
        QVERIFY(lab.now()->now.step == 4 && !lab.now()->past && lab.now()->head == 4);
        lab.worker.post(UndoCommand{});
        QTRY_COMPARE_WITH_TIMEOUT(lab.now()->now.step, 10, patience);
        QVERIFY(lab.now()->redo && lab.now()->redo->kind == EditNote::Kind::Resume);
        lab.worker.post(RedoCommand{});
        QTRY_COMPARE_WITH_TIMEOUT(lab.now()->now.step, 4, patience);
        lab.worker.post(DiscardBranchCommand{});
        QTRY_COMPARE_WITH_TIMEOUT(lab.now()->abandoned, 0, patience);
        lab.worker.post(HistoryCapCommand{1U << 20U});
        QTRY_COMPARE_WITH_TIMEOUT(lab.now()->history.cap, std::size_t{1U << 20U}, patience);
        lab.worker.post(RunCommand{});
        lab.worker.post(ActCommand{SettingChange{"training.learning_rate", 0.01}});
        lab.worker.post(UndoCommand{});
        QTRY_VERIFY_WITH_TIMEOUT(lab.now()->settings.training.learningRate == 0.8 && lab.now()->redo, patience);
        QCOMPARE(lab.now()->state, RunState::Running);
        lab.worker.post(ActCommand{ThermalKick{}});
        lab.worker.post(UndoCommand{});
        QTRY_COMPARE_WITH_TIMEOUT(lab.now()->state, RunState::Paused, patience);
    }

    // Breaks where a slow pace is not kept: far too fast is what a lost limit looks like.
    void keepsAPace() {
        Lab lab;
        lab.worker.post(StartExperiment{{}});
        lab.worker.post(SpeedCommand{50.0});
        QElapsedTimer timer;
        timer.start();
        lab.worker.post(RunCommand{});
        QTRY_VERIFY_WITH_TIMEOUT(lab.reached(RunState::Running, 20), patience);
        QVERIFY2(timer.elapsed() >= 350, qPrintable(QString::number(timer.elapsed())));
        QVERIFY(lab.now()->now.step <= timer.elapsed() * 50 / 1000 + 2);
    }

    // Breaks where closing waits for training, or a command posted at the end is lost in a deadlock.
    void closesInMidTraining() {
        QElapsedTimer timer;
        {
            Lab lab;
            Settings settings;
            settings.data.source = "digits";
            settings.network.hidden = {128, 128};
            lab.worker.post(StartExperiment{settings});
            lab.worker.post(RunCommand{});
            QTRY_VERIFY_WITH_TIMEOUT(lab.reached(RunState::Running, 5), patience);
            lab.worker.post(StepCommand{});
            timer.start();
        }
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_GUILESS_MAIN(WorkerTest)
#include "worker_test.moc"
