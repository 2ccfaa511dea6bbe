#include "ui/solid/ball.h"
#include "ui/solid/camera.h"
#include "ui/solid/height_scale.h"
#include "ui/solid/home_view.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace flatline;

namespace {

Surface surfaceOf(const std::vector<double>& losses) {
    Surface surface;
    surface.side = 3;
    surface.loss = losses;
    surface.loss.resize(9, losses.back());
    return surface;
}

} // namespace

class SolidCameraTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where the solid can be looked at from below, lost by zooming, or turned into numbers without end.
    void theCameraStaysAbove() {
        Camera camera;
        for (int i = 0; i < 100; ++i)
            camera = camera.turned(37.0, -11.0).zoomed(0.8);
        QCOMPARE(camera.elevation, Camera::lowest);
        QCOMPARE(camera.zoom, Camera::farthest);
        QVERIFY(std::abs(camera.azimuth) <= 180.0);
        for (int i = 0; i < 100; ++i)
            camera = camera.turned(0.0, 11.0).zoomed(1.3);
        QCOMPARE(camera.elevation, Camera::highest);
        QCOMPARE(camera.zoom, Camera::closest);
        QVERIFY(Projection(camera, {0, 0, 400, 300}).towards().z > 0.0);
    }

    // Breaks where a corner of the box leaves the picture at zoom 1, or the solid breathes while it is turned.
    void theBoxFitsFromEverySide() {
        for (const QRectF plot : {QRectF(10, 20, 900, 600), QRectF(0, 0, 300, 500), QRectF(0, 0, 380, 150)})
            for (double elevation = Camera::lowest; elevation <= Camera::highest; elevation += 10.0) {
                const double unit = Projection({0.0, elevation, 1.0}, plot).unit({0.0, 0.0, solidTop / 2.0});
                for (double azimuth = -180.0; azimuth < 180.0; azimuth += 15.0) {
                    const Projection projection({azimuth, elevation, 1.0}, plot);
                    QVERIFY(std::abs(projection.unit({0.0, 0.0, solidTop / 2.0}) - unit) < 1e-9);
                    for (const double x : {-1.0, 1.0})
                        for (const double y : {-1.0, 1.0})
                            for (const double z : {0.0, solidTop}) {
                                const QPointF at = projection.of({x, y, z}).at;
                                QVERIFY(
                                    plot.adjusted(-0.01 * plot.width(), -1.0, 0.01 * plot.width(), 1.0).contains(at));
                            }
                }
            }
    }

    // Breaks where what is nearer to the eye has the greater depth, or depth is not linear on the picture.
    void depthRisesAwayFromTheEye() {
        const Projection projection({20.0, 30.0, 1.0}, {0, 0, 400, 300});
        const Space& towards = projection.towards();
        const Space middle{0.1, -0.2, 0.4};
        const Spot here = projection.of(middle);
        const Spot nearer =
            projection.of({middle.x + 0.1 * towards.x, middle.y + 0.1 * towards.y, middle.z + 0.1 * towards.z});
        QVERIFY(nearer.depth < here.depth);
        const Spot a = projection.of({-1.0, -1.0, 0.1});
        const Spot b = projection.of({0.7, 1.0, 0.9});
        const Spot between = projection.of({-0.15, 0.0, 0.5});
        const double share = (between.at.x() - a.at.x()) / (b.at.x() - a.at.x());
        QVERIFY(std::abs(between.depth - (a.depth + share * (b.depth - a.depth))) < 1e-9);
    }

    // Breaks where the ball slips: rolled once around it is as it was; half around its top is below; back again, too.
    void theBallRollsWithoutSlipping() {
        const double around = 2.0 * 3.14159265358979323846 * 0.05;
        const auto same = [](const BallTurn& a, const BallTurn& b) {
            for (std::size_t i = 0; i < 9; ++i)
                if (std::abs(a[i] - b[i]) > 1e-9)
                    return false;
            return true;
        };
        QVERIFY(same(rolled(unturned, 0.6 * around, 0.8 * around, 0.05), unturned));
        const BallTurn half = rolled(unturned, around / 2.0, 0.0, 0.05);
        QVERIFY(std::abs(half[8] + 1.0) < 1e-9);
        const BallTurn quarter = rolled(unturned, around / 4.0, 0.0, 0.05);
        QVERIFY(std::abs(quarter[2] - 1.0) < 1e-9); // what was on top now looks along the way
        QVERIFY(same(rolled(rolled(unturned, 0.3, -0.1, 0.05), -0.3, 0.1, 0.05), unturned));
        QVERIFY(same(rolled(quarter, 0.0, 0.0, 0.05), quarter));
        QVERIFY(same(rolled(quarter, std::numeric_limits<double>::infinity(), 0.0, 0.05), quarter));
    }

    // Breaks where the first view is from behind the hill, or turns although there is nothing to see round.
    void theFirstViewIsFromTheLowSide() {
        const auto at = [](const std::vector<double>& losses) {
            const Surface surface = surfaceOf(losses);
            return homeView(surface, heightFor(surface, false));
        };
        QCOMPARE(at({0.5}), Camera());
        QCOMPARE(at({std::numeric_limits<double>::quiet_NaN()}), Camera());
        QCOMPARE(at({0, 0, 0, 0, 0, 0, 1, 1, 1}), Camera());                     // high where b is
        QCOMPARE(at({1, 1, 1, 0}).azimuth, Camera().turned(180.0, 0.0).azimuth); // where b is low
        for (const std::vector<double>& losses :
             {std::vector<double>{0, 0, 1, 0, 0, 1, 0, 0, 1}, {1, 0, 0, 1, 0, 0, 1, 0, 0}}) {
            const Projection projection(at(losses), {0, 0, 300, 200});
            const double high = losses.front() > 0.0 ? -1.0 : 1.0;
            QVERIFY(projection.of({high, 0.0, 0.0}).depth > projection.of({-high, 0.0, 0.0}).depth);
        }
    }

    // Breaks where heights do not rise with the loss, a flat surface is drawn as hills of rounding, or odd numbers
    // break the scale.
    void heightsAreSane() {
        const double notANumber = std::numeric_limits<double>::quiet_NaN();
        for (const bool logarithmic : {false, true}) {
            const Surface surface = surfaceOf({0.2, 0.4, 3.0, notANumber});
            const HeightScale scale = heightFor(surface, logarithmic);
            QVERIFY(scale.z(0.2) < scale.z(0.4) && scale.z(0.4) < scale.z(3.0));
            QVERIFY(scale.z(0.2) >= solidBottom && scale.z(3.0) <= solidTop);
            QVERIFY(std::isnan(scale.z(notANumber)));
            for (const Surface& odd : {surfaceOf({notANumber}), surfaceOf({0.0}), surfaceOf({1e300, -1e300, 5.0}),
                                       surfaceOf({1.79e308, -1.79e308})}) {
                const HeightScale of = heightFor(odd, logarithmic);
                QVERIFY(std::isfinite(of.z(0.3)));
            }
            const HeightScale flat = heightFor(surfaceOf({0.948, 0.948000001, 0.947999999}), logarithmic);
            QVERIFY(std::abs(flat.z(0.948000001) - flat.z(0.947999999)) < 1e-3);
        }
        const HeightScale linear = heightFor(surfaceOf({1.0, 2.0, 3.0}), false);
        QVERIFY(std::abs(linear.z(2.0) - (linear.z(1.0) + linear.z(3.0)) / 2.0) < 1e-9);
    }

    // Breaks where the solid jumps with every surface: it widens at once and shrinks late.
    void heightsDoNotJitter() {
        const HeightScale before{false, {0.0, 2.0}};
        QCOMPARE(steadyHeight(before, {false, {0.1, 1.8}}), before);
        QCOMPARE(steadyHeight(before, {false, {0.1, 2.4}}), (HeightScale{false, {0.0, 2.4}}));
        QCOMPARE(steadyHeight(before, {false, {0.0, 0.5}}), (HeightScale{false, {0.0, 0.5}}));
        QCOMPARE(steadyHeight(before, {true, {-1.0, 0.0}}), (HeightScale{true, {-1.0, 0.0}}));
    }
};

QTEST_MAIN(SolidCameraTest)
#include "solid_camera_test.moc"
