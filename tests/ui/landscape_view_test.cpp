#include "tests/ui/landscape_run.h"
#include "ui/fields/dead_text.h"
#include "ui/fields/landscape_facts.h"
#include "ui/fields/landscape_path.h"
#include "ui/fields/landscape_text.h"
#include "ui/fields/loss_scale.h"
#include "ui/solid/solid_canvas.h"
#include "ui/theme/theme.h"
#include "ui/views/landscape_line.h"
#include "ui/views/landscape_panel.h"
#include "ui/views/landscape_view.h"

#include <QCheckBox>
#include <QComboBox>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>

#include <cmath>
#include <limits>

using namespace flatline;

namespace {

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
constexpr double infinite = std::numeric_limits<double>::infinity();

bool nearColour(QRgb a, QRgb b, int tolerance = 2) {
    return std::abs(qRed(a) - qRed(b)) <= tolerance && std::abs(qGreen(a) - qGreen(b)) <= tolerance &&
           std::abs(qBlue(a) - qBlue(b)) <= tolerance;
}

} // namespace

class LandscapeViewTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("flatline-landscape-view-test"));
        QSettings().clear();
    }
    void cleanupTestCase() { QSettings().clear(); }
    void theImageHasViridisAtEveryGridPoint();
    void whatIsNotFiniteIsGreyAndOnlyThere();
    void theScaleIsSteady();
    void ticksAreRoundAndInside();
    void theBallIsInTheMiddle();
    void nonFiniteSurfacesPaint();
    void theSubtitleSaysStepAndCoarseness();
    void labelsCoverNothing();
    void aSurfaceOfAnotherRunIsNotShown();
    void theNeuronsPlaneFollowsTheSelection();
    void withoutHiddenNeuronsItLeavesTheNeuronsPlane();
    void theExtentIsWished();
    void arrowsMoveTheCrossAndEscapeRemovesIt();
    void infinitePlacesAreSaid();
    void theShareOfThePathIsSaid();
    void sharpnessStandsBesideItsEdge();
    void theFooterFits();
};

void LandscapeViewTest::theImageHasViridisAtEveryGridPoint() {
    // Five pixels for two cells: the grid points with odd numbers fall on the middle of a pixel.
    const auto surface = makeSurface(21);
    const LossScale scale = scaleFor(*surface);
    const QImage image = lossImage(*surface, scale, {50, 50});
    for (int row = 1; row < 21; row += 2)
        for (int column = 1; column < 21; column += 2) {
            const double loss = surface->loss[static_cast<std::size_t>(row * 21 + column)];
            const int x = static_cast<int>(column * 2.5);
            const int y = 49 - static_cast<int>(row * 2.5); // b rises upwards
            const double place = (std::log10(loss) - scale.low) / (scale.high - scale.low);
            QVERIFY2(nearColour(image.pixel(x, y), viridis(place)), qPrintable(QString("%1 %2").arg(x).arg(y)));
        }
}

void LandscapeViewTest::whatIsNotFiniteIsGreyAndOnlyThere() {
    const auto surface = makeSurface(21);
    surface->loss[10 * 21 + 5] = notANumber;
    surface->loss[10 * 21 + 6] = infinite;
    const QImage image = lossImage(*surface, scaleFor(*surface), {210, 210});
    const auto grey = [&image](double column, double row) {
        const QRgb pixel = image.pixel(static_cast<int>(column * 10.5), 209 - static_cast<int>(row * 10.5));
        return qBlue(pixel) - qRed(pixel) >= 0 && qBlue(pixel) - qRed(pixel) < 24 &&
               std::abs(qGreen(pixel) - (qRed(pixel) + qBlue(pixel)) / 2) < 6;
    };
    QVERIFY(grey(5, 10));
    QVERIFY(grey(6, 10));
    for (const auto& [column, row] : {std::pair{4.0, 10.0}, {7.0, 10.0}, {5.0, 9.0}, {6.0, 11.0}, {10.0, 10.0}})
        QVERIFY(!grey(column, row));
}

void LandscapeViewTest::theScaleIsSteady() {
    const LossScale before{-1.0, 1.0};
    const LossScale narrower{-0.9, 0.9};
    QCOMPARE(steadyScale(before, narrower), before);
    const LossScale wider{-1.5, 0.5};
    QCOMPARE(steadyScale(before, wider), (LossScale{-1.5, 1.0}));
    const LossScale farNarrower{-1.0, -0.5};
    QCOMPARE(steadyScale(before, farNarrower), farNarrower);
    // A little more or less of loss does not move the ends.
    auto surface = makeSurface();
    const LossScale first = scaleFor(*surface);
    for (double& loss : surface->loss)
        loss *= 1.001;
    QCOMPARE(scaleFor(*surface), first);
}

void LandscapeViewTest::ticksAreRoundAndInside() {
    for (const LossScale& scale : {LossScale{-2.0, 0.5}, {-0.2, -0.1}, {-8.0, 12.0}, {0.0, 0.05}}) {
        const std::vector<double> ticks = lossTicks(scale, 6);
        QVERIFY(ticks.size() >= 2 && ticks.size() <= 7);
        for (const double tick : ticks)
            QVERIFY(std::log10(tick) > scale.low - 1e-6 && std::log10(tick) < scale.high + 1e-6);
    }
}

void LandscapeViewTest::theBallIsInTheMiddle() {
    LandscapeViewWidget view;
    view.resize(480, 240);
    auto surface = makeSurface();
    surface->path.clear(); // it ends under the ball
    view.showFrame(makeFrame(surface));
    const QImage image = view.grab().toImage();
    const LandscapeLayout layout = view.pictureLayout();
    const QPointF centre = layout.plot.center();
    QCOMPARE(layout.place(0.0, 0.0, surface->extent), centre);
    QCOMPARE(layout.coordinates(layout.place(0.3, -0.7, 2.0), 2.0), QPointF(0.3, -0.7));
    const double ratio = image.devicePixelRatio();
    const auto light = [&](QPointF at) { return qGray(image.pixel((at * ratio).toPoint())); };
    QVERIFY2(light(centre) > 200, qPrintable(QString::number(light(centre))));
    for (const QPointF& off : {QPointF(14, 0), QPointF(-14, 0), QPointF(0, 14)})
        QVERIFY(light(centre + off) < 200);
}

void LandscapeViewTest::nonFiniteSurfacesPaint() {
    LandscapeViewWidget view;
    view.resize(300, 180);
    const std::vector<double> odd{notANumber, infinite, -infinite, 0.0, 1e300, 5e-324};
    for (const double all : odd) {
        auto surface = makeSurface(11);
        surface->loss.assign(surface->loss.size(), all);
        surface->centre = all;
        surface->path.push_back({895, 1e30, -1e30});
        view.showFrame(makeFrame(surface));
        QVERIFY(!view.grab().isNull());
    }
    auto mixed = makeSurface(11);
    for (std::size_t k = 0; k < mixed->loss.size(); ++k)
        mixed->loss[k] = odd[k % odd.size()];
    view.showFrame(makeFrame(mixed));
    QVERIFY(!view.grab().isNull());
    QVERIFY(!view.summary().isEmpty());
}

void LandscapeViewTest::theSubtitleSaysStepAndCoarseness() {
    LandscapeViewWidget view;
    QVERIFY(view.subtitle().contains("computing"));
    QSignalSpy changed(&view, &View::subtitleChanged);
    view.showFrame(makeFrame(makeSurface(51)));
    QCOMPARE(changed.count(), 1);
    QVERIFY(view.subtitle().contains("900"));
    QVERIFY(!view.subtitle().contains("coarse"));
    QVERIFY(!view.subtitle().contains("computing"));
    view.showFrame(makeFrame(makeSurface(21)));
    QVERIFY(view.subtitle().contains("coarse"));
    QCOMPARE(changed.count(), 2);
    QVERIFY(view.summary().contains("114"));
}

void LandscapeViewTest::labelsCoverNothing() {
    const QFontMetricsF metrics(fontFor(TextRole::Axis));
    const LandscapeLayout layout = layOutLandscape({320.0, 220.0}, "across", "note");
    const QRectF ball(layout.plot.center() - QPointF(6.0, 6.0), QSizeF(12.0, 12.0));
    int both = 0;
    for (double a = -1.0; a <= 1.0; a += 0.1)
        for (double b = -1.0; b <= 1.0; b += 0.1) {
            auto surface = makeSurface(5);
            surface->path = {{600, a, b}};
            const LandscapeScene scene{*surface, {}, {}, {}, {}, 2, 3141377};
            const QPointF bolt = layout.place(a, b, surface->extent);
            const auto labels = landscapeLabels(layout, scene, metrics);
            QVERIFY(!labels.empty());
            QVERIFY(labels.front().text.startsWith("now"));
            both += labels.size() == 2 ? 1 : 0;
            for (const LandscapeLabel& label : labels) {
                QVERIFY(layout.plot.contains(label.box));
                QVERIFY(!label.box.intersects(ball));
            }
            if (labels.size() == 2) {
                QVERIFY(labels[1].text.contains("3.14 M"));
                QVERIFY(!labels[0].box.intersects(labels[1].box));
                QVERIFY(!labels[0].box.contains(bolt) && !labels[1].box.contains(bolt));
            }
        }
    QVERIFY(both > 300); // of 441
}

void LandscapeViewTest::aSurfaceOfAnotherRunIsNotShown() {
    LandscapeViewWidget view;
    Frame frame = makeFrame(makeSurface());
    auto later = makeSnapshot();
    later->run = 2;
    frame.snapshot = later;
    view.showFrame(frame);
    QVERIFY(view.subtitle().contains("computing"));
    view.resize(300, 180);
    QVERIFY(!view.grab().isNull());
}

void LandscapeViewTest::theNeuronsPlaneFollowsTheSelection() {
    LandscapeViewWidget view;
    view.showFrame(makeFrame(makeSurface()));
    QSignalSpy wished(&view, &View::landscapeWished);
    auto* planes = view.headControls()->findChild<QComboBox*>("plane");
    QCOMPARE(planes->count(), static_cast<int>(planeTable().size()));
    planes->setCurrentIndex(planes->findData("neuron"));
    QCOMPARE(wished.count(), 1);
    QCOMPARE(view.wish().choice, (PlaneChoice{"neuron", 1, 1}));
    auto surface = makeSurface();
    surface->choice = view.wish().choice;
    view.showFrame(makeFrame(surface));
    QVERIFY(view.subtitle().contains("none is selected"));
    view.showFrame(makeFrame(surface, {2, 5}));
    QCOMPARE(wished.count(), 2);
    QCOMPARE(view.wish().choice, (PlaneChoice{"neuron", 2, 5}));
    QVERIFY(view.subtitle().contains("computing")); // the picture is still the old neuron's
    view.showFrame(makeFrame(surface, {2, 9}));     // no such neuron
    QCOMPARE(view.wish().choice, (PlaneChoice{"neuron", 1, 1}));
    planes->setCurrentIndex(planes->findData("random"));
    QCOMPARE(view.wish().choice, (PlaneChoice{"random", 1, 1}));
    view.showFrame(makeFrame(surface, {1, 4})); // the plane is nobody's, but the dead region is the selected neuron's
    QCOMPARE(view.wish().choice, (PlaneChoice{"random", 1, 1}));
    QCOMPARE(view.wish().watched, (NeuronPlace{0, 3}));
    view.showFrame(makeFrame(surface, {1, 4}));
    const auto wishes = wished.count();
    view.showFrame(makeFrame(surface, {1, 4}));
    QCOMPARE(wished.count(), wishes);
}

void LandscapeViewTest::withoutHiddenNeuronsItLeavesTheNeuronsPlane() {
    LandscapeViewWidget view;
    view.showFrame(makeFrame(makeSurface()));
    auto* planes = view.headControls()->findChild<QComboBox*>("plane");
    planes->setCurrentIndex(planes->findData("neuron"));
    view.showFrame({makeSnapshot({}), nullptr, {}});
    QCOMPARE(view.wish().choice, PlaneChoice{});
    QCOMPARE(planes->currentData().toString(), QString::fromStdString(PlaneChoice{}.id));
}

void LandscapeViewTest::theExtentIsWished() {
    LandscapeViewWidget view;
    QSignalSpy wished(&view, &View::landscapeWished);
    auto* extents = view.headControls()->findChild<QComboBox*>("extent");
    QCOMPARE(extents->currentData().toDouble(), 1.0);
    extents->setCurrentIndex(extents->findData(5.0));
    QCOMPARE(wished.count(), 1);
    QCOMPARE(view.wish().extent, 5.0);
}

void LandscapeViewTest::arrowsMoveTheCrossAndEscapeRemovesIt() {
    LandscapeViewWidget view;
    view.resize(400, 220);
    view.showFrame(makeFrame(makeSurface()));
    const QImage bare = view.grab().toImage();
    QWidget* map = view.focusProxy();
    QTest::keyClick(map, Qt::Key_Right);
    const QImage once = view.grab().toImage();
    QVERIFY(once != bare);
    QTest::keyClick(map, Qt::Key_Up);
    QVERIFY(view.grab().toImage() != once);
    QTest::keyClick(map, Qt::Key_Escape);
    QCOMPARE(view.grab().toImage(), bare);
}

void LandscapeViewTest::infinitePlacesAreSaid() {
    LandscapeViewWidget view;
    view.resize(480, 240);
    auto surface = makeSurface(21);
    view.showFrame(makeFrame(surface));
    const QImage finite = view.grab().toImage();
    QVERIFY(!view.summary().contains("infinite"));
    auto partly = std::make_shared<Surface>(*surface);
    std::fill_n(partly->loss.begin(), 44, infinite);
    view.showFrame(makeFrame(partly));
    QVERIFY2(view.summary().contains("infinite on 10 %"), qPrintable(view.summary()));
    QVERIFY(view.grab().toImage() != finite);
    auto wholly = std::make_shared<Surface>(*surface);
    wholly->loss.assign(wholly->loss.size(), infinite);
    wholly->centre = infinite;
    view.showFrame(makeFrame(wholly));
    const QRectF bar = view.pictureLayout().bar;
    const QImage image = view.grab().toImage();
    QCOMPARE(image.pixel(bar.center().toPoint()), image.pixel(QPointF(bar.right() + 20, bar.center().y()).toPoint()));
}

void LandscapeViewTest::theShareOfThePathIsSaid() {
    auto surface = makeSurface(21);
    surface->choice.id = "pca";
    QVERIFY(!firstAxisText(*surface).contains('%'));
    surface->explained = {0.81, 0.12};
    QVERIFY2(firstAxisText(*surface).endsWith("(81 %)"), qPrintable(firstAxisText(*surface)));
    QVERIFY(secondAxisText(*surface).endsWith("(12 %)"));
    LandscapeViewWidget view;
    view.showFrame(makeFrame(surface));
    QVERIFY(view.summary().contains("(81 %)"));
    surface->remark = "the path is too short";
    const auto snapshot = makeSnapshot();
    snapshot->parameters = std::make_shared<const std::vector<float>>(114, 0.0F);
    QCOMPARE(sliceNote(*snapshot, *surface), QStringLiteral("2-D slice of 114-D · the path is too short"));
    QCOMPARE(shortSliceNote(*snapshot, *surface), QStringLiteral("the path is too short"));
    // Nor do the axes promise what the remark takes back.
    QCOMPARE(firstAxisText(*surface), QStringLiteral("first direction"));
    QCOMPARE(secondAxisText(*surface), QStringLiteral("second direction"));
}

void LandscapeViewTest::sharpnessStandsBesideItsEdge() {
    auto snapshot = makeSnapshot();
    snapshot->settings.training.learningRate = 0.03;
    Frame frame{snapshot, makeSurface(), {}};
    QCOMPARE(sharpnessText(frame), QStringLiteral("sharpness – · 2/η 66.7"));
    auto analysis = std::make_shared<Analysis>();
    analysis->sharpness = Sharpness{66.13, {}, 5, true};
    frame.analysis = analysis;
    QCOMPARE(sharpnessText(frame), QStringLiteral("sharpness 66.1 · 2/η 66.7"));
    QVERIFY(sharpnessHelp(frame).contains("Cohen"));
    snapshot->settings.training.momentum = 0.9;
    QCOMPARE(sharpnessText(frame), QStringLiteral("sharpness 66.1 · 2(1 + μ)/η 127"));
    snapshot->settings.training.optimizer = "adam";
    QCOMPARE(sharpnessText(frame), QStringLiteral("sharpness 66.1"));
    QVERIFY(!sharpnessHelp(frame).contains("Cohen"));
    LandscapeViewWidget view;
    view.resize(480, 240);
    view.showFrame(frame);
    QVERIFY(view.summary().contains("sharpness 66.1"));
    const QImage before = view.grab().toImage();
    auto later = std::make_shared<Analysis>();
    later->sharpness = Sharpness{12.0, {}, 5, true};
    frame.analysis = later; // the surface is the same
    view.showFrame(frame);
    QVERIFY(view.grab().toImage() != before);
}

void LandscapeViewTest::theFooterFits() {
    const QFontMetricsF metrics(fontFor(TextRole::Axis));
    const QString axis = QStringLiteral("principal direction 1 (81 %)");
    const QString note = QStringLiteral("a 2-D slice of a space of 114 dimensions");
    const QString readout = widestSharpnessText({});
    for (const double width : {260.0, 380.0, 470.0, 700.0, 1000.0}) {
        const LandscapeLayout layout = layOutLandscape({width, 240.0}, axis, note, readout);
        QVERIFY(layout.readout.width() >= metrics.horizontalAdvance(readout) || layout.readout.width() >= width);
        QVERIFY(!layout.readout.intersects(layout.secondLine));
        QVERIFY(layout.secondLine.bottom() <= 240.5 && layout.readout.bottom() <= 240.5);
        const double half = metrics.horizontalAdvance(axis) / 2.0;
        const QRectF words(layout.firstLine.center().x() - half, layout.firstLine.top(), 2.0 * half,
                           layout.firstLine.height());
        QVERIFY(!words.intersects(layout.readout));
        const double noteWidth = std::min(metrics.horizontalAdvance(note), layout.secondLine.width());
        const QRectF noteWords(layout.secondLine.right() - noteWidth, layout.secondLine.top(), noteWidth,
                               layout.secondLine.height());
        QVERIFY(!words.intersects(noteWords));
    }
}

// Breaks where a way needs a surface of its own, or the switch in the head does not lead to it.
QTEST_MAIN(LandscapeViewTest)
#include "landscape_view_test.moc"
