#include "core/base/report_job.h"
#include "core/comparison/rescue.h"
#include "core/export/comparison_files.h"
#include "core/training/recorder.h"
#include "tests/core/fixtures.h"

#include <QTest>

#include <cmath>
#include <cstring>
#include <sstream>

using namespace flatline;

namespace {

constexpr int patience = 30000; // ms: a deadline, not a wait
const std::atomic<bool> never{false};

Result<Dataset> load(const Settings& settings) {
    return makeDataset(settings, fixtures::loadText);
}

RescueRequest requestFor(const Snapshot& snapshot, std::int64_t steps) {
    RescueRequest request;
    request.fork = forkOf(snapshot);
    request.doses.kick.strength = 1.0;
    request.steps = steps;
    request.data = load;
    return request;
}

bool sameBits(const Trainer& a, const Trainer& b) {
    return a.parameters().size() == b.parameters().size() &&
           std::memcmp(a.parameters().data(), b.parameters().data(), a.parameters().size() * sizeof(float)) == 0;
}

/// What diverged has losses that are no numbers.
bool same(const Outcome& a, const Outcome& b) {
    return a == b ||
           (a.diverged && b.diverged && a.dead == b.dead && std::isnan(a.trainLoss) == std::isnan(b.trainLoss));
}

void stepOn(Recorder& run, int steps) {
    for (int i = 0; i < steps && run.step(); ++i) {
    }
    run.finish();
}

/// Dead neurons, a planned change, a kick by hand on the way and another one at the very step of the fork.
Recorder dyingRun() {
    Settings settings = fixtures::harshSettings(3);
    settings.training.learningRate = 1.5;
    settings.interventions = {{100, SettingChange{"training.momentum", 0.3}}, {400, ResetNeurons{}}};
    Recorder run(fixtures::trainer(settings));
    stepOn(run, 150);
    (void)run.act(ThermalKick{0.3, {}, KickedParameters::Both});
    stepOn(run, 157);
    (void)run.act(ThermalKick{0.2, {}, KickedParameters::Bias});
    return run;
}

RescueReport lastReport(const RescueRequest& request, const std::atomic<bool>& cancelled = never) {
    RescueReport last;
    runRescue(request, cancelled, [&last](RescueReport report) { last = std::move(report); });
    return last;
}

} // namespace

class RescueTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a fork is not the run's own moment: other weights, other batches, a kick lost or made twice.
    void theForkIsTheRunItself() {
        Recorder run = dyingRun();
        const Fork fork = forkOf(run.snapshot(false));
        std::optional<Trainer> copy = trainerAt(fork, {.watch = Watch::Interventions}, never);
        QVERIFY(copy.has_value());
        QCOMPARE(copy->stepsDone(), run.trainer().stepsDone());
        QVERIFY(sameBits(*copy, run.trainer()));
        for (int i = 0; i < 200; ++i) { // over the reset that is planned for step 400
            QVERIFY(run.step());
            QVERIFY(copy->step());
        }
        QVERIFY(sameBits(*copy, run.trainer()));
        QVERIFY(copy->settings() == run.trainer().settings());
    }

    // Breaks where a row is not what comes out when the cure is done by hand to the very run.
    void rowsAreTheRunsMadeByHand() {
        Recorder start = dyingRun();
        const RescueReport report = lastReport(requestFor(start.snapshot(false), 120));
        QVERIFY(report.done);
        QCOMPARE(report.rows.size(), cureTable().size());
        int recovered = 0;
        for (const RescueRow& row : report.rows) {
            QVERIFY2(!row.problem, row.cure->id);
            QCOMPARE(row.outcomes.size(), std::size_t{1});
            recovered += row.outcomes.front().recovered;
            if (row.cure->start == CureStart::Beginning)
                continue;
            Recorder run = dyingRun();
            const DetailedOutcome before = outcomeOf(const_cast<Trainer&>(run.trainer()));
            for (const Action& action : row.cure->actions(run.trainer().settings(), report.doses))
                QVERIFY(run.act(action).ok());
            stepOn(run, 120);
            const DetailedOutcome after = outcomeOf(const_cast<Trainer&>(run.trainer()));
            QVERIFY2(same(row.outcomes.front().end, after.outcome), row.cure->id);
            QCOMPARE(row.outcomes.front().deadAtFork, before.outcome.dead);
            QCOMPARE(after.outcome.dead,
                     before.outcome.dead - row.outcomes.front().recovered + row.outcomes.front().diedAnew);
        }
        QVERIFY(report.rows.front().outcomes.front().deadAtFork > 0);
        QVERIFY(recovered > 0);
    }

    // Breaks where batch norm from the start is not the experiment with batch norm and the same seed.
    void batchNormStartsAnew() {
        Recorder start = dyingRun();
        const RescueReport report = lastReport(requestFor(start.snapshot(false), 50));
        const auto row = std::ranges::find(report.rows, findCure("batch-norm"), &RescueRow::cure);
        Settings settings = start.trainer().experiment();
        settings.network.batchNorm = "before-activation";
        Trainer trainer = fixtures::trainer(settings);
        while (trainer.stepsDone() < start.trainer().stepsDone() + 50)
            QVERIFY(trainer.step());
        QVERIFY(row->outcomes.front().end == outcomeOf(trainer).outcome);
    }

    // Breaks where a cure that is in force already is tried, or one that is not is passed over.
    void whatIsInForceIsNotTried() {
        Settings now;
        QVERIFY(!inForce(*findCure("leaky-relu"), now, {}));
        now.network.activation = "leaky-relu";
        QVERIFY(inForce(*findCure("leaky-relu"), now, {}));
        QVERIFY(!inForce(*findCure("prelu"), now, {}));
        QVERIFY(!inForce(cureTable().front(), now, {}));
        QVERIFY(!inForce(*findCure("kick"), now, {}));
        now.training.biasDecay = 0.1; // then the cure is to switch it off
        QVERIFY(!inForce(*findCure("bias-decay"), now, {}));
        QVERIFY(findCure("bias-decay")->actions(now, {}) ==
                std::vector<Action>({SettingChange{"training.bias_decay", 0.0}}));
    }

    // Breaks where a further seed has the first one's data or starts somewhere else than its own run would stand.
    void seedsAreRunsOfTheirOwn() {
        Settings settings = fixtures::harshSettings(3);
        Recorder run(fixtures::trainer(settings));
        stepOn(run, 80);
        RescueRequest request = requestFor(run.snapshot(false), 40);
        request.seeds = 2;
        const RescueReport report = lastReport(request);
        QVERIFY(report.done);
        settings.seed = 4;
        Trainer other = fixtures::trainer(settings);
        while (other.stepsDone() < 120)
            QVERIFY(other.step());
        QCOMPARE(report.rows.front().outcomes.size(), std::size_t{2});
        QVERIFY(report.rows.front().outcomes[1].end == outcomeOf(other).outcome);
        std::ostringstream csv;
        writeRescue(csv, report, 3);
        const QString text = QString::fromStdString(csv.str());
        QCOMPARE(text.count(QStringLiteral("\r\n")), 1 + 2 * static_cast<int>(cureTable().size()));
        QVERIFY(text.contains(QStringLiteral("\r\nnothing,4,80,40,")));
    }

    // Breaks where a cancelled rescue goes on, or its last report replaces a newer one's.
    void theNewestWins() {
        Recorder run(fixtures::trainer(fixtures::harshSettings(3)));
        stepOn(run, 20);
        RescueRequest endless = requestFor(run.snapshot(false), 1'000'000'000);
        RescueRequest quick = requestFor(run.snapshot(false), 10);
        ReportJob<RescueReport> job;
        const auto start = [&job](const RescueRequest& request) {
            job.start([request](const std::atomic<bool>& cancelled, const auto& publish) {
                runRescue(request, cancelled, publish);
            });
        };
        start(endless);
        QVERIFY(job.latest() == nullptr);
        start(quick);
        QTRY_VERIFY_WITH_TIMEOUT(job.latest() != nullptr && job.latest()->done, patience);
        QCOMPARE(job.latest()->steps, 10);
        const auto last = job.latest();
        start(endless);
        job.cancel();
        QVERIFY(job.latest() == nullptr); // the job's end would hang here if it were not cancelled
        QVERIFY(last->done);
    }
};

QTEST_GUILESS_MAIN(RescueTest)
#include "rescue_test.moc"
