#include "core/analysis/analysis_worker.h"
#include "tests/core/fixtures.h"

#include <QTest>

using namespace flatline;

namespace {

constexpr int patience = 120'000; // ms: a deadline, not a wait; under sanitizers it may take a third

std::shared_ptr<Snapshot> snapshotAfter(const Settings& settings, int steps, std::uint64_t run = 1) {
    Recorder recorder(fixtures::trainer(settings), {});
    for (int i = 0; i < steps; ++i)
        if (!recorder.step())
            break;
    recorder.finish();
    auto snapshot = std::make_shared<Snapshot>(recorder.snapshot(false));
    snapshot->run = run;
    snapshot->version = static_cast<std::uint64_t>(steps) + 1;
    snapshot->state = RunState::Paused;
    return snapshot;
}

/// So large that the sharpness cannot keep up with a training.
Settings largeSettings() {
    Settings settings;
    settings.data.samples = 2000;
    settings.network.hidden = {128, 128};
    return settings;
}

} // namespace

class AnalysisWorkerTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where what the worker finds is not what is found directly, or it is not said of which moment it is.
    void itFindsWhatIsThere() {
        const auto snapshot = snapshotAfter(fixtures::harshSettings(3), 300);
        const ThermalKick kick{0.7, {}, KickedParameters::Bias};
        AnalysisWorker worker;
        QVERIFY(worker.latest() == nullptr);
        worker.show(snapshot, kick);
        QTRY_VERIFY_WITH_TIMEOUT(worker.latest() != nullptr, patience);
        const auto found = worker.latest();
        QCOMPARE(found->step, std::int64_t{300});
        QCOMPARE(found->version, snapshot->version);
        QCOMPARE(found->run, snapshot->run);
        QVERIFY(found->kick == kick);
        const Analysis direct = analyse(*snapshot, kick);
        QVERIFY(found->outlook == direct.outlook);
        QVERIFY(found->sharpness.has_value() && direct.sharpness.has_value());
        QCOMPARE(found->sharpness->value, direct.sharpness->value); // equal parameters, equal bits
        QVERIFY(found->sharpness->value > 0.0);
    }

    // Breaks where another kick, step or run is not looked at anew.
    void newWishesAreFulfilled() {
        const auto early = snapshotAfter(fixtures::harshSettings(3), 10);
        const auto late = snapshotAfter(fixtures::harshSettings(3), 300, 2);
        AnalysisWorker worker;
        worker.show(early, {});
        QTRY_VERIFY_WITH_TIMEOUT(worker.latest() != nullptr && worker.latest()->run == 1, patience);
        worker.show(late, {});
        QTRY_VERIFY_WITH_TIMEOUT(worker.latest()->run == 2, patience);
        const ThermalKick strong{3.0, {}, KickedParameters::Both};
        worker.show(late, strong);
        QTRY_VERIFY_WITH_TIMEOUT(worker.latest()->kick == strong, patience);
    }

    // Breaks where the sharpness along the path is computed unasked, does not come when asked for, or is another one
    // than at the moment itself.
    void thePathComesWhenItIsAskedFor() {
        const auto snapshot = snapshotAfter(fixtures::harshSettings(3), 30);
        AnalysisWorker worker;
        worker.show(snapshot, {});
        QTRY_VERIFY_WITH_TIMEOUT(worker.latest() != nullptr && worker.latest()->sharpness, patience);
        QVERIFY(worker.latest()->path == nullptr);
        worker.show(snapshot, {}, true);
        QTRY_VERIFY_WITH_TIMEOUT(worker.latest()->path != nullptr && worker.latest()->path->missing == 0, patience);
        const auto found = worker.latest();
        QCOMPARE(found->path->points.size(), snapshot->path.size());
        QCOMPARE(found->path->points.back().step, std::int64_t{30});
        QCOMPARE(*found->path->points.back().value, found->sharpness->value);
    }

    // Breaks where a network that is too large holds up a running training, or gets no sharpness when it is at rest.
    void aLargeNetworkIsLookedAtInFullOnlyAtRest() {
        auto running = snapshotAfter(largeSettings(), 2);
        running->state = RunState::Running;
        AnalysisWorker worker;
        worker.show(running, {});
        QTRY_VERIFY_WITH_TIMEOUT(worker.latest() != nullptr, patience);
        QVERIFY(!worker.latest()->sharpness.has_value());
        QCOMPARE(worker.latest()->outlook.size(), std::size_t{2});
        auto paused = std::make_shared<Snapshot>(*running);
        paused->state = RunState::Paused;
        worker.show(paused, {});
        QTRY_VERIFY_WITH_TIMEOUT(worker.latest()->sharpness.has_value(), patience);
    }

    // Breaks where a snapshot without a network (still loading, or failed) is looked into.
    void noNetworkIsPassedOver() {
        AnalysisWorker worker;
        worker.show(std::make_shared<Snapshot>(), {});
        worker.show(snapshotAfter(fixtures::harshSettings(1), 1), {});
        QTRY_VERIFY_WITH_TIMEOUT(worker.latest() != nullptr, patience);
    }
};

QTEST_GUILESS_MAIN(AnalysisWorkerTest)
#include "analysis_worker_test.moc"
