#include "core/base/random.h"
#include "tests/core/fixtures.h"
#include "tests/core/landscape_request.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

/// A landscape of the trainer's network as it is now, with the dead region of a neuron (from 0).
SurfaceRequest requestFor(const Trainer& trainer, const PlaneChoice& choice, NeuronPlace watched, int side,
                          double extent = 1.0) {
    SurfaceRequest request = fixtures::requestFor(trainer, choice, side);
    request.extent = extent;
    request.findsDead = true;
    request.watched = watched;
    return request;
}

/// The parameters at a place of the plane, put together as the surface does.
std::vector<float> parametersAt(const SurfaceRequest& request, double a, double b) {
    std::vector<float> point = *request.parameters;
    for (std::size_t i = 0; i < point.size(); ++i)
        point[i] += static_cast<float>(a) * request.plane.first[i] + static_cast<float>(b) * request.plane.second[i];
    return point;
}

/// How many training samples a neuron is active on there, by the plain network.
int activeAt(const SurfaceRequest& request, NeuronPlace place, double a, double b) {
    const std::vector<float> point = parametersAt(request, a, b);
    Pass<float> pass;
    Network<float>(request.spec).forward(point.data(), request.dataset->train.features, pass);
    return static_cast<int>(
        (pass.preActivations[place.layer].col(static_cast<Eigen::Index>(place.neuron)).array() > 0.0F).count());
}

Settings settingsWith(const std::string& activation, const std::string& norm) {
    Settings settings;
    settings.data.samples = 120;
    settings.network.activation = activation;
    settings.network.batchNorm = norm;
    return settings;
}

Trainer trained(const Settings& settings, int steps) {
    Trainer trainer = fixtures::trainer(settings);
    for (int i = 0; i < steps; ++i)
        if (!trainer.step())
            throw std::runtime_error("it diverged");
    return trainer;
}

/// The same network with the neuron's bias lowered until its largest z is -margin.
Trainer withDead(const Settings& settings, Trainer trainer, NeuronPlace place, float margin) {
    std::vector<float> parameters = trainer.parameters();
    const Layout& layout = trainer.network().layout();
    const bool shifted = trainer.network().spec().batchNorm == BatchNorm::BeforeActivation;
    const Block& block = layout.block(static_cast<int>(place.layer) + 1, shifted ? BlockKind::Beta : BlockKind::Bias);
    Pass<float> pass;
    trainer.network().forward(parameters.data(), trainer.dataset()->train.features, pass);
    const float now = pass.preActivations[place.layer].col(static_cast<Eigen::Index>(place.neuron)).maxCoeff();
    parameters[block.at(static_cast<int>(place.neuron), 0)] -= now + margin;
    return fixtures::trainer(settings, parameters);
}

PlaneChoice ownPlane(NeuronPlace place) {
    return {"neuron", static_cast<int>(place.layer) + 1, static_cast<int>(place.neuron) + 1};
}

} // namespace

class DeadRegionTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a grid point's count or the watched neuron's life is not what a diagnosis of the network with the
    // parameters of that place says.
    void everyPointIsDiagnosed_data() {
        QTest::addColumn<QString>("activation");
        QTest::addColumn<QString>("norm");
        for (const char* activation : {"relu", "leaky-relu", "sigmoid"})
            for (const char* norm : {"none", "before-activation", "after-activation"})
                QTest::addRow("%s, %s", activation, norm) << activation << norm;
    }
    void everyPointIsDiagnosed() {
        QFETCH(QString, activation);
        QFETCH(QString, norm);
        const Settings settings = settingsWith(activation.toStdString(), norm.toStdString());
        const Trainer trainer = trained(settings, 40);
        const NeuronPlace watched{1, 2};
        // Far out: a sigmoid is dead in float32 only where it is saturated on all samples.
        const double extent = activation == "sigmoid" ? 300.0 : 4.0;
        int dead = 0;
        for (const char* plane : {"random-biases", "neuron"}) {
            PlaneChoice choice = ownPlane(watched);
            choice.id = plane;
            const SurfaceRequest request = requestFor(trainer, choice, watched, 7, extent);
            const Surface surface = computeSurface(request).value();
            for (int row = 0; row < 7; ++row)
                for (int column = 0; column < 7; ++column) {
                    Trainer there = fixtures::trainer(
                        settings, parametersAt(request, surface.coordinate(column), surface.coordinate(row)));
                    const Diagnosis diagnosis = there.examine(6.0F).diagnosis;
                    const auto index = static_cast<std::size_t>(row * 7 + column);
                    QCOMPARE(static_cast<int>(surface.dead->count[index]), diagnosis.dead());
                    const NeuronDiagnosis& neuron = diagnosis.layers[watched.layer].neurons[watched.neuron];
                    QCOMPARE(surface.dead->life[index] <= 0.0F, neuron.state == NeuronState::Dead);
                    if (activation == "relu")
                        QCOMPARE(surface.dead->life[index], neuron.margin);
                    dead += neuron.state == NeuronState::Dead ? 1 : 0;
                }
        }
        QCOMPARE(dead > 0, activation != "leaky-relu");
        QVERIFY(dead < 98);
    }

    // Breaks where looking for the dead changes the losses, or is done unasked.
    void lossesAreTheSame() {
        const Trainer trainer = trained(settingsWith("relu", "none"), 40);
        SurfaceRequest request = requestFor(trainer, {}, {0, 1}, 9);
        const Surface with = computeSurface(request).value();
        request.findsDead = false;
        const Surface without = computeSurface(request).value();
        QVERIFY(with.loss == without.loss);
        QVERIFY(with.slope == without.slope);
        QVERIFY(with.dead && !without.dead);
    }

    // Breaks where the polygon of a neuron's own plane is not the region in which it is dead. Points nearer to the edge
    // than rounding are left out.
    void thePolygonIsWhereItIsDead_data() {
        QTest::addColumn<QString>("norm");
        QTest::addColumn<int>("layer");
        for (const char* norm : {"none", "before-activation", "after-activation"})
            for (const int layer : {0, 1})
                QTest::addRow("%s, layer %d", norm, layer + 1) << norm << layer;
    }
    void thePolygonIsWhereItIsDead() {
        QFETCH(QString, norm);
        QFETCH(int, layer);
        const Settings settings = settingsWith("relu", norm.toStdString());
        for (const std::size_t neuron : {0U, 3U}) {
            const NeuronPlace place{static_cast<std::size_t>(layer), neuron};
            const Trainer trainer = withDead(settings, trained(settings, 40), place, 0.4F);
            const SurfaceRequest request = requestFor(trainer, ownPlane(place), place, 51, 2.0);
            const DeadRegion region = computeSurface(request).value().dead.value();
            QVERIFY(region.exact);
            QVERIFY(region.corners.size() >= 3);
            const auto outside = [&](double a, double b) {
                double most = -1e9;
                for (std::size_t i = 0; i < region.corners.size(); ++i) {
                    const PlanePoint& from = region.corners[i];
                    const PlanePoint& to = region.corners[(i + 1) % region.corners.size()];
                    const double length = std::hypot(to.a - from.a, to.b - from.b);
                    if (length > 1e-9)
                        most =
                            std::max(most, ((to.b - from.b) * (a - from.a) - (to.a - from.a) * (b - from.b)) / length);
                }
                return most;
            };
            int inside = 0;
            RandomStream stream(3, StreamId::Directions, 9);
            for (int i = 0; i < 150; ++i) {
                const double a = 4.0 * stream.uniform() - 2.0;
                const double b = 4.0 * stream.uniform() - 2.0;
                const double distance = outside(a, b);
                if (std::abs(distance) < 1e-4)
                    continue;
                inside += distance < 0.0 ? 1 : 0;
                QVERIFY2((activeAt(request, place, a, b) == 0) == (distance < 0.0),
                         qPrintable(QString("%1, %2: %3").arg(a).arg(b).arg(distance)));
            }
            QVERIFY(inside > 5 && inside < 145);
            QVERIFY(std::abs(region.share - inside / 150.0) < 0.13);
        }
    }

    // Breaks where a little less than the way to life already wakes the neuron, or a little more wakes another number
    // of samples.
    void theWayToLifeIsTheNearestOne() {
        for (const char* norm : {"none", "before-activation"}) {
            const Settings settings = settingsWith("relu", norm);
            for (const std::size_t neuron : {1U, 5U}) {
                const NeuronPlace place{0, neuron};
                const Trainer trainer = withDead(settings, trained(settings, 40), place, 0.79F);
                const SurfaceRequest request = requestFor(trainer, ownPlane(place), place, 3);
                const DeadRegion region = computeSurface(request).value().dead.value();
                QVERIFY(region.way.has_value());
                QVERIFY(region.way->samples >= 1);
                QCOMPARE(activeAt(request, place, 0.9999 * region.way->bias, 0.0), 0);
                QCOMPARE(activeAt(request, place, 1.00001 * region.way->bias, 0.0), region.way->samples);
                if (std::string(norm) == "none")
                    QVERIFY(std::abs(region.way->bias - 0.79) < 1e-5);
                QCOMPARE(region.gradientNorm, 0.0);
            }
        }
    }

    // Breaks where a living neuron is said to have a way to life.
    void theLivingNeedNoWay() {
        const Trainer trainer = trained(settingsWith("relu", "none"), 40);
        const SurfaceRequest request = requestFor(trainer, ownPlane({0, 0}), {0, 0}, 3);
        QVERIFY(activeAt(request, {0, 0}, 0.0, 0.0) > 0);
        const DeadRegion region = computeSurface(request).value().dead.value();
        QVERIFY(region.exact && !region.way);
        QVERIFY(region.gradientNorm > 0.0);
    }

    // Breaks where the slope is not the loss's, or not exactly 0 on a plateau.
    void theSlopeIsTheLosss() {
        for (const char* norm : {"none", "after-activation"}) {
            const Settings settings = settingsWith("relu", norm);
            const Trainer trainer = trained(settings, 40);
            for (const char* plane : {"random-biases", "neuron", "gradient-sharpest"}) {
                SurfaceRequest request = requestFor(trainer, {plane, 1, 1}, {0, 0}, 3);
                request.extent = 4e-4; // small enough that no sample changes sides
                const Surface surface = computeSurface(request).value();
                const double byA = (surface.loss[5] - surface.loss[3]) / (2.0 * request.extent);
                const double byB = (surface.loss[7] - surface.loss[1]) / (2.0 * request.extent);
                const double size = std::hypot(byA, byB) + 1e-3;
                const QString figures = QString("%1: %2, %3 and %4, %5")
                                            .arg(plane)
                                            .arg(surface.slope[0])
                                            .arg(surface.slope[1])
                                            .arg(byA)
                                            .arg(byB);
                QVERIFY2(std::abs(surface.slope[0] - byA) < 0.03 * size, qPrintable(figures));
                QVERIFY2(std::abs(surface.slope[1] - byB) < 0.03 * size, qPrintable(figures));
            }
            const Trainer dead = withDead(settings, trained(settings, 40), {1, 4}, 0.5F);
            const Surface flat = computeSurface(requestFor(dead, ownPlane({1, 4}), {1, 4}, 3)).value();
            QCOMPARE(flat.slope[0], 0.0);
            QCOMPARE(flat.slope[1], 0.0);
        }
    }

    // Breaks where the worker looks for a neuron that the network does not have, or stays coarse at rest.
    void theWorkerWatchesWhomItCan() {
        Recorder recorder(fixtures::trainer(settingsWith("relu", "none")), {});
        LandscapeWorker worker;
        auto snapshot = std::make_shared<Snapshot>(recorder.snapshot(false));
        snapshot->run = 1;
        snapshot->state = RunState::Paused;
        LandscapeView view;
        view.side = 61;
        view.findsDead = true;
        view.watched = NeuronPlace{0, 3};
        worker.show(snapshot, view);
        QTRY_VERIFY_WITH_TIMEOUT(worker.latest() && worker.latest()->side == 61, 20000);
        QCOMPARE(worker.latest()->dead->life.size(), std::size_t{61 * 61});
        view.watched = NeuronPlace{7, 3};
        worker.show(snapshot, view);
        QTRY_VERIFY_WITH_TIMEOUT(!worker.latest()->dead->neuron, 20000);
        view.findsDead = false;
        worker.show(snapshot, view);
        QTRY_VERIFY_WITH_TIMEOUT(!worker.latest()->dead, 20000);
    }
};

QTEST_GUILESS_MAIN(DeadRegionTest)
#include "dead_region_test.moc"
