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
} // namespace

/// Map, solid and line of one surface: what they share, and what each adds.
class LandscapeWaysTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("flatline-landscape-ways-test"));
        QSettings().clear();
    }
    void cleanupTestCase() { QSettings().clear(); }
    void allWaysShowTheSameSurface();
    void whatIsChosenIsRemembered();
    void thePanelStandsWhereThereIsRoom();
    void theDeadRegionIsHatchedAndSaid();
    void theCutGoesThroughTheBall();
    void theBallRollsAsThePathGoes();
};

void LandscapeWaysTest::allWaysShowTheSameSurface() {
    LandscapeViewWidget view;
    view.resize(480, 240);
    const auto surface = makeSurface(21);
    view.showFrame(makeFrame(surface));
    QSignalSpy wished(&view, &View::landscapeWished);
    auto* head = view.headControls();
    QList<QPushButton*> ways = head->findChildren<QPushButton*>();
    QCOMPARE(ways.size(), static_cast<qsizetype>(landscapeWays().size()));
    const QImage flat = view.grab().toImage();
    ways[1]->click();
    QCOMPARE(view.shown().way, LandscapeWay::Solid);
    const QImage solid = view.grab().toImage();
    QVERIFY(solid != flat);
    QCOMPARE(view.solid()->picture()->scene.surface, surface);
    ways[2]->click();
    QVERIFY(!view.line()->content().curves.empty());
    ways[0]->click();
    QCOMPARE(view.grab().toImage(), flat);
    QCOMPARE(wished.count(), 0);
}

// Breaks where way and switches are forgotten, or a picture made for a file depends on them.
void LandscapeWaysTest::whatIsChosenIsRemembered() {
    {
        LandscapeViewWidget view;
        LandscapeShow show;
        show.way = LandscapeWay::Solid;
        for (const LandscapeShowRow& row : landscapeShowRows())
            show.*row.member = !(show.*row.member);
        view.setShown(show);
        QVERIFY(!view.wish().findsDead);
    }
    LandscapeViewWidget later;
    QCOMPARE(later.shown(), LandscapeShow());
    later.restore();
    QCOMPARE(later.shown().way, LandscapeWay::Solid);
    for (const LandscapeShowRow& row : landscapeShowRows())
        QVERIFY2(later.shown().*row.member != LandscapeShow().*row.member, row.id);
    later.setShown({});
    QCOMPARE(rememberedLandscape(), LandscapeShow());
}

// Breaks where the panel is missing when the view fills the grid, stands in a small card, or one of its controls does
// nothing.
void LandscapeWaysTest::thePanelStandsWhereThereIsRoom() {
    LandscapeViewWidget view;
    auto* head = view.headControls();
    head->setParent(&view);
    view.resize(480, 240);
    view.showFrame(makeFrame(makeSurface(21), {2, 4}));
    QVERIFY(view.findChild<LandscapePanel*>() == nullptr);
    view.resize(1000, 600);
    view.QWidget::show();
    auto* panel = view.findChild<LandscapePanel*>();
    QVERIFY(panel != nullptr && panel->isVisible());
    QVERIFY(!head->findChild<QComboBox*>("plane")->isVisibleTo(head)); // they are in the panel now
    QVERIFY(view.solid()->width() <= 1000 - LandscapePanel::panelWidth);
    const auto choose = [&](const char* name, const QVariant& data) {
        auto* combo = panel->findChild<QComboBox*>(name);
        const int index = combo->findData(data);
        QVERIFY2(index >= 0, name);
        combo->setCurrentIndex(index);
        emit combo->activated(index);
    };
    choose("plane", QStringLiteral("pca"));
    QCOMPARE(view.wish().choice.id, std::string("pca"));
    QCOMPARE(head->findChild<QComboBox*>("plane")->currentData().toString(), QStringLiteral("pca"));
    choose("extent", 2.0);
    QCOMPARE(view.wish().extent, 2.0);
    choose("side", 25);
    QCOMPARE(view.wish().side, 25);
    QSignalSpy clicked(&view, &View::neuronClicked);
    choose("neuron", QPoint(1, 5));
    QCOMPARE(clicked.count(), 1);
    QCOMPARE(clicked.front().front().value<NeuronId>(), (NeuronId{1, 5}));
    for (const LandscapeShowRow& row : landscapeShowRows()) {
        const bool before = view.shown().*row.member;
        panel->findChild<QCheckBox*>(row.id)->click();
        QVERIFY2(view.shown().*row.member != before, row.id);
    }
    view.setShown({});
    view.resize(480, 240);
    QVERIFY(!panel->isVisible());
    QVERIFY(head->findChild<QComboBox*>("plane")->isVisibleTo(head));
}

// Breaks where the hatch is missing, stands elsewhere than where it is dead, or its numbers are not said.
void LandscapeWaysTest::theDeadRegionIsHatchedAndSaid() {
    LandscapeViewWidget view;
    view.resize(480, 240);
    const auto surface = makePlateau();
    Frame frame = makeFrame(surface, {2, 4});
    view.showFrame(frame);
    LandscapeShow bare;
    bare.contours = false;
    view.setShown(bare);
    const QImage hatched = view.grab().toImage();
    bare.deadRegion = false;
    view.setShown(bare);
    const QImage clean = view.grab().toImage();
    const LandscapeLayout layout = view.pictureLayout();
    for (double a = -0.95; a < 1.0; a += 0.1)
        for (double b = -0.95; b < 1.0; b += 0.1) {
            if (std::abs(a - 0.4) < 0.04 || (std::abs(a) < 0.6 && std::abs(b) < 0.4))
                continue; // the white edge; the ball and its words
            const QPoint at = layout.place(a, b, 1.0).toPoint();
            QVERIFY2((hatched.pixel(at) != clean.pixel(at)) == (a < 0.4), qPrintable(QString("%1 %2").arg(a).arg(b)));
        }
    for (const char* words : {"70 % of this picture", "+0.4 in bias wakes 1 sample", "does not roll"})
        QVERIFY2(view.summary().contains(words), qPrintable(view.summary()));
    view.setShown({});
    QCOMPARE(hatchText(*surface), QStringLiteral("L2·4 dead"));
    surface->dead->neuron.reset();
    QCOMPARE(hatchText(*surface), QStringLiteral("2 to 3 of 16 dead"));
    QVERIFY(!deadCallout(*surface));
    LandscapeState state;
    state.frame = makeFrame(makePlateau(), {2, 4});
    const std::vector<Fact> facts = hereFacts(state);
    const auto said = [&](const QString& value) {
        return std::ranges::any_of(facts, [&](const Fact& fact) { return fact.value == value; });
    };
    QVERIFY(said(QStringLiteral("0 exactly")) && said(QStringLiteral("+0.4 in bias")) &&
            said(QString::fromUtf8("−0.4")));
    QVERIFY(landscapeExplanation(state).contains("nothing to follow"));
}

// Breaks where the cut is not the surface's middle row or column, or the hatch is not where the neuron is dead.
void LandscapeWaysTest::theCutGoesThroughTheBall() {
    LandscapeState state;
    state.frame = makeFrame(makePlateau(), {2, 4});
    const PlotContent first = lineContent(state, true);
    QCOMPARE(first.curves.front().points.size(), std::size_t{21});
    QCOMPARE(first.curves.front().points.front().step, -1.0);
    QCOMPARE(first.curves.front().points.front().value, 0.9);
    QVERIFY(std::abs(first.curves.front().points.back().value - 0.3) < 1e-9);
    QCOMPARE(first.holes.size(), std::size_t{1});
    QCOMPARE(first.holes.front().from, -1.0);
    QVERIFY(std::abs(first.holes.front().to - 0.4) < 1e-5);
    QVERIFY(first.notes.front().text.contains("does not roll"));
    const PlotContent second = lineContent(state, false);
    QCOMPARE(second.curves.front().points.back().value, 0.9);
    QCOMPARE(second.holes.front().to, 1.0);
    auto broken = makePlateau();
    broken->dead.reset();
    broken->loss[10 * 21 + 5] = notANumber;
    state.frame.surface = broken;
    const PlotContent cut = lineContent(state, true);
    QCOMPARE(cut.curves.size(), std::size_t{3}); // two pieces and the ball
    QCOMPARE(cut.holes.front().from, broken->coordinate(4));
    QCOMPARE(cut.holes.front().to, broken->coordinate(6));
}

// Breaks where the ball does not turn as the run moves through the plane, or turns although it stands still.
void LandscapeWaysTest::theBallRollsAsThePathGoes() {
    LandscapeViewWidget view;
    view.resize(300, 200);
    LandscapeShow show;
    show.way = LandscapeWay::Solid;
    view.setShown(show);
    const auto turnAt = [&](std::int64_t step, double from) {
        auto surface = makeSurface(11);
        surface->step = step;
        surface->path = {{step - 10, from, 0.0}, {step, 0.0, 0.0}};
        view.showFrame(makeFrame(surface));
        view.grab();
        if (!QTest::qWaitFor([&] { return view.solid()->picture()->scene.surface == surface; }, 5000))
            throw std::runtime_error("no picture");
        return view.solid()->picture()->scene.ball;
    };
    view.QWidget::show();
    QCOMPARE(turnAt(100, -0.3), unturned);
    const BallTurn moved = turnAt(110, -0.02);
    QCOMPARE(moved, rolled(unturned, 0.02, 0.0, ballRadius));
    QCOMPARE(turnAt(120, 0.0), moved); // on a plateau
    QCOMPARE(turnAt(90, -0.5), moved); // back in time: nobody knows how it rolled
    view.setShown({});
}

QTEST_MAIN(LandscapeWaysTest)
#include "landscape_ways_test.moc"
