#include "core/network/folded.h"
#include "tests/core/fixtures.h"
#include "tests/core/landscape_request.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

struct LandscapeCase {
    const char* name;
    Settings settings;
};

/// Every kind of network whose loss might be put together differently in the two places.
std::vector<LandscapeCase> landscapeCases() {
    std::vector<LandscapeCase> cases;
    const auto add = [&](const char* name, const char* source, auto change) {
        LandscapeCase one{name, {}};
        one.settings.data.source = source;
        change(one.settings);
        cases.push_back(std::move(one));
    };
    add("circles", "circles", [](Settings&) {});
    add("digits", "digits", [](Settings&) {});
    add("sine", "sine", [](Settings&) {});
    add("prelu", "circles", [](Settings& s) { s.network.activation = "prelu"; });
    add("gelu, sigmoid", "moons", [](Settings& s) {
        s.network.activation = "gelu";
        s.network.output = "sigmoid";
    });
    add("norm before", "circles", [](Settings& s) { s.network.batchNorm = "before-activation"; });
    add("norm after", "iris", [](Settings& s) { s.network.batchNorm = "after-activation"; });
    add("warming", "circles", [](Settings& s) { s.interventions = {{5, BiasWarming{1.0, 300}}}; });
    add("all of it", "circles", [](Settings& s) {
        s.network.activation = "prelu";
        s.network.batchNorm = "before-activation";
        s.interventions = {{5, BiasWarming{1.0, 300}}};
    });
    return cases;
}

/// A network whose neuron has been given a bias (before batch norm that precedes its activation: a beta) that leaves
/// its largest z at -margin over the training set.
std::vector<float> withDeadNeuron(const Trainer& trainer, int layer, int neuron, double margin) {
    std::vector<float> parameters = trainer.parameters();
    const Layout& layout = trainer.network().layout();
    const bool shifted = trainer.network().spec().batchNorm == BatchNorm::BeforeActivation;
    const Block& block = layout.block(layer, shifted ? BlockKind::Beta : BlockKind::Bias);
    Pass<float> pass;
    trainer.network().forward(parameters.data(), trainer.dataset()->train.features, pass);
    const float now = pass.preActivations[static_cast<std::size_t>(layer - 1)].col(neuron - 1).maxCoeff();
    parameters[block.at(neuron - 1, 0)] -= now + static_cast<float>(margin);
    return parameters;
}

/// The loss a away along the first direction and b along the second.
double lossAt(SurfaceRequest request, double a, double b) {
    for (float& x : request.plane.first)
        x = static_cast<float>(a * static_cast<double>(x));
    for (float& x : request.plane.second)
        x = static_cast<float>(b * static_cast<double>(x));
    request.side = 3;
    request.extent = 1.0;
    return computeSurface(request).value().loss.back();
}

} // namespace

class LandscapeTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where the middle of the slice is not the training loss of the trace to the last bit, in any plane.
    void theCentreIsTheTrainingLoss() {
        for (const LandscapeCase& one : landscapeCases()) {
            Trainer trainer = fixtures::trainer(one.settings);
            for (int i = 0; i < 37; ++i)
                QVERIFY(trainer.step());
            const Observation seen = trainer.observe();
            QCOMPARE(seen.warming > 0.0, !one.settings.interventions.empty());
            for (const PlaneRow& row : planeTable()) {
                const Surface surface = computeSurface(fixtures::requestFor(trainer, {row.id, 1, 1}, 3)).value();
                QVERIFY2(surface.centre == seen.trainLoss, one.name);
                QCOMPARE(surface.coordinate(1), 0.0);
                QVERIFY(surface.loss.front() != surface.centre);
            }
        }
    }

    // Breaks where rescaling a layer's incoming weights and bias by a and its outgoing weights by 1/a changes the
    // slice: the ReLU network is the same function, so its filter-normalized slice must be, too. To the last bit for
    // powers of two, to rounding for others. (Weights only: a filter that has its bias in it is scaled as a whole, but
    // the next layer's biases are not.)
    void rescalingALayerLeavesTheSliceAlone_data() {
        QTest::addColumn<QString>("activation");
        QTest::addColumn<int>("layer");
        QTest::addColumn<float>("factor");
        for (const char* activation : {"relu", "leaky-relu", "prelu"})
            for (const int layer : {1, 2})
                for (const float factor : {4.0F, 0.125F, 3.0F, 0.7F})
                    QTest::newRow(qPrintable(QString("%1, layer %2, %3").arg(activation).arg(layer).arg(factor)))
                        << activation << layer << factor;
    }
    void rescalingALayerLeavesTheSliceAlone() {
        QFETCH(QString, activation);
        QFETCH(int, layer);
        QFETCH(float, factor);
        Settings settings;
        settings.network.activation = activation.toStdString();
        Trainer trainer = fixtures::trainer(settings);
        for (int i = 0; i < 100; ++i) // so that no bias is 0
            QVERIFY(trainer.step());
        const Layout& layout = trainer.network().layout();
        std::vector<float> scaled = trainer.parameters();
        const auto multiply = [&](const Block& block, float by) {
            for (std::size_t i = 0; i < block.size(); ++i)
                scaled[block.offset + i] *= by;
        };
        multiply(layout.block(layer, BlockKind::Weight), factor);
        multiply(layout.block(layer, BlockKind::Bias), factor);
        multiply(layout.block(layer + 1, BlockKind::Weight), 1.0F / factor);
        const Surface a = computeSurface(fixtures::requestFor(trainer, {"random", 1, 1})).value();
        const Surface b =
            computeSurface(fixtures::requestFor(fixtures::trainer(settings, scaled), {"random", 1, 1})).value();
        const bool exact = std::log2(factor) == std::floor(std::log2(factor));
        for (std::size_t i = 0; i < a.loss.size(); ++i)
            QVERIFY2(exact ? a.loss[i] == b.loss[i] : std::abs(a.loss[i] - b.loss[i]) < 2e-5 * a.loss[i],
                     qPrintable(QString("%1 and %2").arg(a.loss[i]).arg(b.loss[i])));
    }

    // Breaks where a dead neuron's own plane is not exactly flat up to the edge of its margin, or flat beyond it. With
    // batch norm's scale s and shift t before the activation (1 and 0 without), and u_i what the neuron's weights make
    // of sample i, a step (a, b) makes its z
    //   z_i = s ((1 + b) u_i + bias + a) + t,
    // and the first sample wakes at a = -max_i ((1 + b) u_i) - bias - t / s.
    void aDeadNeuronsPlaneIsFlatUpToItsEdge_data() {
        QTest::addColumn<QString>("norm");
        QTest::addColumn<int>("layer");
        for (const BatchNormRow& norm : batchNormTable())
            for (const int layer : {1, 2})
                QTest::addRow("%s, layer %d", norm.id, layer) << norm.id << layer;
    }
    void aDeadNeuronsPlaneIsFlatUpToItsEdge() {
        QFETCH(QString, norm);
        QFETCH(int, layer);
        Settings settings;
        settings.network.batchNorm = norm.toStdString();
        Trainer trainer = fixtures::trainer(settings);
        for (int i = 0; i < 50; ++i)
            QVERIFY(trainer.step());
        for (int neuron = 1; neuron <= 8; ++neuron) {
            const std::vector<float> parameters = withDeadNeuron(trainer, layer, neuron, 0.75);
            Trainer dead = fixtures::trainer(settings, parameters);
            const auto& layers = dead.examine(6.0F).diagnosis.layers;
            QCOMPARE(layers[static_cast<std::size_t>(layer - 1)].neurons[static_cast<std::size_t>(neuron - 1)].state,
                     NeuronState::Dead);
            SurfaceRequest request = fixtures::requestFor(dead, {"neuron", layer, neuron}, 3);
            const Layout& layout = dead.network().layout();
            NormScale scale;
            if (dead.network().spec().batchNorm == BatchNorm::BeforeActivation)
                scale = normScale(layout, parameters.data(), static_cast<std::size_t>(layer - 1),
                                  static_cast<std::size_t>(neuron - 1));
            QVERIFY(scale.scale > 0.0);
            const double bias = static_cast<double>(parameters[layout.block(layer, BlockKind::Bias).at(neuron - 1, 0)]);
            Pass<float> pass;
            dead.network().forward(parameters.data(), dead.dataset()->train.features, pass);
            const Eigen::ArrayXd z =
                pass.preActivations[static_cast<std::size_t>(layer - 1)].col(neuron - 1).array().cast<double>();
            const Eigen::ArrayXd u = (z - scale.shift) / scale.scale - bias;
            const double loss = dead.observe().trainLoss;
            QCOMPARE(lossAt(request, 0.0, 0.0), loss);
            for (const double b : {-1.5, -0.5, 0.0, 0.5, 2.0}) {
                const double edge = -((1.0 + b) * u).maxCoeff() - bias - scale.shift / scale.scale;
                const double inside = edge - 1e-4 * (1.0 + std::abs(edge));
                for (const double a : {inside, inside - 0.3, inside - 100.0})
                    QVERIFY2(lossAt(request, a, b) == loss, qPrintable(QString("%1, %2").arg(a).arg(b)));
                QVERIFY2(lossAt(request, edge + 0.5, b) != loss, qPrintable(QString("%1").arg(b)));
            }
        }
    }

    // Breaks where a neuron that training has killed stands on no plateau as wide as its margin.
    void aKilledNeuronsPlateauIsAsWideAsItsMargin() {
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
        SurfaceRequest request = fixtures::requestFor(trainer, {"neuron", 1, neuron + 1}, 3);
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
        SurfaceRequest request = fixtures::requestFor(trainer, {});
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
        SurfaceRequest request = fixtures::requestFor(trainer, {});
        for (const int threads : {1, 2, 40}) {
            request.threads = threads;
            QVERIFY(!computeSurface(request, &cancelled).has_value());
        }
    }

    // Breaks where the surface depends on how many threads share it.
    void threadsMakeNoDifference() {
        for (const LandscapeCase& one : landscapeCases()) {
            Trainer trainer = fixtures::trainer(one.settings);
            for (int i = 0; i < 20; ++i)
                QVERIFY(trainer.step());
            SurfaceRequest request = fixtures::requestFor(trainer, {}, 7);
            const Surface alone = computeSurface(request).value();
            for (const int threads : {2, 3, 40}) {
                request.threads = threads;
                const Surface shared = computeSurface(request).value();
                QVERIFY2(shared.loss == alone.loss && shared.centre == alone.centre, one.name);
            }
        }
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

    // Breaks where a plane that follows the run stays behind, or flips; or where one that is kept does not outlive
    // slopes that are learnt from now on.
    void planesFollowOrStay() {
        Recorder recorder(fixtures::trainer({}), {});
        LandscapeWorker worker;
        const auto shown = [&](const char* id) {
            auto snapshot = std::make_shared<Snapshot>(recorder.snapshot(false));
            snapshot->run = 1;
            snapshot->state = RunState::Paused;
            worker.show(snapshot, {{id, 1, 1}, 1.0, 3});
            const auto current = [&] {
                return worker.latest() && worker.latest()->step == snapshot->now.step &&
                       worker.latest()->choice.id == id && worker.latest()->centre == snapshot->now.trainLoss;
            };
            if (!QTest::qWaitFor(current, 20000))
                throw std::runtime_error("no surface");
            return worker.latest();
        };
        const auto train = [&](int steps) {
            for (int i = 0; i < steps; ++i)
                QVERIFY(recorder.step());
        };
        QVERIFY(!shown("pca")->remark.empty()); // no path yet
        train(10);
        double before = shown("pca")->path.front().a;
        for (int i = 0; i < 10; ++i) {
            train(20);
            const auto surface = shown("pca");
            QVERIFY(surface->remark.empty());
            QVERIFY(surface->explained.has_value());
            double farthest = 0.0;
            for (const PathPoint& point : surface->path)
                farthest = std::max(farthest, std::abs(point.a));
            QVERIFY(std::abs(farthest - 0.9) < 1e-5); // it has been made anew
            QVERIFY(surface->path.front().a * before > 0.0);
            before = surface->path.front().a;
        }
        const auto random = shown("random");
        train(20);
        QCOMPARE(shown("gradient-sharpest")->remark, std::string());
        const auto places = shown("random")->path.size();
        QVERIFY(recorder.act(SettingChange{"network.activation", std::string("prelu")}).ok());
        QVERIFY(shown("random")->path.size() >= places);
        train(20);
        QVERIFY(shown("random")->path.size() >= places);
        QVERIFY(shown("pca")->path.size() >= places);
        QVERIFY(recorder.act(SettingChange{"network.activation", std::string("relu")}).ok());
        QVERIFY(shown("pca")->path.size() >= places);
        QVERIFY(shown("random")->path.size() >= places);
    }

    // Breaks where a sharpest direction under way, which takes a while for a large network, holds up what is wished
    // next or the worker's end.
    void aSharpestDirectionUnderWayIsCalledOff() {
        Settings settings;
        settings.data.source = "digits";
        settings.network.hidden = {512, 512, 512}; // some seconds, if it were not
        Recorder recorder(fixtures::trainer(settings), {});
        auto snapshot = std::make_shared<Snapshot>(recorder.snapshot(false));
        snapshot->run = 1;
        snapshot->state = RunState::Paused;
        auto worker = std::make_unique<LandscapeWorker>();
        worker->show(snapshot, {{"gradient-sharpest", 1, 1}, 1.0, 3});
        QVERIFY(!QTest::qWaitFor([&] { return worker->latest() != nullptr; }, 50)); // it is at it
        worker->show(snapshot, {{"random", 1, 1}, 1.0, 3});
        QTRY_VERIFY_WITH_TIMEOUT(worker->latest(), 60000);
        QCOMPARE(worker->latest()->choice.id, std::string("random"));
        worker->show(snapshot, {{"gradient-sharpest", 1, 1}, 1.0, 51});
        QVERIFY(!QTest::qWaitFor([&] { return worker->latest()->choice.id != "random"; }, 50));
        worker.reset();
    }
};

QTEST_GUILESS_MAIN(LandscapeTest)
#include "landscape_test.moc"
