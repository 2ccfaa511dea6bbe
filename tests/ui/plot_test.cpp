#include "sample_run.h"
#include "ui/charts/marks.h"
#include "ui/charts/plot.h"
#include "ui/charts/plot_painting.h"
#include "ui/charts/plot_points.h"
#include "ui/theme/tabular.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <limits>

using namespace flatline;

namespace {

PlotCurve curveOf(std::initializer_list<std::pair<double, double>> points) {
    PlotCurve curve;
    for (const auto& [x, y] : points)
        curve.points.push_back({x, y, y, y});
    curve.end = PlotCurve::End::None;
    return curve;
}

bool close(const QColor& a, const QColor& b, int tolerance = 40) {
    return std::abs(a.red() - b.red()) <= tolerance && std::abs(a.green() - b.green()) <= tolerance &&
           std::abs(a.blue() - b.blue()) <= tolerance;
}

/// Whether a pixel within `reach` of a place has about that colour.
bool inked(const QImage& image, const QPointF& place, const QColor& color, int reach = 1) {
    for (int y = -reach; y <= reach; ++y) {
        for (int x = -reach; x <= reach; ++x) {
            const QPoint at = (place * image.devicePixelRatio()).toPoint() + QPoint(x, y);
            if (image.rect().contains(at) && close(image.pixelColor(at), color))
                return true;
        }
    }
    return false;
}

} // namespace

class PlotTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void rangesAreRoundAndCover();
    void rangesStayUntilTheDataLeave();
    void logRangesHoldADecade();
    void ticksAreFewAndInside();
    void curvePixelIsWhereItsValueSays_data();
    void curvePixelIsWhereItsValueSays();
    void logAxisSurvivesWhatItCannotShow();
    void hugeValuesStayAtTheEnd();
    void stepsHoldTheirValue();
    void markStandsAtItsStep();
    void hatchLiesUnderTheCurve();
    void bandIsPale();
    void barsAreHollowOrFilled();
    void themeRecolours();
    void crosshairReadsTheValueUnderTheMouse();
    void raisedRateIsOneStretch();
    void kickTellsItsToll();
    void longStepsDoNotOverlap();
    void endLabelsAreNotCutOff();
    void theMomentIsALineAndWhatFollowsIsPale();
    void theMomentsStepStandsClearOfTheTicks();
    void theMomentsWordsLeaveTheCurvesName();
    void aClickWithControlPicks();
    void aNotesWordsAreOffTheLevelLine();
    void aMarksWordsAreNotHalfUnderTheVeil();

private:
    QImage grab(PlotContent content);
    std::unique_ptr<Plot> m_plot;
};

void PlotTest::init() {
    applyTheme(*qApp, Appearance::Light);
    m_plot = std::make_unique<Plot>();
    m_plot->resize(480, 240);
    m_plot->show();
}

QImage PlotTest::grab(PlotContent content) {
    m_plot->setContent(std::move(content));
    return m_plot->grab().toImage();
}

void PlotTest::rangesAreRoundAndCover() {
    for (const double value : {0.0123, 0.9, 1.0, 7.3, 899.0, 123456.0}) {
        const double round = roundUp(value);
        QVERIFY(round >= value * (1 - 1e-6) && round <= 1.3 * value);
    }
    QCOMPARE(roundUp(0.3), 0.32);
    QCOMPARE(roundUp(0.0), 0.0);
    QCOMPARE(stickyRange({}, -3.0, 3.0).from, -3.2);
}

void PlotTest::rangesStayUntilTheDataLeave() {
    const AxisRange first = stickyRange({}, 0.0, 90.0);
    QCOMPARE(first.to, 90.0);
    QCOMPARE(stickyRange(first, 0.0, 50.0), first);
    QCOMPARE(stickyRange(first, 0.0, 91.0).to, 100.0);
    QCOMPARE(stickyRange(first, 0.0, 20.0).to, 20.0);
}

void PlotTest::logRangesHoldADecade() {
    const AxisRange narrow = stickyLogRange({}, 0.69, 0.7);
    QVERIFY(narrow.from <= 0.69 && narrow.to >= 0.7 && narrow.to / narrow.from >= 9.99);
    const AxisRange wide = stickyLogRange({}, 0.03, 5.5);
    QCOMPARE(wide.from, 0.02);
    QCOMPARE(wide.to, 10.0);
    QCOMPARE(stickyLogRange(wide, 0.05, 5.5), wide);
}

void PlotTest::ticksAreFewAndInside() {
    for (const AxisRange range : {AxisRange{0, 1}, AxisRange{0, 900}, AxisRange{-6.2, 6.2}, AxisRange{0.02, 0.36}}) {
        for (const int most : {2, 3, 7}) {
            const std::vector<double> ticks = linearTicks(range, most);
            QVERIFY(!ticks.empty() && static_cast<int>(ticks.size()) <= most);
            QVERIFY(ticks.front() >= range.from - 1e-9 && ticks.back() <= range.to + 1e-9);
        }
    }
    for (const AxisRange range : {AxisRange{0.02, 10}, AxisRange{1e-12, 1e12}, AxisRange{0.2, 2}, AxisRange{0.5, 5}}) {
        const std::vector<double> ticks = logTicks(range, 3);
        QVERIFY(ticks.size() >= 2 && ticks.size() <= 3);
    }
}

void PlotTest::curvePixelIsWhereItsValueSays_data() {
    QTest::addColumn<bool>("logarithmic");
    QTest::newRow("linear") << false;
    QTest::newRow("logarithmic") << true;
}

void PlotTest::curvePixelIsWhereItsValueSays() {
    QFETCH(bool, logarithmic);
    PlotContent content;
    content.logarithmic = logarithmic;
    content.curves = {curveOf({{0, 0.1}, {100, 4.0}, {200, 0.5}})};
    const QImage image = grab(content);
    const QColor ink = themeFor(false).text;
    QVERIFY(inked(image, m_plot->place(100, 4.0) + QPointF(0, 3), ink, 2));
    QVERIFY(inked(image, m_plot->place(50, logarithmic ? std::sqrt(0.4) : 2.05), ink));
    QVERIFY(inked(image, m_plot->place(150, logarithmic ? std::sqrt(2.0) : 2.25), ink));
    QVERIFY(!inked(image, m_plot->place(20, 3.0), ink));
}

void PlotTest::logAxisSurvivesWhatItCannotShow() {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    constexpr double inf = std::numeric_limits<double>::infinity();
    PlotContent content;
    content.logarithmic = true;
    content.curves = {curveOf({{0, 1}, {10, nan}, {20, 0}, {30, -2}, {40, inf}, {60, 1}, {100, 1}})};
    content.curves[0].band = true;
    content.curves[0].points[0].low = 0.0;
    content.curves[0].points[0].high = inf;
    const QImage image = grab(content);
    QCOMPARE(linePoints(m_plot->content().curves[0], true).size(), 3);
    for (const double x : {5.0, 50.0, 90.0})
        QVERIFY(inked(image, m_plot->place(x, 1.0), themeFor(false).text));
    QVERIFY(std::isfinite(m_plot->yRange().from) && std::isfinite(m_plot->yRange().to));
}

void PlotTest::hugeValuesStayAtTheEnd() {
    PlotContent content;
    content.curves = {curveOf({{0, 1}, {100, 1e300}})};
    grab(content);
    QVERIFY(m_plot->yRange().to <= 1.01 * largestShown);
    content.logarithmic = true;
    content.curves = {curveOf({{0, 1e-300}, {100, 1e300}})};
    grab(content);
    QVERIFY(m_plot->yRange().from >= 0.99 * smallestLogShown && m_plot->yRange().to <= 1.01 * largestShown);
}

void PlotTest::stepsHoldTheirValue() {
    PlotContent content;
    content.yRange = AxisRange{0, 8};
    content.curves = {curveOf({{0, 1}, {100, 6}, {200, 6}})};
    content.curves[0].steps = true;
    const QImage image = grab(content);
    QVERIFY(inked(image, m_plot->place(60, 1), themeFor(false).text));
    QVERIFY(!inked(image, m_plot->place(60, 4), themeFor(false).text));
    QVERIFY(inked(image, m_plot->place(100, 3.5), themeFor(false).text));
}

void PlotTest::markStandsAtItsStep() {
    PlotContent content;
    content.xRange = AxisRange{0, 1000};
    content.marks = {{.x = 600, .until = 0, .kick = true, .label = "kick"},
                     {.x = 200, .until = 300, .kick = false, .label = {}}};
    const QImage image = grab(content);
    const QColor ink = themeFor(false).kick;
    QVERIFY(inked(image, m_plot->place(600, 0.4), ink));
    QVERIFY(inked(image, m_plot->place(600, 0.6), ink));
    QVERIFY(!inked(image, m_plot->place(580, 0.5), ink));
    QVERIFY(inked(image, m_plot->place(200, 0.5), ink, 2));
    const QColor tint = image.pixelColor(m_plot->place(250, 0.55).toPoint());
    QVERIFY(tint != themeFor(false).surface && close(tint, themeFor(false).surface, 80));
}

void PlotTest::hatchLiesUnderTheCurve() {
    PlotContent content;
    content.yRange = AxisRange{0, 8};
    content.yLabels = false;
    content.curves = {curveOf({{0, 6}, {100, 6}})};
    content.curves[0].ink = &Theme::dead;
    content.curves[0].steps = true;
    content.curves[0].hatched = true;
    content.xRange = AxisRange{0, 100};
    const QImage image = grab(content);
    const auto strokes = [&](double y) {
        int changes = 0;
        const int row = qRound(m_plot->place(0, y).y());
        const int left = qRound(m_plot->place(20, y).x());
        for (int x = left; x < left + 140; ++x) {
            const int step = image.pixelColor(x, row).green() - image.pixelColor(x + 1, row).green();
            changes += std::abs(step) > 20 ? 1 : 0;
        }
        return changes;
    };
    QVERIFY(strokes(3.0) >= 20);
    QCOMPARE(strokes(7.0), 0);
}

void PlotTest::bandIsPale() {
    PlotContent content;
    content.yLabels = false;
    content.curves = {curveOf({{0, 2}, {100, 2}})};
    for (CurvePoint& point : content.curves[0].points) {
        point.low = 1.0;
        point.high = 3.0;
    }
    content.curves[0].band = true;
    const QImage image = grab(content);
    const QColor pale = image.pixelColor(m_plot->place(50, 2.6).toPoint());
    QVERIFY(pale.lightness() < 240 && pale.lightness() > 200);
    QCOMPARE(image.pixelColor(m_plot->place(50, 0.5).toPoint()), themeFor(false).surface);
}

void PlotTest::barsAreHollowOrFilled() {
    PlotContent content;
    content.xRange = AxisRange{-2, 2};
    content.yRange = AxisRange{0, 1};
    content.yLabels = false;
    content.bars.heights = {0.8, 0.8, 0.8, 0.4};
    content.bars.filled = {0, 0, 1, 1};
    const QImage image = grab(content);
    QCOMPARE(image.pixelColor(m_plot->place(-0.5, 0.5).toPoint()), themeFor(false).surface);
    const auto darkest = [&](const QPointF& place) {
        int lightness = 255;
        for (int y = -2; y <= 2; ++y)
            lightness = std::min(lightness, image.pixelColor(place.toPoint() + QPoint(0, y)).lightness());
        return lightness;
    };
    QVERIFY(darkest(m_plot->place(-0.5, 0.8)) < 225); // an outline of 1 px, smoothed
    QCOMPARE(image.pixelColor(m_plot->place(0.5, 0.5).toPoint()), themeFor(false).alive);
    QCOMPARE(image.pixelColor(m_plot->place(1.5, 0.6).toPoint()), themeFor(false).surface);
    content.curves = {curveOf({{-2, 0.2}, {2, 0.2}})};
    m_plot = std::make_unique<Plot>();
    m_plot->resize(480, 240);
    QVERIFY2(inked(grab(content), m_plot->place(0.5, 0.2), themeFor(false).text), "the curve lies below the bars");
}

void PlotTest::themeRecolours() {
    PlotContent content;
    content.curves = {curveOf({{0, 2}, {100, 2}})};
    grab(content);
    applyTheme(*qApp, Appearance::Dark);
    QCoreApplication::processEvents();
    const QImage image = m_plot->grab().toImage();
    QVERIFY(inked(image, m_plot->place(50, 2), themeFor(true).text));
    QCOMPARE(image.pixelColor(m_plot->place(50, 1.23).toPoint()), themeFor(true).surface);
}

void PlotTest::crosshairReadsTheValueUnderTheMouse() {
    PlotContent content;
    content.xRange = AxisRange{0, 100};
    double asked = -1.0;
    m_plot->setReadout([&asked](double x) {
        asked = x;
        return QStringList{"here"};
    });
    const QImage before = grab(content);
    QTest::mouseMove(m_plot.get(), m_plot->place(40, 0.5).toPoint());
    QCoreApplication::processEvents();
    const QImage with = m_plot->grab().toImage();
    QVERIFY(std::abs(asked - 40.0) < 1.0);
    QVERIFY(with != before);
}

void PlotTest::raisedRateIsOneStretch() {
    const auto marks = plotMarks(*test::sampleRun(), MarkWords::Full);
    QCOMPARE(marks.size(), std::size_t{2});
    QCOMPARE(marks[0].x, 200.0);
    QCOMPARE(marks[0].until, 210.0);
    QCOMPARE(marks[0].label, QStringLiteral("lr 3 for 10 steps"));
    auto still = test::sampleRun();
    auto curves = std::make_shared<Curves>(*still->curves);
    curves->marks.resize(1);
    still->curves = curves;
    QCOMPARE(plotMarks(*still, MarkWords::Full)[0].label, QStringLiteral("lr 0.3 → 3"));
}

void PlotTest::kickTellsItsToll() {
    QCOMPARE(plotMarks(*test::sampleRun(), MarkWords::Full)[1].label, QStringLiteral("kick σ 1: 12 → 6"));
    QCOMPARE(plotMarks(*test::sampleRun(), MarkWords::Short)[1].label, QStringLiteral("kick"));
    QVERIFY(plotMarks(*test::sampleRun(), MarkWords::Full)[1].kick);
}

void PlotTest::longStepsDoNotOverlap() {
    const PlotContent content;
    const QFontMetricsF metrics(fontFor(TextRole::Axis));
    for (const double width : {120.0, 340.0, 900.0}) {
        for (double last = 10.0; last < 1e9; last *= 1.7) {
            const PlotScene scene{content, themeFor(false), {}, {40.0, 10.0, width, 80.0}, {0.0, last}, {0.0, 1.0}};
            const std::vector<double> ticks = xTicks(scene);
            QVERIFY(!ticks.empty());
            for (std::size_t i = 1; i < ticks.size(); ++i) {
                const double left = tabularWidth(metrics, xTickText(ticks[i - 1], scene.x)) / 2.0;
                const double right = tabularWidth(metrics, xTickText(ticks[i], scene.x)) / 2.0;
                QVERIFY(scene.placeX(ticks[i]) - right > scene.placeX(ticks[i - 1]) + left);
            }
        }
    }
    QCOMPARE(xTickText(500000.0, {0.0, 3e6}), QStringLiteral("0.5 M"));
    QCOMPARE(xTickText(0.0, {0.0, 3e6}), QStringLiteral("0"));
}

void PlotTest::endLabelsAreNotCutOff() {
    PlotContent content;
    content.curves.push_back(curveOf({{0.0, 2.0}, {9.0, 2.0}})); // at the very top
    content.curves.back().name = QStringLiteral("Layer 2");
    content.curves.back().value = QStringLiteral("2 of 2");
    content.curves.back().ink = &Theme::dead;
    content.stackedLabels = true;
    content.xRange = AxisRange{0.0, 10.0};
    content.yRange = AxisRange{0.0, 2.0};
    content.margins = {44, 7, 92, 20};
    const QImage image = grab(std::move(content));
    const auto rowHasInk = [&image](int y) {
        for (int x = image.width() - 90; x < image.width(); ++x)
            if (close(image.pixelColor(x, y), themeOf(nullptr).dead, 90))
                return true;
        return false;
    };
    QVERIFY(!rowHasInk(0)); // letters that are cut off end in the first row
    int rows = 0;
    for (int y = 0; y < image.height(); ++y)
        rows += rowHasInk(y) ? 1 : 0;
    QVERIFY2(rows >= 14, qPrintable(QString::number(rows))); // two lines of words
}

// Breaks where the moment of the past cannot be told from what came after it, or its value is not said.
void PlotTest::theMomentIsALineAndWhatFollowsIsPale() {
    const Theme& theme = themeFor(false);
    PlotContent content;
    content.curves.push_back(curveOf({{0, 5}, {100, 5}}));
    content.xRange = AxisRange{0, 100};
    content.yRange = AxisRange{0, 10};
    content.cursor = PlotCursor{.x = 40.0, .words = {"train 5"}, .dots = {{5.0, &Theme::dead}}};
    const QImage image = grab(content);
    QVERIFY(inked(image, m_plot->place(40, 9.9), theme.accent));
    QVERIFY(inked(image, m_plot->place(40, 5), theme.dead, 2));
    QVERIFY(inked(image, m_plot->place(20, 5), theme.text));
    QVERIFY(!inked(image, m_plot->place(80, 5), theme.text, 2)); // veiled
    QVERIFY(!inked(image, m_plot->place(80, 5), theme.surface, 0));
    content.curves[0].points = {{0, 0, 0, 0}, {100, 0, 0, 0}};
    QVERIFY(inked(grab(content), m_plot->place(20, 0), theme.text, 1));
    QVERIFY(!inked(grab(content), m_plot->place(80, 0), theme.text, 1)); // on the axis, too
    const double place = m_plot->place(40, 5).x();
    content.cursor->x = 60.0; // the axes stay what they are
    (void)grab(content);
    QCOMPARE(m_plot->place(40, 5).x(), place);
}

// Breaks where the box of a moment just before a curve's end covers the curve's name there.
void PlotTest::theMomentsWordsLeaveTheCurvesName() {
    PlotContent content;
    content.curves = {curveOf({{0, 8}, {60, 8}})};
    content.curves[0].name = "Layer 1";
    content.stackedLabels = true;
    content.cursor = PlotCursor{.x = 59.0, .words = {"2 of 4"}};
    const QRectF area(0, 20, 400, 160);
    const PlotScene scene{content, themeFor(false), QRectF(0, 0, 500, 200), area, {0, 100}, {0, 10}};
    QVERIFY(cursorBox(scene).right() < scene.placeX(59));
    content.curves[0].points.back().value = 1.0; // far below the box
    QVERIFY(cursorBox(scene).left() > scene.placeX(59));
    content.curves[0].points = {{0, 8, 8, 8}, {4, 8, 8, 8}};
    content.cursor->x = 3.0; // no room before it
    QVERIFY(cursorBox(scene).left() > scene.placeX(3));
}

void PlotTest::theMomentsStepStandsClearOfTheTicks() {
    PlotContent content;
    content.curves.push_back(curveOf({{0, 5}, {100, 5}}));
    content.xRange = AxisRange{0, 100};
    content.yRange = AxisRange{0, 10};
    const QImage without = grab(content);
    content.cursor = PlotCursor{.x = 43.0};
    const QImage with = grab(content);
    // Tick labels beside the chip are gone as a whole: between it and the next one there is nothing but ground.
    const PlotScene scene{m_plot->content(), themeFor(false), m_plot->rect(), m_plot->area(), {0, 100}, {0, 10}, 1.0};
    const QRectF chip = cursorChip(scene);
    QVERIFY(chip.width() > 10.0 && m_plot->rect().contains(chip.toAlignedRect()));
    for (int y = static_cast<int>(chip.top()) + 3; y < static_cast<int>(chip.bottom()); ++y)
        for (const int x : {static_cast<int>(chip.left()) - 2, static_cast<int>(chip.right()) + 2})
            QVERIFY(close(with.pixelColor(x, y), themeFor(false).surface, 2));
    QVERIFY(without != with);
}

// Breaks where a plain click travels: then the double click that fills the grid with the card would, too.
// Breaks where the dotted line runs through the words of a note at its height, as 'now 0.707' in the landscape's cut.
void PlotTest::aNotesWordsAreOffTheLevelLine() {
    PlotContent content;
    content.xRange = AxisRange{-1, 1};
    content.yRange = AxisRange{0, 1};
    content.curves = {curveOf({{0, 0.5}})};
    content.references = {{0.49, "chance"}};
    content.notes = {{.x = 0, .y = 0.5, .text = "now 0.707", .leader = true}};
    const QImage image = grab(content);
    const QPointF line = m_plot->place(0, 0.49);
    int words = 0;
    for (int x = qRound(line.x()) + 14; x < qRound(line.x()) + 60; ++x) {
        for (int y = qRound(line.y()) - 1; y <= qRound(line.y()); ++y)
            QVERIFY2(image.pixelColor(x, y).lightness() > 100, qPrintable(QString::number(x))); // dots are grey
        for (int y = qRound(line.y()) - 16; y < qRound(line.y()) - 2; ++y)
            words += image.pixelColor(x, y).lightness() < 100 ? 1 : 0;
    }
    QVERIFY(words > 20);
}

// Breaks where the words of a kick reach over the moment that is shown just after it, and fade there.
void PlotTest::aMarksWordsAreNotHalfUnderTheVeil() {
    PlotContent content;
    content.curves.push_back(curveOf({{0, 5}, {100, 5}}));
    content.xRange = AxisRange{0, 100};
    content.marks = {{.x = 48, .kick = true, .label = "kick"}};
    const auto wordsBehind = [&](const QImage& image) {
        int ink = 0;
        for (int x = qRound(m_plot->place(50, 5).x()) + 2; x < qRound(m_plot->place(75, 5).x()); ++x)
            for (int y = 0; y < qRound(m_plot->area().top()) - 4; ++y)
                ink += image.pixelColor(x, y) != themeFor(false).surface ? 1 : 0;
        return ink;
    };
    QVERIFY(wordsBehind(grab(content)) > 0);
    content.cursor = PlotCursor{.x = 50.0};
    QCOMPARE(wordsBehind(grab(content)), 0);
}

void PlotTest::aClickWithControlPicks() {
    PlotContent content;
    content.xRange = AxisRange{0, 100};
    content.yRange = AxisRange{0, 10};
    m_plot->setContent(content);
    QSignalSpy picks(m_plot.get(), &Plot::picked);
    const QPoint at = m_plot->place(25, 5).toPoint();
    QTest::mouseClick(m_plot.get(), Qt::LeftButton, {}, at);
    QCOMPARE(picks.size(), 0);
    QTest::mousePress(m_plot.get(), Qt::LeftButton, Qt::ControlModifier, at);
    QCOMPARE(picks.size(), 1);
    QVERIFY(std::abs(picks[0][0].toDouble() - 25.0) < 0.5);
    QTest::mouseMove(m_plot.get(), QPoint(0, at.y()));
    QTest::mouseRelease(m_plot.get(), Qt::LeftButton, Qt::ControlModifier, at);
    QMouseEvent move(QEvent::MouseMove, QPointF(at), m_plot->mapToGlobal(QPointF(at)), Qt::NoButton, Qt::NoButton,
                     Qt::NoModifier);
    const auto before = picks.size();
    QApplication::sendEvent(m_plot.get(), &move);
    QCOMPARE(picks.size(), before);
}

QTEST_MAIN(PlotTest)
#include "plot_test.moc"
