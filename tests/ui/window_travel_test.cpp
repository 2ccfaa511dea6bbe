#include "ui/charts/plot.h"
#include "ui/timeline/timeline.h"
#include "ui/timeline/timeline_card.h"
#include "ui/window/actions.h"
#include "ui/window/status_strip.h"
#include "ui/window/view_grid.h"
#include "window_bench.h"

#include <QPushButton>
#include <QTest>

#include <optional>

using namespace flatline;

/// Time travel in the window, with a real run behind it.
class WindowTravelTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void theHandleLeadsToThePastAndBack();
    void theNewestOfManyWishesWins();
    void resumingForksTheRun();
    void eventKeysWorkFromAnywhere();
    void arrowsBelongToTheFocusedTimeline();
    void aChartLeadsToItsStep();
    void theStatusSaysThatItIsThePast();
    void theCapIsAppliedAtTheStart();
    void lowWindowsHaveAThinTimeline();

private:
    [[nodiscard]] const Snapshot& now() const { return m_bench->now(); }
    [[nodiscard]] Timeline& line() const { return *m_bench->window->findChild<Timeline*>(); }
    [[nodiscard]] QPushButton* button(const QString& text) const {
        for (QPushButton* candidate : m_bench->window->findChildren<QPushButton*>())
            if (candidate->text() == text)
                return candidate;
        qFatal("no button is called %s", qPrintable(text));
    }
    bool train(std::int64_t steps);
    bool shows(std::int64_t step, bool past) {
        return QTest::qWaitFor([=, this] { return now().now.step == step && now().past == past; }, 10000);
    }
    void clickAt(std::int64_t step) {
        QTest::mouseClick(&line(), Qt::LeftButton, {}, QPointF(line().place().placeX(step), 30.0).toPoint());
    }

    std::optional<WindowBench> m_bench;
};

void WindowTravelTest::init() {
    m_bench.emplace();
    Settings settings = smallExperiment(); // 30 samples to train on: three steps an epoch
    settings.training.learningRate = 3.0;  // deadly
    QVERIFY(m_bench->open(settings));
    QVERIFY(train(60));
    if (QApplication::focusWidget() != nullptr)
        QApplication::focusWidget()->clearFocus();
}

void WindowTravelTest::cleanup() {
    m_bench.reset();
}

bool WindowTravelTest::train(std::int64_t steps) {
    m_bench->lab->post(SpeedCommand{0.0});
    StopCondition there;
    there.atStep = steps;
    m_bench->lab->post(StopConditionCommand{there});
    m_bench->lab->post(RunCommand{});
    return QTest::qWaitFor([=, this] { return now().now.step == steps && now().state == RunState::Paused; }, 10000);
}

// Breaks where a click on the axis does not show that very step, or Live does not lead back.
void WindowTravelTest::theHandleLeadsToThePastAndBack() {
    const std::int64_t head = now().now.step;
    const double loss = now().now.trainLoss;
    clickAt(head / 2);
    const qint64 wish = line().moment();
    QVERIFY(wish > 0 && wish < head);
    QVERIFY(shows(wish, true));
    QCOMPARE(now().head, head);
    QTRY_VERIFY(button("Resume from here")->isVisible() && !button("Live")->isChecked());
    QTest::mouseClick(button("Live"), Qt::LeftButton);
    QVERIFY(shows(head, false));
    QCOMPARE(now().now.trainLoss, loss);
    QTRY_VERIFY(button("Live")->isChecked() && button("Resume from here")->isHidden());
}

void WindowTravelTest::theNewestOfManyWishesWins() {
    for (std::int64_t step = now().now.step - 1; step >= 7; --step)
        line().travel(step);
    QCOMPARE(line().moment(), 7);
    QVERIFY(shows(7, true));
    QTRY_COMPARE(line().moment(), 7);
}

void WindowTravelTest::resumingForksTheRun() {
    line().travel(9);
    QVERIFY(shows(9, true));
    QTRY_VERIFY(button("Resume from here")->isVisible());
    QTest::mouseClick(button("Resume from here"), Qt::LeftButton);
    QVERIFY(shows(9, false));
    QCOMPARE(now().head, 9);
    QTRY_VERIFY(!line().past());
}

// Breaks where 'next death' acts only where the timeline has the focus, or leads to another step than a death's.
void WindowTravelTest::eventKeysWorkFromAnywhere() {
    std::int64_t death = -1;
    for (std::size_t i = 0; i < now().events.size(); ++i)
        if (now().events[i].kind == EventKind::Died && now().events[i].step > 0)
            death = now().events[i].step;
    QVERIFY2(death > 0, "a rate of 3 has killed nobody");
    QTest::keyClick(m_bench->window.get(), Qt::Key_D, Qt::ShiftModifier);
    QVERIFY(shows(death, death < now().head));
    QTRY_VERIFY(m_bench->lab->frame().selected.layer == 1);
    QTest::keyClick(m_bench->window.get(), Qt::Key_D);
    auto* status = m_bench->window->findChild<StatusStrip*>();
    QVERIFY2(status->sentence().startsWith("No death after step"), qPrintable(status->sentence()));
    QTest::keyClick(m_bench->window.get(), Qt::Key_Left, Qt::ControlModifier);
    QTRY_VERIFY(now().now.step < death);
}

// Breaks where an arrow on the timeline trains a step, as it does elsewhere.
void WindowTravelTest::arrowsBelongToTheFocusedTimeline() {
    const std::int64_t head = now().now.step;
    line().setFocus();
    QTest::keyClick(&line(), Qt::Key_Right);
    QTest::keyClick(&line(), Qt::Key_Left);
    QVERIFY(shows(head - 1, true));
    QTest::keyClick(&line(), Qt::Key_End);
    QVERIFY(shows(head, false));
    QCOMPARE(now().head, head);
}

void WindowTravelTest::aChartLeadsToItsStep() {
    emit m_bench->window->findChild<ViewGrid*>()->travelWished(12);
    QVERIFY(shows(12, true));
    QTRY_COMPARE(line().moment(), 12);
    for (const Plot* plot : m_bench->window->findChildren<Plot*>())
        if (plot->isVisible() && plot->content().xTitle == QStringLiteral("step"))
            QTRY_VERIFY(plot->content().cursor && plot->content().cursor->x == 12.0);
}

void WindowTravelTest::theStatusSaysThatItIsThePast() {
    line().travel(12);
    QVERIFY(shows(12, true));
    auto* status = m_bench->window->findChild<StatusStrip*>();
    QTRY_VERIFY2(status->sentence().contains("a moment of the past"), qPrintable(status->sentence()));
}

// Breaks where the memory that the user grants is forgotten with the window.
void WindowTravelTest::theCapIsAppliedAtTheStart() {
    emit m_bench->window->findChild<TimelineCard*>()->historyCapWished(qint64{50} << 20);
    QTRY_COMPARE(now().history.cap, std::size_t{50} << 20);
    m_bench->window.reset();
    QSettings().setValue("history/cap_megabytes", 500);
    QVERIFY(m_bench->open());
    QTRY_COMPARE(now().history.cap, std::size_t{500} << 20);
}

void WindowTravelTest::lowWindowsHaveAThinTimeline() {
    auto* card = m_bench->window->findChild<TimelineCard*>();
    const int tall = card->height();
    m_bench->window->resize(1280, 700);
    QTRY_VERIFY(card->height() < tall);
    QVERIFY(line().height() >= line().sizeHint().height());
    const std::int64_t head = now().now.step;
    clickAt(head / 2);
    QTRY_VERIFY(now().past);
    QTRY_VERIFY(button("Resume from here")->isVisible());
    QVERIFY(
        card->rect().contains(button("Resume from here")->mapTo(card, button("Resume from here")->rect().center())));
}

QTEST_MAIN(WindowTravelTest)
#include "window_travel_test.moc"
