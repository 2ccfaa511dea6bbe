#include "ui/fields/landscape_path.h"
#include "ui/solid/draped_lines.h"
#include "ui/solid/render_solid.h"
#include "ui/solid/solid_callouts.h"
#include "ui/solid/solid_stage.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <set>

Q_DECLARE_METATYPE(flatline::SolidDetail)

using namespace flatline;

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

template <class Loss>
std::shared_ptr<Surface> surfaceOf(Loss loss, int side = 41) {
    auto surface = std::make_shared<Surface>();
    surface->side = side;
    for (int row = 0; row < side; ++row)
        for (int column = 0; column < side; ++column)
            surface->loss.push_back(loss(surface->coordinate(column), surface->coordinate(row)));
    surface->centre = surface->loss[surface->loss.size() / 2];
    return surface;
}

/// Nothing but the surface, the floor and the ball; from above, unless told.
SolidScene sceneOf(std::shared_ptr<const Surface> surface, Camera camera = {0.0, Camera::highest, 1.0}) {
    SolidScene scene;
    scene.colours = scaleFor(*surface);
    scene.heights = heightFor(*surface, false);
    scene.surface = std::move(surface);
    scene.camera = camera;
    scene.show.contours = false;
    scene.show.path = false;
    scene.dark = true;
    scene.bar = false;
    scene.size = {400, 300};
    return scene;
}

/// What the renderer's parts make of a scene, for looking at them one by one.
struct Parts {
    explicit Parts(const SolidScene& scene)
        : projection(scene.camera, layOutSolid(scene.size, scene.bar).plot)
        , dead(*scene.surface)
        , mesh(scene, projection, dead, 1)
        , raster((2.0 * scene.size).toSize(), 2.0) {
        Skin skin;
        skin.palette.assign(16, qRgb(200, 200, 200));
        raster.draw(mesh, skin, 0, mesh.side());
    }
    Projection projection;
    DeadShape dead;
    Mesh mesh;
    Raster raster;
};

QColor colourAt(const SolidPicture& picture, QPointF at) {
    return picture.image.pixelColor((at * picture.scene.ratio).toPoint());
}

} // namespace

class SolidRenderTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where the ball does not lie on the surface at (0, 0), or is not drawn there.
    void theBallLiesOnTheSurface() {
        const auto surface = surfaceOf([](double a, double b) { return 0.5 + 0.3 * a + 0.2 * b * b; });
        for (const Camera camera : {Camera(), Camera{140.0, 20.0, 1.0}, Camera{-80.0, 70.0, 2.0}}) {
            const SolidScene scene = sceneOf(surface, camera);
            const Parts parts(scene);
            const Space contact = parts.mesh.place(0.0, 0.0).value();
            QVERIFY(std::abs(contact.z - scene.heights.z(surface->centre)) < 1e-9);
            const SolidPicture picture = renderSolid(scene).value();
            const QPointF touch = parts.projection.of(contact).at;
            const QPointF off = picture.ball.at - touch;
            const double unit = parts.projection.unit(contact);
            QVERIFY(std::hypot(off.x(), off.y()) <= std::max(1.2 * ballRadius * unit, 8.0));
            QVERIFY(!picture.ballHidden);
            QVERIFY2(qGray(colourAt(picture, picture.ball.at).rgb()) > 110,
                     qPrintable(colourAt(picture, picture.ball.at).name()));
        }
    }

    // Breaks where a ridge lets through what lies behind it.
    void aRidgeHidesWhatIsBehind() {
        const auto surface = surfaceOf([](double, double b) { return 0.1 + 2.0 * std::exp(-40.0 * b * b); });
        const Parts parts(sceneOf(surface, {0.0, 12.0, 1.0}));
        const DrapedLines lines(parts.mesh, parts.projection, parts.raster);
        QVERIFY(lines.of(QPolygonF{{-0.8, 0.4}, {0.8, 0.4}}).empty());
        const auto before = lines.of(QPolygonF{{-0.8, -0.5}, {0.8, -0.5}});
        QCOMPARE(before.size(), std::size_t{1});
        QVERIFY(before.front().boundingRect().width() >
                0.95 * (parts.projection.of({0.8, -0.5, 0.1}).at.x() - parts.projection.of({-0.8, -0.5, 0.1}).at.x()));
        QCOMPARE(lines.of(QPolygonF{{0.0, -0.8}, {0.0, 0.8}}).size(), std::size_t{1}); // up to the ridge, no farther
        // The ball behind a ridge is hidden, and said to be.
        const auto between =
            surfaceOf([](double, double b) { return 0.1 + 2.0 * std::exp(-60.0 * (b + 0.4) * (b + 0.4)); });
        QVERIFY(renderSolid(sceneOf(between, {0.0, 10.0, 1.0}))->ballHidden);
        QVERIFY(!renderSolid(sceneOf(between, {180.0, 10.0, 1.0}))->ballHidden);
    }

    // Breaks where what lies outside the picture is drawn at its edge, or a line that comes back in is joined to where
    // it left.
    void linesEndAtTheEdge() {
        const auto surface = surfaceOf([](double a, double b) { return 0.5 + 0.01 * a * b; });
        const Parts parts(sceneOf(surface));
        const DrapedLines lines(parts.mesh, parts.projection, parts.raster);
        QVERIFY(lines.of(QPolygonF{{1.5, -3.0}, {1.5, 3.0}}).empty());
        QCOMPARE(lines.of(QPolygonF{{-0.5, 0.0}, {3.0, 0.2}, {3.0, 0.6}, {-0.5, 0.6}}).size(), std::size_t{2});
        QCOMPARE(lines.of(QPolygonF{{-1e6, -1e6}, {1e6, 1e6}}).size(), std::size_t{1});
    }

    // Breaks where a plateau is not of one shade, from any side.
    void aPlateauIsOfOneShade() {
        const auto surface = surfaceOf([](double a, double) { return a < 0.3 ? 0.9 : 0.9 - (a - 0.3); });
        for (const double azimuth : {0.0, 50.0, 200.0}) {
            SolidScene scene = sceneOf(surface, {azimuth, 60.0, 1.0});
            const SolidPicture picture = renderSolid(scene).value();
            const Parts parts(scene);
            std::set<QRgb> shades;
            for (double a = -0.9; a < 0.2; a += 0.1)
                for (double b = -0.9; b < 0.95; b += 0.1) {
                    if (std::hypot(a, b) < 0.75)
                        continue; // ball and shadow, and the words above it
                    shades.insert(colourAt(picture, parts.projection.of(parts.mesh.place(a, b).value()).at).rgb());
                }
            QCOMPARE(shades.size(), std::size_t{1});
            shades.clear();
            for (double a = 0.4; a < 0.9; a += 0.1)
                shades.insert(colourAt(picture, parts.projection.of(parts.mesh.place(a, 0.6).value()).at).rgb());
            QVERIFY(shades.size() >= 4);
        }
    }

    // Breaks where the hatch covers anything alive or leaves out anything dead: a half plane, a polygon, a grid.
    void theHatchIsWhereItIsDead_data() {
        QTest::addColumn<bool>("exact");
        QTest::addRow("exact") << true;
        QTest::addRow("grid") << false;
    }
    void theHatchIsWhereItIsDead() {
        QFETCH(bool, exact);
        const auto surface = surfaceOf([](double a, double b) { return 0.5 + 0.1 * a + 0.05 * b; });
        const auto isDead = [](double a, double b) { return a + 0.5 * b < -0.2; };
        DeadRegion region;
        region.neuron = NeuronPlace{0, 0};
        region.neurons = 8;
        region.count.assign(surface->loss.size(), 1);
        region.exact = exact;
        if (exact)
            region.corners = {{-1.0, -1.0}, {0.3, -1.0}, {-0.7, 1.0}, {-1.0, 1.0}};
        for (int row = 0; row < surface->side; ++row)
            for (int column = 0; column < surface->side; ++column) {
                const double life = surface->coordinate(column) + 0.5 * surface->coordinate(row) + 0.2;
                region.life.push_back(static_cast<float>(life));
            }
        surface->dead = region;
        SolidScene scene = sceneOf(surface);
        const SolidPicture hatched = renderSolid(scene).value();
        scene.show.deadRegion = false;
        const SolidPicture bare = renderSolid(scene).value();
        const Parts parts(scene);
        int dead = 0;
        for (double a = -0.95; a < 1.0; a += 0.05)
            for (double b = -0.95; b < 1.0; b += 0.05) {
                if (std::abs(a + 0.5 * b + 0.2) < 0.06 || std::hypot(a, b) < 0.4)
                    continue; // the white edge; ball and words
                const QPointF at = parts.projection.of(parts.mesh.place(a, b).value()).at;
                const bool differs = colourAt(hatched, at) != colourAt(bare, at);
                QVERIFY2(differs == isDead(a, b), qPrintable(QString("%1, %2").arg(a).arg(b)));
                dead += differs ? 1 : 0;
            }
        QVERIFY(dead > 100);
        // The edge is white.
        const QPointF edge = parts.projection.of(parts.mesh.place(-0.5, 0.6).value()).at;
        QVERIFY(qGray(colourAt(hatched, edge).rgb()) > 200);
    }

    // Breaks where the sign of a kick close to where the run stands covers the ball.
    void theKickStandsBesideTheBall() {
        auto surface = surfaceOf([](double a, double b) { return 1.0 + a * a + b * b; });
        surface->path = {{0, 0.5, 0.5}, {10, 0.004, 0.0}, {20, 0.0, 0.0}};
        SolidScene scene = sceneOf(surface);
        scene.show.path = true;
        scene.kick = 10;
        const SolidStage stage(scene, 1.0);
        const auto bolt = stage.boltSpot();
        QVERIFY(!bolt.has_value() || QLineF(*bolt, stage.ballSpot()).length() >= stage.ballSize() + boltRadius);
        surface->path[1] = {10, 0.5, 0.0}; // far away: where it is
        const SolidStage far(scene, 1.0);
        QVERIFY(far.boltSpot().has_value());
    }

    // Breaks where places of no finite loss are covered, or take their finite neighbours with them.
    void whatIsNotFiniteIsAHole() {
        const auto whole = surfaceOf([](double a, double b) { return 0.5 + 0.1 * a + 0.05 * b; });
        auto holed = std::make_shared<Surface>(*whole);
        for (int row = 10; row < 16; ++row)
            for (int column = 10; column < 16; ++column)
                holed->loss[static_cast<std::size_t>(row * holed->side + column)] = notANumber;
        const SolidScene scene = sceneOf(holed);
        const SolidPicture picture = renderSolid(scene).value();
        const Parts parts(sceneOf(whole));
        const auto grey = [&](double a, double b) {
            const QColor colour = colourAt(picture, parts.projection.of(parts.mesh.place(a, b).value()).at);
            return colour.saturation() < 70;
        };
        QVERIFY(grey(-0.36, -0.36));
        for (const auto& [a, b] : {std::pair{-0.6, -0.36}, {-0.15, -0.36}, {-0.36, -0.6}, {0.5, 0.5}})
            QVERIFY(!grey(a, b));
        // Odd surfaces are drawn, too.
        for (const double all : {notANumber, std::numeric_limits<double>::infinity(), 0.0, 1e300}) {
            const auto odd = surfaceOf([all](double, double) { return all; }, 11);
            odd->path = {{1, 1e30, -1e30}, {2, 0.0, 0.0}};
            SolidScene any = sceneOf(odd, {});
            any.show.contours = any.show.path = true;
            QVERIFY(!renderSolid(any)->image.isNull());
        }
    }

    // Breaks where a picture depends on anything but its scene, has another size than asked for, or is finished
    // although nobody wants it.
    void itIsAPureFunction() {
        SolidScene scene = sceneOf(surfaceOf([](double a, double b) { return 0.1 + a * a + 0.3 * b; }), {});
        scene.show = {};
        scene.classes = 2;
        scene.size = {640, 480};
        scene.firstAxis = scene.secondAxis = QStringLiteral("direction");
        for (const SolidDetail detail : {SolidDetail::Draft, SolidDetail::Lively, SolidDetail::Fine})
            for (const double ratio : {1.0, 2.0}) {
                scene.detail = detail;
                scene.ratio = ratio;
                const QImage image = renderSolid(scene)->image;
                QCOMPARE(image.size(), (scene.size * ratio).toSize());
                QCOMPARE(renderSolid(scene)->image, image);
            }
        const std::atomic<bool> cancelled{true};
        QVERIFY(!renderSolid(scene, &cancelled));
    }

    // Breaks where a draft leaves out the ball's place or the edges.
    void draftsKeepTheMiddle() {
        for (const int side : {3, 5, 25, 51, 61, 101, 201, 107}) {
            const int stride = meshStride(side, SolidDetail::Draft);
            QCOMPARE((side - 1) / 2 % stride, 0);
            QVERIFY((side - 1) / stride <= 50 || side == 107); // 53 is prime
            QCOMPARE(meshStride(side, SolidDetail::Fine), 1);
        }
    }

    // Breaks where words in boxes cover each other, a target, or leave the picture.
    void calloutsCoverNothing() {
        const QRectF plot(0, 0, 700, 460);
        int all = 0;
        for (double x = 40.0; x < 700.0; x += 60.0)
            for (double y = 30.0; y < 460.0; y += 60.0) {
                std::vector<PlacedCallout> wanted{
                    {{"The ball does not roll", "its slope here is exactly 0"}, {350, 200}, &Theme::text, {}},
                    {{"Edge of life", "+0.79 in bias wakes 1 sample"}, {x, y}, &Theme::text, {}},
                    {{"Dead region", "47 % of this picture, flat"}, {x / 2.0, y}, &Theme::dead, {}}};
                const auto placed = placeCallouts(wanted, plot, {});
                all += static_cast<int>(placed.size());
                for (std::size_t i = 0; i < placed.size(); ++i) {
                    QVERIFY(plot.contains(placed[i].box));
                    for (const PlacedCallout& callout : wanted)
                        QVERIFY(!placed[i].box.contains(callout.target));
                    for (std::size_t j = 0; j < i; ++j)
                        QVERIFY(!placed[i].box.intersects(placed[j].box));
                }
            }
        QVERIFY(all > 230); // of 264
    }

    // No claim, a measurement: what a picture of 101 x 101 points takes, everything on it.
    void speed_data() {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<SolidDetail>("detail");
        for (const QSize size : {QSize(470, 200), QSize(800, 600), QSize(1280, 800)})
            for (const auto& [name, detail] :
                 {std::pair{"draft", SolidDetail::Draft}, {"lively", SolidDetail::Lively}, {"fine", SolidDetail::Fine}})
                QTest::addRow("%d x %d, %s", size.width(), size.height(), name) << size << detail;
    }
    void speed() {
        QFETCH(QSize, size);
        QFETCH(SolidDetail, detail);
        SolidScene scene = sceneOf(
            surfaceOf([](double a, double b) { return 0.1 + a * a + 0.3 * b + 0.2 * std::sin(6.0 * a * b); }, 101), {});
        scene.show = {};
        scene.classes = 2;
        scene.size = size;
        scene.detail = detail;
        QBENCHMARK {
            QVERIFY(renderSolid(scene));
        }
    }
};

QTEST_MAIN(SolidRenderTest)
#include "solid_render_test.moc"
