#include "lab_harness.h"
#include "sample_lesson.h"
#include "ui/lessons/deeds.h"
#include "ui/lessons/lesson_player.h"
#include "ui/window/lab.h"

#include <QSignalSpy>
#include <QTest>

using namespace flatline;
using Stage = LessonPlayer::Stage;

/// A lesson's pages, from the prediction to the reveal, on a real run.
class LessonPlayerTest : public QObject {
    Q_OBJECT
private slots:
    void init();
    void aPageSetsTheRunUp();
    void theDeedWaitsForThePrediction();
    void deedsComeOneAfterTheOther();
    void stopsAndSpeedArePutBack();
    void aPausedDeedGoesOn();
    void doneByHand();
    void backShowsTheReveal();
    void aPageOpenedDirectlyIsRebuilt();
    void anotherRunIsRebuilt();
    void setUpAgainForgetsTheAnswer();
    void anUnknownExperimentIsSaid();
    void theLastPageFinishes();
    void aSessionIsTakenAsItIs();
    void leavingInADeedEndsIt();
    void whatIsAwaited_data();
    void whatIsAwaited();
    void buttonsSayTheirDeeds();

private:
    [[nodiscard]] const Snapshot& now() const { return *m_lab->frame().snapshot; }
    [[nodiscard]] bool ready() const { return !m_player->settingUp() && !m_player->acting() && m_lab->settled(); }
    void open(std::size_t page = 0) {
        m_player->open(test::lessonOf(test::sampleLesson), {1, 1}, page);
        QTRY_VERIFY_WITH_TIMEOUT(ready(), 10000);
    }
    void answer(std::size_t choice) {
        m_player->choose(choice);
        m_player->lockIn();
    }
    LessonHands hands() {
        LessonHands hands;
        hands.post = [this](Command command) {
            if (const auto* speed = std::get_if<SpeedCommand>(&command))
                m_speed = speed->stepsPerSecond;
            m_lab->post(std::move(command));
        };
        hands.act = [this](const Action& action) { m_lab->post(ActCommand{action}); };
        hands.change = [this](const std::vector<SettingChange>& changes) { return m_lab->change(changes); };
        hands.kick = [] { return ThermalKick{1.0, {Target::Kind::All, 0, 0}, KickedParameters::Both}; };
        hands.warming = [] { return BiasWarming{}; };
        hands.speed = [] { return 500.0; };
        hands.settled = [this] { return m_lab->settled(); };
        hands.openExperiment = m_services.openLessonExperiment;
        return hands;
    }

    FakeFiles m_files;
    Services m_services;
    std::unique_ptr<Lab> m_lab;
    std::unique_ptr<LessonPlayer> m_player;
    double m_speed = -1.0;
};

void LessonPlayerTest::init() {
    m_services = m_files.services();
    m_player.reset();
    m_lab = std::make_unique<Lab>(m_services);
    m_lab->post(StartExperiment{smallExperiment()});
    m_player = std::make_unique<LessonPlayer>(hands());
    connect(m_lab.get(), &Lab::frameReady, m_player.get(), &LessonPlayer::showFrame);
    QTRY_VERIFY(m_lab->settled() && now().dataset);
}

void LessonPlayerTest::aPageSetsTheRunUp() {
    QSignalSpy turned(m_player.get(), &LessonPlayer::pageTurned);
    open();
    QCOMPARE(turned.count(), 1);
    QCOMPARE(now().now.step, std::int64_t{20});
    QCOMPARE(now().settings.training.learningRate, 0.05);
    QCOMPARE(m_player->stage(), Stage::Reading);
    QVERIFY(!m_lab->running());
    QCOMPARE(m_speed, 500.0); // the user's, after the way there at full speed
    QCOMPARE(now().stopCondition, StopCondition{});
}

void LessonPlayerTest::theDeedWaitsForThePrediction() {
    open();
    m_player->next();
    QCOMPARE(m_player->stage(), Stage::Predicting);
    QCOMPARE(now().now.step, std::int64_t{20}); // the run goes on as it was
    m_player->act();
    m_player->lockIn(); // nothing has been chosen
    QCOMPARE(m_player->stage(), Stage::Predicting);
    QVERIFY(!m_player->acting());
    answer(2);
    QCOMPARE(m_player->stage(), Stage::Acting);
    QVERIFY(m_player->canAct());
    m_player->choose(1); // too late
    QCOMPARE(m_player->choice(), std::optional<std::size_t>(2));
    QSignalSpy done(m_player.get(), &LessonPlayer::pageDone);
    m_player->act();
    QTRY_COMPARE(m_player->stage(), Stage::Revealed);
    QCOMPARE(done.count(), 1);
    QCOMPARE(now().now.step, std::int64_t{21});
    QVERIFY(!m_player->right());
}

void LessonPlayerTest::deedsComeOneAfterTheOther() {
    open(2); // the two pages before are made up for
    QCOMPARE(now().now.step, std::int64_t{21});
    m_player->act();
    QTRY_COMPARE(m_player->stage(), Stage::Revealed);
    QCOMPARE(now().now.step, std::int64_t{31});
    QCOMPARE(now().settings.training.learningRate, 0.05);
    QCOMPARE(now().experiment.interventions.size(), std::size_t{2});
    QCOMPARE(now().experiment.interventions[0].step, std::int64_t{21});
    QCOMPARE(now().experiment.interventions[1].step, std::int64_t{31});
}

void LessonPlayerTest::stopsAndSpeedArePutBack() {
    open();
    m_lab->post(StopConditionCommand{{.atStep = 500}});
    m_player->next();
    answer(1);
    m_player->act();
    QTRY_COMPARE(m_player->stage(), Stage::Revealed);
    QTRY_VERIFY(m_lab->settled());
    QCOMPARE(now().stopCondition, StopCondition{.atStep = 500});
    QVERIFY(m_player->right());
}

void LessonPlayerTest::aPausedDeedGoesOn() {
    open(2);
    m_lab->post(SpeedCommand{20.0}); // half a second for the ten steps
    m_player->act();
    QTRY_VERIFY(now().now.step > 21);
    m_lab->post(PauseCommand{});
    QTRY_VERIFY(m_player->pausedInDeed());
    QVERIFY(now().now.step < 31);
    QVERIFY(m_player->canAct());
    m_player->act();
    QTRY_COMPARE(m_player->stage(), Stage::Revealed);
    QCOMPARE(now().now.step, std::int64_t{31});
}

void LessonPlayerTest::doneByHand() {
    open(3);
    QCOMPARE(now().now.step, std::int64_t{31});
    QVERIFY(!m_player->hasDeed());
    answer(0);
    QCOMPARE(m_player->stage(), Stage::Acting);
    m_lab->post(ActCommand{ThermalKick{1.0, {Target::Kind::All, 0, 0}, KickedParameters::Both}});
    QTRY_COMPARE(m_player->stage(), Stage::Revealed);
}

void LessonPlayerTest::backShowsTheReveal() {
    open();
    m_player->next();
    answer(1);
    m_player->act();
    QTRY_COMPARE(m_player->stage(), Stage::Revealed);
    m_player->back();
    m_player->next();
    QCOMPARE(m_player->stage(), Stage::Revealed);
    QCOMPARE(m_player->choice(), std::optional<std::size_t>(1));
    const auto run = now().run;
    m_player->next(); // on from there, with the same run
    QTRY_VERIFY(ready());
    QCOMPARE(now().run, run);
    QCOMPARE(now().now.step, std::int64_t{21});
}

void LessonPlayerTest::aPageOpenedDirectlyIsRebuilt() {
    open(3);
    QCOMPARE(now().now.step, std::int64_t{31});
    QCOMPARE(now().experiment.interventions.size(), std::size_t{2});
    QCOMPARE(m_player->stage(), Stage::Predicting);
}

void LessonPlayerTest::anotherRunIsRebuilt() {
    open();
    m_player->next();
    answer(1);
    m_player->act();
    QTRY_COMPARE(m_player->stage(), Stage::Revealed);
    Settings other = smallExperiment();
    other.seed = 99;
    m_lab->post(StartExperiment{other});
    QTRY_COMPARE(now().settings.seed, std::int64_t{99});
    m_player->next();
    QTRY_VERIFY(ready());
    QCOMPARE(now().settings.seed, smallExperiment().seed);
    QCOMPARE(now().now.step, std::int64_t{21});
}

void LessonPlayerTest::setUpAgainForgetsTheAnswer() {
    open();
    m_player->next();
    answer(1);
    m_player->act();
    QTRY_COMPARE(m_player->stage(), Stage::Revealed);
    m_player->setUpAgain();
    QTRY_VERIFY(ready());
    QCOMPARE(m_player->stage(), Stage::Predicting);
    QVERIFY(!m_player->choice());
    QCOMPARE(now().now.step, std::int64_t{20});
}

void LessonPlayerTest::anUnknownExperimentIsSaid() {
    QSignalSpy problem(m_player.get(), &LessonPlayer::problemFound);
    const std::string text = test::sampleLesson;
    const auto at = text.find("experiment: small");
    m_player->open(test::lessonOf(std::string(text).replace(at, 17, "experiment: large")));
    QCOMPARE(problem.count(), 1);
    QVERIFY(problem[0][0].toString().contains("large"));
    QVERIFY(m_player->isOpen()); // it can be read
}

void LessonPlayerTest::theLastPageFinishes() {
    QSignalSpy finished(m_player.get(), &LessonPlayer::finished);
    QSignalSpy ended(m_player.get(), &LessonPlayer::lessonEnded);
    open();
    m_player->turnTo(4);
    QTRY_VERIFY(ready());
    QCOMPARE(finished.count(), 1);
    m_player->back();
    m_player->next();
    QCOMPARE(finished.count(), 1);
    m_player->next();
    QCOMPARE(ended.count(), 1);
}

void LessonPlayerTest::aSessionIsTakenAsItIs() {
    m_lab->post(StepCommand{});
    QTRY_COMPARE(now().now.step, std::int64_t{1});
    m_player->open(test::lessonOf(test::sampleLesson), {1, 1}, 1, LessonPlayer::Opening::AsItIs);
    answer(1);
    m_player->act();
    QTRY_COMPARE(m_player->stage(), Stage::Revealed);
    QCOMPARE(now().now.step, std::int64_t{2});
}

void LessonPlayerTest::leavingInADeedEndsIt() {
    open(2);
    m_lab->post(SpeedCommand{20.0});
    m_player->act();
    QTRY_VERIFY(now().now.step > 21);
    m_player->close();
    QTRY_VERIFY(m_lab->settled() && now().state == RunState::Paused);
    QCOMPARE(now().stopCondition, StopCondition{});
    QVERIFY(now().now.step < 31);
}

void LessonPlayerTest::whatIsAwaited_data() {
    QTest::addColumn<QString>("until");
    QTest::addColumn<bool>("comes");
    QTest::newRow("a step reached") << "step 5" << true;
    QTest::newRow("a step not reached") << "step 50" << false;
    QTest::newRow("a death of before") << "death" << false;
    QTest::newRow("a revival since") << "revival" << true;
    QTest::newRow("a kick since") << "kick" << true;
    QTest::newRow("no warming") << "warming" << false;
    QTest::newRow("a change") << "change training.learning_rate" << true;
    QTest::newRow("to that value") << "change training.learning_rate = 0.5" << true;
    QTest::newRow("to another") << "change training.learning_rate = 0.6" << false;
    QTest::newRow("none of that key") << "change training.momentum" << false;
    QTest::newRow("many dead") << "dead over 1" << true;
    QTest::newRow("not so many") << "dead over 2" << false;
    QTest::newRow("few dead") << "dead under 3" << true;
    QTest::newRow("loss") << "loss under 0.5" << true;
    QTest::newRow("not so low") << "loss under 0.1" << false;
    QTest::newRow("finite") << "diverged" << false;
}

void LessonPlayerTest::whatIsAwaited() {
    QFETCH(QString, until);
    const std::string text =
        "---\ntitle: T\nchapter: C\nminutes: 1\ngoal: G\n---\n# P\n```do\nuntil: " + until.toStdString() +
        "\n```\n## R\nX\n";
    Snapshot before;
    before.now.layers.push_back({4, 2, 0, 0, 0.0, 0.0});
    before.now.trainLoss = 1.0;
    before.events.append({2, 1, 1, EventKind::Died});
    Awaiting awaiting;
    awaiting.begin(test::lessonOf(text)->pages[0].action->until, before);
    Snapshot after = before;
    after.now.step = 10;
    after.now.trainLoss = 0.3;
    after.settings.training.learningRate = 0.5;
    after.events.append({8, 0, 0, EventKind::Kick});
    after.events.append({9, 1, 1, EventKind::Revived});
    awaiting.see(after);
    QTEST(awaiting.fulfilled(), "comes");
}

void LessonPlayerTest::buttonsSayTheirDeeds() {
    const auto lesson = test::lessonOf(test::sampleLesson);
    QCOMPARE(deedsText(lesson->pages[2].action->deeds),
             QString("Set learning rate to 0.2 · Run 10 steps · Set learning rate to 0.05"));
    open();
    m_player->turnTo(1);
    QTRY_VERIFY(ready());
    QCOMPARE(m_player->deedLabel(), QString("Step once"));
}

QTEST_MAIN(LessonPlayerTest)
#include "lesson_player_test.moc"
