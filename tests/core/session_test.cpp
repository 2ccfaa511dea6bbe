#include "core/session/session.h"
#include "tests/core/fixtures.h"
#include "tests/core/standing.h"

#include <QTest>

using namespace flatline;
using fixtures::hostile;

namespace {

const ThermalKick kickAll{0.5, {Target::Kind::All}, KickedParameters::Both};

void steps(Session& session, int count) {
    for (int i = 0; i < count; ++i)
        QVERIFY(session.step());
}

/// What a bare trainer of that experiment comes to, after the interventions of that step or before.
Trainer fresh(const Settings& experiment, std::int64_t step, bool intervene) {
    Trainer trainer = fixtures::trainer(experiment);
    while (trainer.stepsDone() < step && trainer.step()) {
    }
    if (intervene)
        trainer.intervene();
    return trainer;
}

/// That the session shows what a trainer comes to: bits, figures, states, lives, and its events as the first ones.
void shows(Session& session, Trainer& trainer) {
    const Snapshot snapshot = session.snapshot(true);
    QCOMPARE(snapshot.now.step, trainer.stepsDone());
    QVERIFY(fixtures::sameBits(*snapshot.parameters, trainer.parameters()));
    QVERIFY(snapshot.now == trainer.observe());
    QVERIFY(snapshot.lives == trainer.lives());
    QVERIFY(snapshot.settings.training == trainer.settings().training);
    QVERIFY(snapshot.settings.network == trainer.settings().network);
    QCOMPARE(snapshot.diagnosis->step, trainer.stepsDone());
    QCOMPARE(snapshot.diagnosis->dead(), snapshot.now.dead());
    QVERIFY(fixtures::sameBits(*snapshot.pendingMove, trainer.pendingMove()));
    if (snapshot.fields)
        QCOMPARE(snapshot.fields->step, trainer.stepsDone());
    QVERIFY(snapshot.events.size() >= trainer.events().size());
    for (std::size_t i = 0; i < trainer.events().size(); ++i)
        QVERIFY(snapshot.events[i] == trainer.events()[i]);
}

Session sessionOf(const Settings& settings) {
    return Session(fixtures::trainer(settings));
}

/// A run with planned interventions and some by hand: a warming at 30, another rate at 50, a kick and learnt slopes at
/// 70.
Session workedOn(const Settings& settings) {
    Session session = sessionOf(settings);
    steps(session, 30);
    (void)session.act(BiasWarming{0.5, 60});
    steps(session, 20);
    (void)session.act(SettingChange{"training.learning_rate", 0.1});
    steps(session, 20);
    (void)session.act(kickAll);
    (void)session.act(SettingChange{"network.activation", std::string("prelu")});
    steps(session, 60);
    return session;
}

} // namespace

class SessionTest : public QObject {
    Q_OBJECT
private slots:
    void travelIsAFreshRun_data();
    void travelIsAFreshRun();
    void theWholeRunStaysInSight();
    void theHeadIsUntouched();
    void aStepBackIsOneStep();
    void aReplayRunsIntoTheHead();
    void resumingIsAFreshRun();
    void resumingKeepsPlansAndDropsWhatWasDoneByHand();
    void actingInThePastIsAnEditOfThatMoment();
    void aRefusedActionLeavesThePast();
    void aDivergedRunCanBeTravelledInAndResumed();
    void aResetInThePastTakesTheSettingsShown();
    void keyframesStayWithinTheCap();
    void keyframesComeCloseEnough();
    void aFarMomentIsComeToInPieces();
};

void SessionTest::travelIsAFreshRun_data() {
    QTest::addColumn<Settings>("settings");
    QTest::newRow("sgd") << hostile("sgd", 0.8);
    Settings momentum = hostile("sgd", 0.1);
    momentum.training.momentum = 0.6;
    momentum.training.shuffle = false;
    QTest::newRow("momentum, in order") << momentum;
    Settings adam = hostile("adam", 0.05);
    adam.network.batchNorm = "after-activation";
    adam.interventions = {{40, kickAll}, {70, ResetNeurons{{Target::Kind::Dead}}}};
    QTest::newRow("adam, batch norm, kicks") << adam;
    QTest::newRow("everything") << fixtures::everything();
}

// Breaks where a moment that is travelled to differs in a bit from a run of that many steps, whatever way it is come
// to.
void SessionTest::travelIsAFreshRun() {
    QFETCH(Settings, settings);
    Session session = workedOn(settings);
    steps(session, 400);
    QVERIFY(session.run().keyframeStride() < 400); // one to start from, and closer ones that are for the path alone
    QVERIFY(session.run().keyframes()[1]->step < session.run().keyframeStride());
    const Settings experiment = session.run().trainer().experiment();
    for (const std::int64_t step : {529, 30, 31, 70, 69, 0, 5, 60, 61, 90, 300, 256, 255, 128}) {
        session.travel(step);
        QVERIFY(session.past());
        Trainer trainer = fresh(experiment, step, true);
        shows(session, trainer);
        if (QTest::currentTestFailed())
            QFAIL(qPrintable(QString("at step %1").arg(step)));
    }
}

// Breaks where the past hides what came later: rows, curves, events, marks, the experiment.
void SessionTest::theWholeRunStaysInSight() {
    Session session = workedOn(hostile("sgd", 0.8));
    session.finish();
    const Snapshot live = session.snapshot(false);
    session.travel(40);
    const Snapshot past = session.snapshot(false);
    QVERIFY(past.past && !live.past);
    QCOMPARE(past.head, 130);
    QCOMPARE(live.head, 130);
    QVERIFY(past.rows == live.rows);
    QVERIFY(past.curves->trainLoss == live.curves->trainLoss && past.curves->dead == live.curves->dead);
    QVERIFY(past.curves->marks == live.curves->marks);
    QCOMPARE(past.events.size(), live.events.size());
    QVERIFY(past.experiment == live.experiment);
    QVERIFY(past.path == live.path);
    QCOMPARE(past.settings.training.learningRate, 0.8);
    QCOMPARE(live.settings.training.learningRate, 0.1);
    QCOMPARE(past.run, live.run);
}

// Breaks where looking at the past changes the run, or coming back is not where it stood.
void SessionTest::theHeadIsUntouched() {
    Session session = workedOn(fixtures::everything());
    Session other = workedOn(fixtures::everything());
    session.travel(17);
    session.stepBack();
    steps(session, 3);
    session.travel(100000);
    QVERIFY(!session.past());
    session.travel(77);
    session.live();
    QVERIFY(!session.past());
    QCOMPARE(session.shown().stepsDone(), 130);
    steps(session, 40);
    steps(other, 40);
    QVERIFY(fixtures::sameBits(session.shown().parameters(), other.shown().parameters()));
    QVERIFY(session.shown().lives() == other.shown().lives());
    QCOMPARE(session.shown().events().size(), other.shown().events().size());
}

// Breaks where a step back is not exact, goes below 0, or skips a step at which something was done.
void SessionTest::aStepBackIsOneStep() {
    Session session = workedOn(hostile("adam", 0.05));
    const Settings experiment = session.run().trainer().experiment();
    for (std::int64_t step = 129; step >= 45; --step) {
        session.stepBack();
        QCOMPARE(session.shown().stepsDone(), step);
        Trainer trainer = fresh(experiment, step, true);
        QVERIFY(fixtures::sameBits(session.shown().parameters(), trainer.parameters()));
    }
    session.travel(1);
    session.stepBack();
    session.stepBack();
    QCOMPARE(session.shown().stepsDone(), 0);
}

// Breaks where a step in the past trains the run, or does not become live at its last step.
void SessionTest::aReplayRunsIntoTheHead() {
    Session session = workedOn(hostile("sgd", 0.8));
    const std::vector<float> head = session.shown().parameters();
    session.travel(120);
    steps(session, 9);
    QVERIFY(session.past());
    steps(session, 1);
    QVERIFY(!session.past());
    QCOMPARE(session.shown().stepsDone(), 130);
    QVERIFY(fixtures::sameBits(session.shown().parameters(), head));
}

// Breaks where a run that goes on from an earlier moment is not the run of its own experiment.
void SessionTest::resumingIsAFreshRun() {
    Session session = workedOn(fixtures::everything());
    session.travel(60); // something planned acts at that very step
    QVERIFY(session.resumeHere());
    QVERIFY(!session.past());
    Trainer there = fresh(session.run().trainer().experiment(), 60, true);
    shows(session, there);
    steps(session, 70);
    Trainer trainer = fresh(session.run().trainer().experiment(), 130, false);
    shows(session, trainer);
    QCOMPARE(session.shown().events().size(), trainer.events().size());
    for (const auto& row : session.run().rows()) { // rows before the fork are shared, those after it its own
        if (row->step != 100 && row->step != 59)
            continue;
        Trainer then = fresh(session.run().trainer().experiment(), row->step, false);
        QVERIFY(*row == then.observe());
    }
    QVERIFY(!session.resumeHere()); // live already
}

// Breaks where a fork repeats what was done by hand later, or forgets what the experiment plans.
void SessionTest::resumingKeepsPlansAndDropsWhatWasDoneByHand() {
    Settings settings = hostile("sgd", 0.5);
    settings.interventions = {{100, kickAll}};
    Session session = workedOn(settings); // by hand at 30, 50 and twice at 70
    session.travel(50);
    QVERIFY(session.resumeHere());
    const Settings experiment = session.run().trainer().experiment();
    QCOMPARE(experiment.interventions.size(), std::size_t{3});
    QCOMPARE(experiment.interventions[1].step, 50);
    QCOMPARE(experiment.interventions[2].step, 100);
    const Snapshot snapshot = session.snapshot(false);
    QCOMPARE(snapshot.head, 50);
    QCOMPARE(snapshot.rows.back()->step, 50);
    QCOMPARE(snapshot.curves->marks.size(), std::size_t{2});
    QVERIFY(snapshot.path.back()->step <= 50);
    QCOMPARE(snapshot.abandoned, 1);
    QVERIFY(snapshot.undo && snapshot.undo->kind == EditNote::Kind::Resume && snapshot.undo->step == 50);
    steps(session, 60);
    QCOMPARE(session.shown().marks().back().step, 100);
    session.reset(); // what was done by hand before the fork still counts as by hand
    QCOMPARE(session.shown().settings().training.learningRate, 0.1);
    QCOMPARE(session.run().trainer().experiment().interventions.size(), std::size_t{1});
}

// Breaks where a kick in the past is lost, or strikes the run as it stands.
void SessionTest::actingInThePastIsAnEditOfThatMoment() {
    Session session = workedOn(hostile("sgd", 0.5));
    const std::vector<float> head = session.shown().parameters();
    const std::uint64_t run = session.runNumber();
    session.travel(40);
    QVERIFY(session.act(kickAll).ok());
    QVERIFY(!session.past());
    QVERIFY(session.runNumber() > run);
    QCOMPARE(session.shown().stepsDone(), 40);
    QCOMPARE(session.shown().marks().back().step, 40);
    QVERIFY(session.undo().ok()); // the kick
    QCOMPARE(session.shown().stepsDone(), 40);
    QVERIFY(session.undo().ok()); // going on from there
    QCOMPARE(session.shown().stepsDone(), 130);
    QVERIFY(fixtures::sameBits(session.shown().parameters(), head));
}

// Breaks where an impossible wish in the past abandons the run for nothing.
void SessionTest::aRefusedActionLeavesThePast() {
    Session session = workedOn(hostile("sgd", 0.5));
    session.travel(40);
    QVERIFY(!session.act(ThermalKick{0.5, {Target::Kind::Layer, 9}, KickedParameters::Both}).ok());
    QVERIFY(session.past());
    QCOMPARE(session.snapshot(false).abandoned, 0);
}

// Breaks where a divergence cannot be looked at from before, or poisons the run that goes on from there.
void SessionTest::aDivergedRunCanBeTravelledInAndResumed() {
    Settings settings = hostile("sgd", 0.01);
    settings.network.activation = "identity";
    settings.data.source = "plane";
    Session session = sessionOf(settings);
    steps(session, 40);
    QVERIFY(session.act(SettingChange{"training.learning_rate", 100.0}).ok());
    while (session.step() && session.shown().stepsDone() < 1000) {
    }
    QVERIFY(session.shown().divergence());
    session.finish();
    session.travel(40);
    QVERIFY(!session.snapshot(false).error);
    Trainer then = fresh(session.run().trainer().experiment(), 40, true);
    shows(session, then);
    session.live();
    QVERIFY(session.snapshot(false).error);
    session.travel(39);
    QVERIFY(session.resumeHere());
    steps(session, 60);
    QVERIFY(!session.snapshot(false).error);
    Trainer bare = fresh(settings, 99, false);
    QVERIFY(fixtures::sameBits(session.shown().parameters(), bare.parameters()));
}

// Breaks where a reset from the past starts with a setting that was changed only later.
void SessionTest::aResetInThePastTakesTheSettingsShown() {
    Session session = workedOn(hostile("sgd", 0.5)); // another rate since step 50
    session.travel(20);
    QCOMPARE(session.snapshot(false).restart.training.learningRate, 0.5);
    session.reset();
    QCOMPARE(session.shown().stepsDone(), 0);
    QCOMPARE(session.shown().settings().training.learningRate, 0.5);
    QVERIFY(session.run().trainer().experiment().interventions.empty());
    QVERIFY(session.undo().ok());
    QCOMPARE(session.shown().stepsDone(), 130);
}

// Breaks where the cap is not kept, or keeping it costs rows, extremes, events, or the way back.
void SessionTest::keyframesStayWithinTheCap() {
    const Settings settings = hostile("adam", 0.05);
    Session session(fixtures::trainer(settings));
    Session narrow(fixtures::trainer(settings), 80U << 10U);
    steps(session, 3000);
    steps(narrow, 3000);
    const Snapshot wide = session.snapshot(false);
    const Snapshot kept = narrow.snapshot(false);
    QCOMPARE(kept.history.cap, std::size_t{80U << 10U});
    QVERIFY(narrow.run().keyframes().size() * 4 < session.run().keyframes().size());
    QCOMPARE(kept.events.size(), wide.events.size());
    QVERIFY(kept.curves->dead == wide.curves->dead && kept.curves->trainLoss == wide.curves->trainLoss);
    QCOMPARE(narrow.run().keyframes().front()->step, 0);
    narrow.travel(2311);
    session.travel(2311);
    QVERIFY(fixtures::sameBits(narrow.shown().parameters(), session.shown().parameters()));
    session.setHistoryCap(40U << 10U); // while a moment is shown
    QCOMPARE(session.shown().stepsDone(), 2311);
    QVERIFY(session.run().keyframes().size() < narrow.run().keyframes().size());
    session.stepBack();
    Trainer then = fresh(settings, 2310, true);
    QVERIFY(fixtures::sameBits(session.shown().parameters(), then.parameters()));
}

// Breaks where a travel must make thousands of steps of a small run, or the landscape gets more points than it can
// show.
void SessionTest::keyframesComeCloseEnough() {
    Settings settings = fixtures::harshSettings(2);
    Session session = sessionOf(settings);
    steps(session, 20000);
    QVERIFY(session.run().keyframeStride() <=
            std::min<std::int64_t>(256, stepsWithinAPicture(session.run().trainer())));
    const Snapshot snapshot = session.snapshot(false);
    QVERIFY(snapshot.path.size() <= 256 && snapshot.path.size() >= 100);
    QCOMPARE(snapshot.path.front()->step, 0);
    QVERIFY(snapshot.history.bytes < (60U << 20U));
}

// Breaks where a moment that is far from what is kept is not shown nearly at once, is not the exact one at the end, or
// steps back from it are as far again; where somebody changes his mind on the way.
void SessionTest::aFarMomentIsComeToInPieces() {
    Settings settings = fixtures::harshSettings(4);
    settings.network.hidden = {200, 200};
    settings.training.batchSize = 50;
    settings.training.optimizer = "adam";
    settings.training.learningRate = 0.01;
    Session session(fixtures::trainer(settings), 3U << 20U);
    steps(session, 300);
    const auto& keyframes = session.run().keyframes();
    const std::int64_t stride = keyframes[1]->step - keyframes[0]->step;
    QVERIFY2(stride >= 64, qPrintable(QString::number(stride)));
    QVERIFY(!session.glance(300) && !session.glance(0) && !session.glance(1)); // as near as can be
    const auto arrive = [&](std::int64_t step) {
        int pieces = 1;
        while (!session.approach(step))
            ++pieces;
        return pieces;
    };
    QVERIFY(session.glance(stride + 40));
    QCOMPARE(session.shown().stepsDone(), stride);
    QVERIFY(!session.approach(stride + 40));
    QVERIFY(session.glance(stride + 60));
    QVERIFY(arrive(stride + 60) > 2);
    Trainer then = fresh(settings, stride + 60, true);
    shows(session, then);
    QVERIFY(!session.glance(stride + 59)); // something near it was kept on the way
    for (std::int64_t step = stride + 59; step > stride + 50; --step) {
        session.stepBack();
        QCOMPARE(session.shown().stepsDone(), step);
    }
    then = fresh(settings, stride + 51, true);
    shows(session, then);
    const HistoryUse use = session.snapshot(false).history; // what is kept on the way counts, too
    QVERIFY2(use.bytes > session.run().historyUse().bytes && use.bytes <= use.cap,
             qPrintable(QString::number(use.bytes)));
}

QTEST_GUILESS_MAIN(SessionTest)
#include "session_test.moc"
