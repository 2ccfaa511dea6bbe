#include "sample_run.h"
#include "ui/charts/plot.h"
#include "ui/theme/theme.h"
#include "ui/views/loss_view.h"
#include "ui/views/view_card.h"

#include <QAbstractButton>
#include <QApplication>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace flatline;

class LossViewTest : public QObject {
    Q_OBJECT

private slots:
    void init();
    void endsCarryTheLastValues();
    void chanceIsTheLogarithmOfTheClasses();
    void regressionHasNoChance();
    void peakIsNamed();
    void zeroLossTurnsTheAxisLinear();
    void switchChangesTheAxis();
    void divergenceIsSaid();
    void failedRunShowsNothing();
    void infiniteLossIsAGap();
    void aLossThatWasNeverFiniteIsSaid();
    void cardExpandsByKeyButtonAndDoubleClick();
    void theMomentSaysItsOwnLosses();

private:
    [[nodiscard]] const PlotContent& content() const { return m_view->findChild<Plot*>()->content(); }
    std::unique_ptr<LossView> m_view;
};

void LossViewTest::init() {
    applyTheme(*qApp, Appearance::Light);
    m_view = std::make_unique<LossView>();
    m_view->resize(480, 240);
}

void LossViewTest::endsCarryTheLastValues() {
    const auto snapshot = test::sampleRun();
    m_view->showFrame(test::frameOf(snapshot));
    QCOMPARE(content().curves.size(), std::size_t{2});
    const PlotCurve& train = content().curves[1];
    QCOMPARE(train.name, QStringLiteral("train"));
    QCOMPARE(train.value, numberText(snapshot->curves->trainLoss.back().value));
    QVERIFY(train.band && train.pen == Qt::SolidLine);
    const PlotCurve& held = content().curves[0];
    QCOMPARE(held.name, QStringLiteral("test"));
    QCOMPARE(held.value, numberText(snapshot->curves->testLoss.back().value));
    QCOMPARE(held.pen, Qt::DashLine);
    QVERIFY(m_view->summary().contains(train.value) && m_view->summary().contains(held.value));
}

void LossViewTest::chanceIsTheLogarithmOfTheClasses() {
    m_view->showFrame(test::frameOf(test::sampleRun()));
    QCOMPARE(content().references.size(), std::size_t{1});
    QCOMPARE(content().references[0].y, std::log(2.0));
    QCOMPARE(content().references[0].label, QStringLiteral("chance: ln 2"));
}

void LossViewTest::regressionHasNoChance() {
    auto snapshot = test::sampleRun();
    snapshot->spec->objective = findObjective("linear");
    m_view->showFrame(test::frameOf(snapshot));
    QVERIFY(content().references.empty());
}

void LossViewTest::peakIsNamed() {
    auto snapshot = test::sampleRun();
    m_view->showFrame(test::frameOf(snapshot));
    QCOMPARE(content().notes.size(), std::size_t{1});
    QCOMPARE(content().notes[0].x, 200.0);
    QVERIFY(content().notes[0].text.startsWith("peak 5.5"));
    auto calm = std::make_shared<Curves>(*snapshot->curves);
    calm->trainLoss.resize(50);
    snapshot = std::make_shared<Snapshot>(*snapshot);
    snapshot->curves = calm;
    m_view->showFrame(test::frameOf(snapshot));
    QVERIFY(content().notes.empty());
}

void LossViewTest::zeroLossTurnsTheAxisLinear() {
    auto snapshot = test::sampleRun();
    m_view->showFrame(test::frameOf(snapshot));
    QVERIFY(content().logarithmic);
    auto curves = std::make_shared<Curves>(*snapshot->curves);
    curves->trainLoss.push_back({902, 0.0, 0.0, 0.0});
    auto next = std::make_shared<Snapshot>(*snapshot);
    next->curves = curves;
    QSignalSpy spy(m_view.get(), &View::subtitleChanged);
    m_view->showFrame(test::frameOf(next));
    QVERIFY(!content().logarithmic);
    QCOMPARE(m_view->subtitle(), QStringLiteral("linear"));
    QCOMPARE(spy.count(), 1);
}

void LossViewTest::switchChangesTheAxis() {
    m_view->showFrame(test::frameOf(test::sampleRun()));
    const auto buttons = m_view->headControls()->findChildren<QAbstractButton*>();
    QCOMPARE(buttons.size(), 2);
    QVERIFY(buttons[0]->isChecked());
    buttons[1]->click();
    QVERIFY(!content().logarithmic);
    QVERIFY(m_view->findChild<Plot*>()->yRange().from <= 0.0);
    buttons[0]->click();
    QVERIFY(content().logarithmic);
    QVERIFY(m_view->findChild<Plot*>()->yRange().from > 0.0);
}

void LossViewTest::divergenceIsSaid() {
    auto snapshot = test::sampleRun();
    snapshot->state = RunState::Diverged;
    m_view->showFrame(test::frameOf(snapshot));
    QCOMPARE(content().curves[1].value, QStringLiteral("diverged"));
    QVERIFY(m_view->summary().contains("diverged"));
}

void LossViewTest::failedRunShowsNothing() {
    auto failed = std::make_shared<Snapshot>();
    failed->state = RunState::Failed;
    m_view->showFrame(test::frameOf(failed));
    QVERIFY(content().curves.empty());
    QVERIFY(!m_view->grab().isNull());
    QVERIFY(!m_view->summary().isEmpty());
}

void LossViewTest::infiniteLossIsAGap() {
    auto snapshot = test::sampleRun();
    auto curves = std::make_shared<Curves>(*snapshot->curves);
    std::erase_if(curves->trainLoss, [](const CurvePoint& p) { return p.step >= 300 && p.step < 500; });
    snapshot->curves = curves;
    for (std::int64_t step = 0; step <= 900; step += 100) {
        Observation row;
        row.step = step;
        row.infiniteLossSamples = step == 300 || step == 400 ? 12 : 0;
        snapshot->rows.push_back(std::make_shared<const Observation>(row));
    }
    m_view->showFrame(test::frameOf(snapshot));
    QCOMPARE(content().holes.size(), std::size_t{1});
    QCOMPARE(content().holes[0].from, 300.0);
    QCOMPARE(content().holes[0].to, 500.0);
    QCOMPARE(content().curves.size(), std::size_t{3}); // the test curve, and two pieces of the other
    QVERIFY(content().curves[1].points.back().step < 300 && content().curves[2].points.front().step >= 500);
    QCOMPARE(content().curves[1].name, QString());
    QCOMPARE(content().curves[2].name, QStringLiteral("train"));
    QCOMPARE(m_view->subtitle(), QStringLiteral("logarithmic, hatched: infinite"));
    QVERIFY(!m_view->grab().isNull());
}

void LossViewTest::aLossThatWasNeverFiniteIsSaid() {
    auto snapshot = test::sampleRun();
    auto curves = std::make_shared<Curves>(*snapshot->curves);
    curves->trainLoss.clear();
    curves->testLoss.clear();
    snapshot->curves = curves;
    snapshot->now.infiniteLossSamples = 12;
    snapshot->now.trainLoss = INFINITY;
    Observation first;
    first.infiniteLossSamples = 7;
    snapshot->rows = {std::make_shared<const Observation>(first)};
    m_view->showFrame(test::frameOf(snapshot));
    QVERIFY(content().curves.empty());
    QCOMPARE(content().holes.size(), std::size_t{1});
    QCOMPARE(content().holes[0].to, 900.0);
    QVERIFY(m_view->findChild<Plot*>()->xRange().to >= 900.0); // the axis reaches the step that is now
    QVERIFY(std::any_of(content().notes.begin(), content().notes.end(),
                        [](const PlotNote& note) { return note.text == QStringLiteral("train ∞"); }));
    QVERIFY2(m_view->summary().contains("infinite") && m_view->summary().contains("12"), qPrintable(m_view->summary()));
}

void LossViewTest::cardExpandsByKeyButtonAndDoubleClick() {
    static const ViewRow row{"loss", "Loss", "What it shows.", 2,
                             [](QWidget* parent) -> View* { return new LossView(parent); }};
    ViewCard card(row);
    card.resize(500, 260);
    card.show();
    card.view()->showFrame(test::frameOf(test::sampleRun()));
    QSignalSpy spy(&card, &ViewCard::expandToggled);
    QTest::mouseDClick(&card, Qt::LeftButton, {}, {60, 16});
    QCOMPARE(spy.count(), 1);
    QTest::keyClick(&card, Qt::Key_Escape); // nothing to return from
    QCOMPARE(spy.count(), 1);
    card.setExpanded(true);
    QTest::keyClick(&card, Qt::Key_Escape);
    QCOMPARE(spy.count(), 2);
    for (auto* button : card.findChildren<QAbstractButton*>())
        QVERIFY2(!button->accessibleName().isEmpty(), "a button without a name for a screen reader");
    QVERIFY(card.view()->headControls()->isVisibleTo(&card));
}

// Breaks where a moment of the past is drawn as the present, or the axes move while one travels.
void LossViewTest::theMomentSaysItsOwnLosses() {
    const auto live = test::sampleRun();
    m_view->showFrame(test::frameOf(live));
    QVERIFY(!content().cursor);
    const AxisRange x = m_view->findChild<Plot*>()->xRange();
    const AxisRange y = m_view->findChild<Plot*>()->yRange();
    auto past = std::make_shared<Snapshot>(*live); // its curves are the very same
    past->past = true;
    past->head = live->now.step;
    past->now.step = 203;
    past->now.trainLoss = 2.5;
    past->now.testLoss = 1.25;
    m_view->showFrame(test::frameOf(past));
    QVERIFY(content().cursor);
    QCOMPARE(content().cursor->x, 203.0);
    QCOMPARE(content().cursor->words, (QStringList{"train 2.5", "test 1.25"}));
    QCOMPARE(content().curves[1].value, numberText(live->curves->trainLoss.back().value)); // the end's own
    QCOMPARE(m_view->findChild<Plot*>()->xRange(), x);
    QCOMPARE(m_view->findChild<Plot*>()->yRange(), y);
    QVERIFY2(m_view->summary().contains("Step 203: training loss 2.5"), qPrintable(m_view->summary()));
    QVERIFY(m_view->summary().contains("goes on to step 900"));
    QSignalSpy travels(m_view.get(), &View::travelWished);
    emit m_view->findChild<Plot*>()->picked(299.6);
    QCOMPARE(travels[0][0].toLongLong(), 300);
}

QTEST_MAIN(LossViewTest)
#include "loss_view_test.moc"
