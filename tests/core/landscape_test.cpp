#include "core/landscape/landscape_worker.h"
#include "tests/core/fixtures.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

SurfaceRequest requestFor(Trainer& trainer, const PlaneChoice& choice, int side = 11) {
    SurfaceRequest request;
    request.spec = trainer.network().spec();
    request.dataset = trainer.dataset();
    request.parameters = std::make_shared<const std::vector<float>>(trainer.parameters());
    request.choice = choice;
    request.plane = makePlane(choice, trainer.network().layout(), trainer.parameters(), 7);
    request.side = side;
    return request;
}

double norm(const std::vector<float>& values, const Block& weights, int row) {
    double sum = 0.0;
    for (int column = 0; column < weights.columns; ++column)
        sum += std::pow(static_cast<double>(values[weights.at(row, column)]), 2);
    return std::sqrt(sum);
}

} // namespace

class LandscapeTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where the middle of the slice is not the training loss to the last bit.
    void theCentreIsTheTrainingLoss() {
        for (const char* source : {"circles", "digits", "sine"}) {
            Settings settings;
            settings.data.source = source;
            Trainer trainer = fixtures::trainer(settings);
            for (int i = 0; i < 37; ++i)
                QVERIFY(trainer.step());
            for (const PlaneRow& row : planeTable()) {
                const Surface surface = computeSurface(requestFor(trainer, {row.id, 1, 1}, 3)).value();
                QCOMPARE(surface.centre, trainer.observe().trainLoss);
                QCOMPARE(surface.coordinate(1), 0.0);
            }
        }
    }

    // Breaks where a direction's filter has not the length of the neuron's own weights, or biases move unasked.
    void directionsAreFilterNormalized() {
        Trainer trainer = fixtures::trainer({});
        const Layout& layout = trainer.network().layout();
        const Plane plane = makePlane({"random", 1, 1}, layout, trainer.parameters(), 7);
        for (int layer = 1; layer <= layout.layers(); ++layer) {
            const Block& weights = layout.block(layer, BlockKind::Weight);
            for (int row = 0; row < weights.rows; ++row) {
                const double own = norm(trainer.parameters(), weights, row);
                QVERIFY(std::abs(norm(plane.first, weights, row) - own) < 1e-5 * own);
                QVERIFY(std::abs(norm(plane.second, weights, row) - own) < 1e-5 * own);
                QCOMPARE(plane.first[layout.block(layer, BlockKind::Bias).at(row, 0)], 0.0F);
            }
        }
        QVERIFY(plane.first != plane.second);
        QCOMPARE(plane, makePlane({"random", 1, 1}, layout, trainer.parameters(), 7));
        QVERIFY(plane != makePlane({"random", 1, 1}, layout, trainer.parameters(), 8));
    }

    // Breaks where rescaling a layer's incoming weights and bias by a and its outgoing weights by 1/a changes the
    // slice: the ReLU network is the same function, so its filter-normalized slice must be, too. a is a power of two:
    // exact.
    void rescalingALayerLeavesTheSliceAlone() {
        Trainer trainer = fixtures::trainer({});
        const Layout& layout = trainer.network().layout();
        std::vector<float> scaled = trainer.parameters();
        const auto multiply = [&](const Block& block, float factor) {
            for (std::size_t i = 0; i < block.size(); ++i)
                scaled[block.offset + i] *= factor;
        };
        multiply(layout.block(1, BlockKind::Weight), 4.0F);
        multiply(layout.block(1, BlockKind::Bias), 4.0F);
        multiply(layout.block(2, BlockKind::Weight), 0.25F);
        Trainer other = fixtures::trainer({}, scaled);
        const Surface a = computeSurface(requestFor(trainer, {"random", 1, 1})).value();
        const Surface b = computeSurface(requestFor(other, {"random", 1, 1})).value();
        for (std::size_t i = 0; i < a.loss.size(); ++i)
            QVERIFY(std::abs(a.loss[i] - b.loss[i]) < 1e-5 * a.loss[i]);
    }

    // Breaks where the plane of a dead neuron is not exactly flat up to the edge of its margin, or flat beyond it.
    void aDeadNeuronsPlaneIsFlatUpToItsMargin() {
        Settings settings = fixtures::harshSettings(1);
        Trainer trainer = fixtures::trainer(settings);
        int neuron = -1;
        for (int i = 0; i < 3000 && neuron < 0; ++i) {
            QVERIFY(trainer.step());
            for (std::size_t j = 0; j < 6; ++j)
                if (const NeuronLife& life = trainer.lives()[0][j]; life.diedAt >= 0 && life.revivedAt < life.diedAt)
                    neuron = static_cast<int>(j);
        }
        QVERIFY(neuron >= 0);
        const double margin = -static_cast<double>(
            trainer.examine(6.0F).diagnosis.layers[0].neurons[static_cast<std::size_t>(neuron)].margin);
        SurfaceRequest request = requestFor(trainer, {"neuron", 1, neuron + 1}, 3);
        request.extent = 0.98 * margin;
        Surface surface = computeSurface(request).value();
        QCOMPARE(surface.loss[3], surface.centre); // b = 0, a = -extent and +extent: its bias alone
        QCOMPARE(surface.loss[5], surface.centre);
        request.extent = 3.0 * margin + 1.0;
        surface = computeSurface(request).value();
        QCOMPARE(surface.loss[3], surface.centre);
        QVERIFY(surface.loss[5] != surface.centre);
    }

    // Breaks where the path is not the projection of where the parameters were.
    void thePathLeadsHere() {
        Trainer trainer = fixtures::trainer({});
        SurfaceRequest request = requestFor(trainer, {});
        request.step = 10;
        auto keyframe = std::make_shared<Keyframe>();
        keyframe->step = 4;
        keyframe->parameters = trainer.parameters();
        for (std::size_t i = 0; i < keyframe->parameters.size(); ++i)
            keyframe->parameters[i] += 0.5F * request.plane.first[i] - 0.25F * request.plane.second[i];
        request.path = {keyframe};
        const Surface surface = computeSurface(request).value();
        QCOMPARE(surface.path.size(), std::size_t{2});
        QVERIFY(std::abs(surface.path[0].a - 0.5) < 1e-5);
        QVERIFY(std::abs(surface.path[0].b + 0.25) < 1e-5);
        QCOMPARE(surface.path[1].a, 0.0);
    }

    // Breaks where a cancelled job goes on.
    void cancels() {
        Trainer trainer = fixtures::trainer({});
        const std::atomic<bool> cancelled{true};
        QVERIFY(!computeSurface(requestFor(trainer, {}), &cancelled).has_value());
    }

    // Breaks where the worker shows an old surface, makes none, or keeps the plane while the run does not.
    void theWorkerShowsTheNewest() {
        Recorder recorder(fixtures::trainer({}), {});
        LandscapeWorker worker;
        QVERIFY(worker.latest() == nullptr);
        const auto show = [&](std::uint64_t run, const LandscapeView& view) {
            auto snapshot = std::make_shared<Snapshot>(recorder.snapshot(false));
            snapshot->run = run;
            snapshot->state = RunState::Paused;
            worker.show(snapshot, view);
        };
        show(1, {});
        QTRY_VERIFY_WITH_TIMEOUT(worker.latest() && worker.latest()->side == 51, 20000);
        const auto first = worker.latest();
        QCOMPARE(first->centre, recorder.snapshot(false).now.trainLoss);
        for (int i = 0; i < 20; ++i)
            QVERIFY(recorder.step());
        show(1, {{"random-biases", 1, 1}, 0.5, 11});
        QTRY_VERIFY_WITH_TIMEOUT(worker.latest()->step == 20 && worker.latest()->side == 11, 20000);
        QCOMPARE(worker.latest()->extent, 0.5);
        show(1, {{"neuron", 2, 8}, 1.0, 11});
        QTRY_VERIFY_WITH_TIMEOUT(worker.latest()->choice.id == "neuron", 20000);
        show(1, {{"neuron", 9, 8}, 1.0, 11}); // no such layer: nothing happens, and nothing breaks
        show(1, {{"random", 1, 1}, 1.0, 11});
        QTRY_VERIFY_WITH_TIMEOUT(worker.latest()->choice.id == "random", 20000);
    }
};

QTEST_GUILESS_MAIN(LandscapeTest)
#include "landscape_test.moc"
