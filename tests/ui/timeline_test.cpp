#include "neuron_run.h"
#include "sample_run.h"
#include "ui/charts/marks.h"
#include "ui/theme/theme.h"
#include "ui/timeline/timeline.h"
#include "ui/timeline/timeline_card.h"
#include "ui/timeline/timeline_text.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QMenu>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <QToolTip>
#include <QWheelEvent>

using namespace flatline;

namespace {

Event deathOf(int neuron, std::int64_t step) {
    return {step, 1, neuron, EventKind::Died, {}, {}, test::deathCertificate()};
}

/// The sample run, with six deaths in five steps at 200, a revival by the kick at 600, and a death at 606.
std::shared_ptr<Snapshot> eventfulRun() {
    auto run = test::sampleRun();
    run->head = run->now.step;
    for (int neuron = 1; neuron <= 6; ++neuron)
        run->events.append(deathOf(neuron, 199 + std::min(neuron, 5)));
    run->events.append({600, 1, 2, EventKind::Revived, {}, {}, test::revivalCertificate()});
    run->events.append(deathOf(3, 606));
    return run;
}

std::shared_ptr<Snapshot> pastOf(const Snapshot& run, std::int64_t step) {
    auto past = std::make_shared<Snapshot>(run);
    past->past = true;
    past->head = run.now.step;
    past->now.step = step;
    past->now.trainLoss = 0.5;
    past->now.testLoss = 0.25;
    ++past->version;
    return past;
}

} // namespace

class TimelineTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void init();
    void closeEventsAreOneSign();
    void newEventsAreAddedAndForksBeginAnew();
    void thousandsOfEventsStayFewSignsAndFast();
    void burstsAreDeathsCloseToEachOther();
    void theNearestEventIsFound();
    void labelsNeverOverlap();
    void labelsSayWhatMatters();
    void massDeathIsNamedBeforeTheKick();
    void aClickTravelsToItsStep();
    void aDragTravelsWithEachMove();
    void theEndOfTheAxisIsLive();
    void aClickOnASignGoesToItsEventAndNeuron();
    void hoveringASignTellsItsEvents();
    void keysTravel();
    void heldKeysDoNotWaitForFrames();
    void eventKeysFindAndSayWhereThereIsNone();
    void aWishThatIsNotObeyedIsGivenUp();
    void theWheelZoomsAndReturns();
    void whatLiesAfterTheMomentIsPale();
    void buttonsSayWhereTheViewStands();
    void theAxisKeepsItsWidth();
    void memoryIsShownAndSet();
    void theSummaryChangesAtMostOnceASecond();
    void thinIsLower();

private:
    [[nodiscard]] Timeline& line() const { return *m_card->timeline(); }
    [[nodiscard]] QPoint pointAt(std::int64_t step, double y = 30.0) const {
        return QPointF(line().place().placeX(step), y).toPoint();
    }
    void show(std::shared_ptr<const Snapshot> snapshot) { m_card->showFrame(test::frameOf(std::move(snapshot))); }

    QTemporaryDir m_folder;
    std::shared_ptr<Snapshot> m_run;
    std::unique_ptr<TimelineCard> m_card;
};

void TimelineTest::initTestCase() {
    QCoreApplication::setOrganizationName("flatline-test");
    QSettings::setDefaultFormat(QSettings::IniFormat);
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
    applyTheme(*qApp, Appearance::Light);
}

void TimelineTest::init() {
    QSettings().clear();
    m_run = eventfulRun();
    m_card = std::make_unique<TimelineCard>();
    m_card->setThin(false);
    m_card->resize(1000, 60);
    m_card->show();
    m_card->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_card.get()));
    show(m_run);
}

// Breaks where events that fall on the same pixels are drawn on top of each other, or one of them is lost.
void TimelineTest::closeEventsAreOneSign() {
    TimelineModel model;
    EventLog events;
    for (int neuron = 1; neuron <= 3; ++neuron)
        events.append(deathOf(neuron, 100 + neuron));
    events.append(deathOf(4, 500));
    QVERIFY(model.show(events, {}, {{0, 1000}, 1000.0}));
    QCOMPARE(model.marks().size(), std::size_t{2});
    const TimelineMark& first = model.marks().front();
    QCOMPARE(first.count, 3);
    QCOMPARE(first.first, 101);
    QCOMPARE(first.last, 103);
    QCOMPARE(first.x, 101.0);
    QVERIFY(model.show(events, {}, {{0, 1000}, 20000.0})); // with more room each stands alone
    QCOMPARE(model.marks().size(), std::size_t{4});
}

// Breaks where the model looks at all events each time, misses new ones, or keeps those that a fork has left behind.
void TimelineTest::newEventsAreAddedAndForksBeginAnew() {
    const TimelineScale scale{{0, 1000}, 1000.0};
    TimelineModel model;
    EventLog events;
    events.append(deathOf(1, 100));
    events.append(deathOf(2, 300));
    QVERIFY(model.show(events, {}, scale));
    QVERIFY(!model.show(events, {}, scale));
    events.append(deathOf(3, 500));
    QVERIFY(model.show(events, {Mark{400, ThermalKick{}, 2, 1}}, scale));
    QCOMPARE(model.marks().size(), std::size_t{4});
    events.truncate(1);
    events.append(deathOf(4, 200));
    events.append(deathOf(5, 220));
    QVERIFY(model.show(events, {}, scale));
    QCOMPARE(model.marks().size(), std::size_t{3});
    QCOMPARE(model.marks().back().first, 220);
}

// Breaks where the timeline of a long, deadly run becomes a smear, or costs more than a frame has.
void TimelineTest::thousandsOfEventsStayFewSignsAndFast() {
    constexpr int many = 50000;
    auto run = test::sampleRun();
    for (int i = 0; i < many; ++i)
        run->events.append({i, 1, 1 + i % 8, i % 2 == 0 ? EventKind::Died : EventKind::Revived});
    run->now.step = run->head = many;
    show(run);
    QVERIFY(line().marks().size() < 500);
    (void)line().grab();
    QElapsedTimer clock;
    clock.start();
    constexpr int frames = 50;
    for (int i = 0; i < frames; ++i) {
        auto next = std::make_shared<Snapshot>(*run);
        next->now.step = next->head = many + i;
        show(next);
        (void)line().grab();
    }
    QVERIFY2(clock.elapsed() < frames * 8, qPrintable(QString::number(clock.elapsed())));
}

void TimelineTest::burstsAreDeathsCloseToEachOther() {
    const auto bursts = deathBursts(line().marks(), 9.0);
    QCOMPARE(bursts.size(), std::size_t{2});
    QCOMPARE(bursts[0].count, 6);
    QCOMPARE(burstText(m_run->events, bursts[0], true), QStringLiteral("6 deaths in 5 steps"));
    QCOMPARE(burstText(m_run->events, bursts[0], false), QStringLiteral("6 deaths"));
    QCOMPARE(burstText(m_run->events, bursts[1], true), QStringLiteral("L1·3 died"));
}

// Breaks where 'next' stays at the event that one is at, or 'previous' lands in the middle of a step's events.
void TimelineTest::theNearestEventIsFound() {
    const EventLog& events = m_run->events;
    const auto stepOf = [&](std::optional<std::size_t> index) { return index ? events[*index].step : -1; };
    QCOMPARE(stepOf(nearestEvent(events, 0, true, EventChoice::All)), 200);
    QCOMPARE(stepOf(nearestEvent(events, 204, true, EventChoice::All)), 600);
    QCOMPARE(stepOf(nearestEvent(events, 204, true, EventChoice::Deaths)), 606);
    QCOMPARE(stepOf(nearestEvent(events, 606, true, EventChoice::All)), -1);
    QCOMPARE(stepOf(nearestEvent(events, 606, false, EventChoice::All)), 600);
    QCOMPARE(stepOf(nearestEvent(events, 606, false, EventChoice::Deaths)), 204);
    QCOMPARE(nearestEvent(events, 606, false, EventChoice::Deaths), std::optional<std::size_t>(4)); // neuron 5
    QCOMPARE(stepOf(nearestEvent(events, 200, false, EventChoice::All)), -1);
}

// Breaks where words lie over words or signs, or run out of the axis.
void TimelineTest::labelsNeverOverlap() {
    auto run = test::sampleRun();
    for (int i = 0; i < 400; ++i)
        run->events.append(
            {(i * i) % 7 + 9 * (i / 4), 1, 1 + i % 8, i % 3 == 0 ? EventKind::Revived : EventKind::Died});
    for (const double width : {200.0, 500.0, 1000.0}) {
        TimelineModel model;
        model.show(run->events, run->curves->marks, {{0, 900}, width});
        const auto labels = placeLabels(*run, model.marks(), width, QFontMetricsF(fontFor(TextRole::Axis)));
        for (const TimelineLabel& label : labels) {
            QVERIFY(label.left >= 0.0 && label.left + label.width <= width);
            for (const TimelineLabel& other : labels)
                QVERIFY(&label == &other || label.left + label.width <= other.left ||
                        other.left + other.width <= label.left);
            for (const TimelineMark& mark : model.marks())
                QVERIFY(label.left >= mark.x + halfWidth(mark.sign) || label.left + label.width <= mark.x);
        }
    }
}

void TimelineTest::labelsSayWhatMatters() {
    const double width = line().place().scale.width;
    QStringList words;
    for (const TimelineLabel& label :
         placeLabels(*m_run, line().marks(), width, QFontMetricsF(fontFor(TextRole::Axis))))
        words << label.text;
    QVERIFY2(words.contains("6 deaths in 5 steps"), qPrintable(words.join("; ")));
    QVERIFY(words.contains(markLabel(*m_run, 2, MarkWords::Full))); // the kick
    QVERIFY2(words.contains("lr 3 for 10 steps"), qPrintable(words.join("; ")));
}

// Breaks where the words of a kick take the room that the fourteen deaths before it need.
void TimelineTest::massDeathIsNamedBeforeTheKick() {
    const QFontMetricsF metrics(fontFor(TextRole::Axis));
    const QString kick = markLabel(*m_run, 2, MarkWords::Full);
    bool shortened = false;
    for (double width = 400.0; width >= 120.0; width -= 5.0) {
        TimelineModel model;
        model.show(m_run->events, m_run->curves->marks, {{0, 900}, width});
        QStringList words;
        for (const TimelineLabel& label : placeLabels(*m_run, model.marks(), width, metrics))
            words << label.text;
        const bool deaths = words.contains("6 deaths in 5 steps") || words.contains("6 deaths");
        QVERIFY2(deaths || !words.contains(kick), qPrintable(QString::number(width) + ": " + words.join("; ")));
        shortened = shortened || (deaths && words.contains("kick"));
    }
    QVERIFY(shortened); // where there is little room it has its short name
}

void TimelineTest::aClickTravelsToItsStep() {
    QSignalSpy wishes(&line(), &Timeline::travelWished);
    QTest::mouseClick(&line(), Qt::LeftButton, {}, pointAt(300));
    QCOMPARE(wishes.size(), 1);
    const qint64 step = wishes[0][0].toLongLong();
    QVERIFY2(std::abs(step - 300) <= 1, qPrintable(QString::number(step)));
    QCOMPARE(line().moment(), step);
    QVERIFY(line().past());
}

// Breaks where the axis must be let go before anything moves, or a drag out of the widget is lost.
void TimelineTest::aDragTravelsWithEachMove() {
    QSignalSpy wishes(&line(), &Timeline::travelWished);
    QTest::mousePress(&line(), Qt::LeftButton, {}, pointAt(700));
    for (const std::int64_t step : {500, 300, 100}) {
        QMouseEvent move(QEvent::MouseMove, pointAt(step), line().mapToGlobal(pointAt(step)), Qt::NoButton,
                         Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(&line(), &move);
        QVERIFY(std::abs(line().moment() - step) <= 1);
    }
    QCOMPARE(wishes.size(), 4);
    QMouseEvent outside(QEvent::MouseMove, QPointF(-50, 200), line().mapToGlobal(QPointF(-50, 200)), Qt::NoButton,
                        Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&line(), &outside);
    QCOMPARE(line().moment(), 0);
    QTest::mouseRelease(&line(), Qt::LeftButton, {}, pointAt(100));
    QCOMPARE(line().moment(), 0);
}

void TimelineTest::theEndOfTheAxisIsLive() {
    QSignalSpy travels(&line(), &Timeline::travelWished);
    QSignalSpy lives(&line(), &Timeline::liveWished);
    QTest::mouseClick(&line(), Qt::LeftButton, {}, QPoint(line().width() - 2, 30));
    QCOMPARE(lives.size(), 0); // it is there already
    show(pastOf(*m_run, 300));
    QTest::mouseClick(&line(), Qt::LeftButton, {}, QPoint(line().width() - 2, 30));
    QCOMPARE(lives.size(), 1);
    QCOMPARE(travels.size(), 0);
}

// Breaks where a click a few pixels beside a sign lands some steps off, or forgets whose death it was.
void TimelineTest::aClickOnASignGoesToItsEventAndNeuron() {
    QSignalSpy wishes(&line(), &Timeline::travelWished);
    QSignalSpy neurons(&line(), &Timeline::neuronClicked);
    QSignalSpy opened(&line(), &Timeline::neuronOpened);
    QTest::mouseClick(&line(), Qt::LeftButton, {}, pointAt(200, 14.0) + QPoint(0, 0));
    QCOMPARE(wishes.size(), 1);
    QCOMPARE(wishes[0][0].toLongLong(), 200);
    QCOMPARE(neurons.size(), 1);
    QCOMPARE(neurons[0][0].value<NeuronId>(), (NeuronId{1, 1}));
    QCOMPARE(opened.size(), 1);
    line().travelToEvent(true, EventChoice::Deaths); // by keys nothing opens over the views
    QCOMPARE(neurons.size(), 2);
    QCOMPARE(opened.size(), 1);
}

void TimelineTest::hoveringASignTellsItsEvents() {
    const QString tip = signTip(*m_run, line().marks().front());
    QVERIFY2(tip.contains("L1·1 died (Overshoot)"), qPrintable(tip));
    QTest::mouseMove(&line(), pointAt(600, 14.0) + QPoint(60, 16));
    QTest::mouseMove(&line(), pointAt(606, 14.0));
    QTRY_VERIFY_WITH_TIMEOUT(QToolTip::text().contains("L1·3 died"), 2000);
    for (const TimelineMark& mark : line().marks())
        if (mark.sign == TimelineSign::Kick)
            QCOMPARE(signTip(*m_run, mark), QStringLiteral("Step 600: kick σ 1: 12 → 6"));
    EventLog many;
    for (int i = 0; i < 40; ++i)
        many.append(deathOf(1 + i % 8, 200));
    m_run->events = many;
    TimelineModel model;
    model.show(many, {}, line().place().scale);
    const QString longTip = signTip(*m_run, model.marks().front());
    QVERIFY2(longTip.startsWith("40 deaths") && longTip.endsWith("and 30 more"), qPrintable(longTip));
}

void TimelineTest::keysTravel() {
    line().setFocus();
    const auto press = [this](Qt::Key key, Qt::KeyboardModifiers with = {}) {
        QTest::keyClick(&line(), key, with);
        const qint64 there = line().moment();
        show(there == 900 ? m_run : pastOf(*m_run, there));
        return there;
    };
    QCOMPARE(press(Qt::Key_Left), 899);
    QCOMPARE(press(Qt::Key_Home), 0);
    QCOMPARE(press(Qt::Key_Left), 0);
    QCOMPARE(press(Qt::Key_Right), 1);
    QCOMPARE(press(Qt::Key_PageDown), 91);
    QCOMPARE(press(Qt::Key_PageUp), 1);
    QCOMPARE(press(Qt::Key_Right, Qt::ControlModifier), 200);
    QCOMPARE(press(Qt::Key_Right, Qt::ControlModifier), 201);
    QCOMPARE(press(Qt::Key_Left, Qt::ControlModifier), 200);
    QCOMPARE(press(Qt::Key_End), 900);
    QVERIFY(!line().past());
}

// Breaks where a held arrow key goes one step only, since no frame has come in between.
void TimelineTest::heldKeysDoNotWaitForFrames() {
    line().setFocus();
    for (int i = 0; i < 5; ++i)
        QTest::keyClick(&line(), Qt::Key_Left);
    QCOMPARE(line().moment(), 895);
    show(pastOf(*m_run, 898)); // of an older wish
    QCOMPARE(line().moment(), 895);
}

void TimelineTest::eventKeysFindAndSayWhereThereIsNone() {
    QSignalSpy nothing(&line(), &Timeline::nothingFound);
    QSignalSpy neurons(&line(), &Timeline::neuronClicked);
    line().travelToEvent(false, EventChoice::Deaths);
    QCOMPARE(line().moment(), 606);
    QCOMPARE(neurons[0][0].value<NeuronId>(), (NeuronId{1, 3}));
    line().travelToEvent(false, EventChoice::All);
    QCOMPARE(line().moment(), 600);
    line().travelToEvent(true, EventChoice::All);
    line().travelToEvent(true, EventChoice::All);
    QCOMPARE(nothing.size(), 1);
    QCOMPARE(nothing[0][0].toString(), QStringLiteral("No event after step 606."));
    QCOMPARE(line().moment(), 606);
}

// Breaks where the handle stays for ever at a step to which nobody goes.
void TimelineTest::aWishThatIsNotObeyedIsGivenUp() {
    line().setFocus();
    QTest::keyClick(&line(), Qt::Key_Home);
    QCOMPARE(line().moment(), 0);
    const auto another = [this] {
        auto next = std::make_shared<Snapshot>(*m_run);
        show(next);
        return line().moment() == 900;
    };
    QTRY_VERIFY_WITH_TIMEOUT(another(), 3000);
}

void TimelineTest::theWheelZoomsAndReturns() {
    const auto turn = [this](int eighths) {
        const QPointF at = pointAt(600);
        QWheelEvent wheel(at, line().mapToGlobal(at), {}, {0, eighths}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                          false);
        QApplication::sendEvent(&line(), &wheel);
    };
    const double before = line().place().placeX(600);
    for (int i = 0; i < 10; ++i)
        turn(120);
    QVERIFY(line().zoomed());
    QVERIFY(line().place().scale.steps.span() < 150.0);
    QVERIFY(std::abs(line().place().placeX(600) - before) < 3.0); // what is under the mouse stays there
    QTest::keyClick(&line(), Qt::Key_Home);
    QCOMPARE(line().place().scale.steps.from, 0.0); // the moment is never out of sight
    for (int i = 0; i < 12; ++i)
        turn(-120);
    QVERIFY(!line().zoomed());
    turn(120);
    QVERIFY(line().zoomed());
    QTest::keyClick(&line(), Qt::Key_Escape);
    QVERIFY(!line().zoomed());
}

void TimelineTest::whatLiesAfterTheMomentIsPale() {
    const auto redAt = [this](std::int64_t step) {
        const QImage picture = line().grab().toImage();
        const QColor color = picture.pixelColor(pointAt(step, line().place().foot - 3.0));
        return color.red() - color.green();
    };
    const int strong = redAt(200);
    show(pastOf(*m_run, 100));
    const int pale = redAt(200);
    QVERIFY2(strong > 2 * pale && pale > 0, qPrintable(QStringLiteral("%1 %2").arg(strong).arg(pale)));
    show(pastOf(*m_run, 300));
    QCOMPARE(redAt(200), strong);
}

void TimelineTest::buttonsSayWhereTheViewStands() {
    auto* live = m_card->findChildren<QPushButton*>().at(0);
    auto* resume = m_card->findChildren<QPushButton*>().at(1);
    QSignalSpy lives(&line(), &Timeline::liveWished);
    QSignalSpy resumes(m_card.get(), &TimelineCard::resumeWished);
    QVERIFY(live->isChecked() && resume->isHidden());
    QTest::mouseClick(live, Qt::LeftButton);
    QVERIFY(live->isChecked() && lives.empty());
    show(pastOf(*m_run, 300));
    QVERIFY(!live->isChecked() && resume->isVisible());
    QTest::mouseClick(resume, Qt::LeftButton);
    QCOMPARE(resumes.size(), 1);
    QTest::mouseClick(live, Qt::LeftButton);
    QCOMPARE(lives.size(), 1);
    QVERIFY(!live->isChecked()); // until the frame is there
    show(m_run);
    QVERIFY(live->isChecked() && resume->isHidden());
}

// Breaks where the fork's button, which appears as soon as one travels, moves the axis under the mouse.
void TimelineTest::theAxisKeepsItsWidth() {
    for (const bool thin : {false, true}) {
        m_card->setThin(thin);
        QApplication::processEvents();
        const int before = line().width();
        show(pastOf(*m_run, 300));
        QApplication::processEvents();
        QCOMPARE(line().width(), before);
        show(m_run);
    }
}

void TimelineTest::memoryIsShownAndSet() {
    auto next = std::make_shared<Snapshot>(*m_run);
    next->history = {std::size_t{12} << 20, std::size_t{200} << 20};
    show(next);
    auto* button = m_card->findChild<QToolButton*>();
    QCOMPARE(button->text(), QStringLiteral("12 of 200 MB"));
    QSignalSpy caps(m_card.get(), &TimelineCard::historyCapWished);
    QVERIFY(!TimelineCard::rememberedCap());
    for (QAction* action : button->menu()->actions()) {
        if (action->data().toLongLong() == (qint64{200} << 20))
            QVERIFY(action->isChecked());
        if (action->text().contains("500"))
            action->trigger();
    }
    QCOMPARE(caps.size(), 1);
    QCOMPARE(caps[0][0].toLongLong(), qint64{500} << 20);
    QCOMPARE(TimelineCard::rememberedCap(), std::optional(qint64{500} << 20));
}

void TimelineTest::theSummaryChangesAtMostOnceASecond() {
    QTRY_VERIFY_WITH_TIMEOUT((show(std::make_shared<Snapshot>(*m_run)), !line().accessibleDescription().isEmpty()),
                             3000);
    const QString said = line().accessibleDescription();
    QVERIFY2(said.startsWith("Step 900, live.") && said.contains("7 deaths, 1 revived, 1 kick, 2 changes"),
             qPrintable(said));
    show(pastOf(*m_run, 203));
    QCOMPARE(line().accessibleDescription(), said);
    QVERIFY(line().summary().startsWith("Step 203 of 900, a moment of the past."));
}

void TimelineTest::thinIsLower() {
    const int tall = m_card->height();
    m_card->setThin(true);
    QApplication::processEvents();
    QVERIFY(m_card->height() < tall - 10);
    QVERIFY(line().sizeHint().height() <= m_card->contentsRect().height());
    QVERIFY(timelineHandle(line().place(), 900).bottom() <= line().height());
}

QTEST_MAIN(TimelineTest)
#include "timeline_test.moc"
