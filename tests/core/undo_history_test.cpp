#include "core/session/session.h"
#include "tests/core/fixtures.h"
#include "tests/core/standing.h"

#include <QTest>

using namespace flatline;
using Kind = EditNote::Kind;

namespace {

const ThermalKick kickAll{0.5, {Target::Kind::All}, KickedParameters::Both};

void steps(Session& session, int count) {
    for (int i = 0; i < count; ++i)
        QVERIFY(session.step());
}

Settings quiet() {
    Settings settings = fixtures::hostile("sgd", 0.1);
    settings.training.momentum = 0.5;
    return settings;
}

std::optional<EditNote> undoNote(Session& session) {
    return session.snapshot(false).undo;
}

std::optional<EditNote> redoNote(Session& session) {
    return session.snapshot(false).redo;
}

/// What must be the same once an undo and a redo are over.
struct Figures {
    std::vector<float> parameters;
    std::int64_t step = 0;
    Settings experiment;
    std::size_t events = 0;
    std::size_t rows = 0;
    explicit Figures(Session& session)
        : parameters(session.shown().parameters())
        , step(session.shown().stepsDone())
        , experiment(session.run().trainer().experiment())
        , events(session.shown().events().size()) {
        session.finish();
        rows = session.run().rows().size();
    }
};

void same(const Figures& a, const Figures& b) {
    QVERIFY(fixtures::sameBits(a.parameters, b.parameters));
    QCOMPARE(a.step, b.step);
    QVERIFY(a.experiment == b.experiment);
    QCOMPARE(a.events, b.events);
    QCOMPARE(a.rows, b.rows);
}

} // namespace

class UndoHistoryTest : public QObject {
    Q_OBJECT
private slots:
    void deedsGoBackAndForth_data();
    void deedsGoBackAndForth();
    void deedsAtOneStepGoBackOneByOne();
    void aSettingIsSetBackNow();
    void aSettingAtTheStartIsTheStarts();
    void aValueTriedAgainIsOneEdit();
    void aRestartGoesBackAndForth();
    void aResetGoesBack();
    void aForkGoesBackAndForth();
    void aNewEditEndsRedo();
    void aDiscardedRunIsGone();
    void discardingKeepsWhatIsShared();
    void keptRunsCountAndTheOldestGo();
};

void UndoHistoryTest::deedsGoBackAndForth_data() {
    QTest::addColumn<Action>("action");
    QTest::addColumn<int>("kind");
    QTest::newRow("kick") << Action(kickAll) << static_cast<int>(Kind::Kick);
    QTest::newRow("warming") << Action(BiasWarming{0.8, 50}) << static_cast<int>(Kind::Warming);
    QTest::newRow("reset") << Action(ResetNeurons{{Target::Kind::Layer, 1}}) << static_cast<int>(Kind::ResetNeurons);
}

// Breaks where an undone deed leaves a trace in the run, its rows or its experiment, or its future cannot be had again.
void UndoHistoryTest::deedsGoBackAndForth() {
    QFETCH(Action, action);
    QFETCH(int, kind);
    Session session(fixtures::trainer(quiet()));
    QVERIFY(!undoNote(session));
    steps(session, 40);
    session.finish();
    const Figures before(session);
    QVERIFY(session.act(action).ok());
    steps(session, 30);
    const Figures after(session);
    QCOMPARE(static_cast<int>(undoNote(session)->kind), kind);
    QCOMPARE(undoNote(session)->step, 40);
    QVERIFY(session.undo().ok());
    same(Figures(session), before);
    QVERIFY(!session.run().rows().back()->afterIntervention);
    QVERIFY(session.run().trainer().marks().empty());
    QVERIFY(!undoNote(session));
    QCOMPARE(static_cast<int>(redoNote(session)->kind), kind);
    steps(session, 20); // the run without it
    const Figures without(session);
    Trainer bare = fixtures::trainer(quiet());
    while (bare.stepsDone() < 60 && bare.step()) {
    }
    QVERIFY(fixtures::sameBits(without.parameters, bare.parameters()));
    QVERIFY(session.redo().ok());
    same(Figures(session), after);
    QVERIFY(session.undo().ok());
    same(Figures(session), without);
}

// Breaks where several deeds at one step are taken for one, or the look after the first is that after the last.
void UndoHistoryTest::deedsAtOneStepGoBackOneByOne() {
    Session session(fixtures::trainer(quiet()));
    steps(session, 10);
    QVERIFY(session.act(kickAll).ok());
    const Figures one(session);
    const Observation look = session.run().last();
    QVERIFY(session.act(ResetNeurons{{Target::Kind::All}}).ok());
    QVERIFY(session.undo().ok());
    same(Figures(session), one);
    QVERIFY(session.run().last() == look);
    steps(session, 5);
    QVERIFY(session.undo().ok());
    QVERIFY(session.run().trainer().experiment().interventions.empty());
    QVERIFY(session.redo().ok());
    QVERIFY(session.redo().ok());
    QCOMPARE(session.run().trainer().experiment().interventions.size(), std::size_t{2});
}

// Breaks where undoing a live setting goes back in time, or is not itself part of the run that is saved.
void UndoHistoryTest::aSettingIsSetBackNow() {
    Session session(fixtures::trainer(quiet()));
    steps(session, 10);
    QVERIFY(session.act(SettingChange{"training.learning_rate", 0.3}).ok());
    QVERIFY(session.act(SettingChange{"network.activation", std::string("prelu")}).ok());
    steps(session, 10);
    const EditNote note = *undoNote(session);
    QVERIFY(note.kind == Kind::Setting && note.path == "network.activation" && note.step == 10);
    QVERIFY(note.before == SettingValue(std::string("relu")) && note.after == SettingValue(std::string("prelu")));
    session.travel(5); // undo leaves the past
    QVERIFY(session.undo().ok());
    QCOMPARE(session.shown().stepsDone(), 20);
    QCOMPARE(session.shown().settings().network.activation, std::string("relu"));
    QCOMPARE(session.run().trainer().experiment().interventions.size(), std::size_t{3});
    steps(session, 5);
    QVERIFY(session.undo().ok());
    QCOMPARE(session.shown().settings().training.learningRate, 0.1);
    QVERIFY(session.redo().ok());
    QCOMPARE(session.shown().settings().training.learningRate, 0.3);
    QVERIFY(session.redo().ok());
    QCOMPARE(session.shown().settings().network.activation, std::string("prelu"));
    QVERIFY(session.redo().ok()); // nothing more: nothing happens
    steps(session, 5);
    Trainer again = fixtures::trainer(session.run().trainer().experiment());
    while (again.stepsDone() < 30 && again.step()) {
    }
    QVERIFY(fixtures::sameBits(again.parameters(), session.shown().parameters()));
}

// Breaks where a control turned before the first step cannot be turned back without leaving a mark.
void UndoHistoryTest::aSettingAtTheStartIsTheStarts() {
    Session session(fixtures::trainer(quiet()));
    QVERIFY(session.act(SettingChange{"network.activation", std::string("tanh")}).ok());
    QVERIFY(session.undo().ok());
    QVERIFY(session.run().trainer().experiment() == quiet());
    QVERIFY(session.redo().ok());
    QCOMPARE(session.run().trainer().experiment().network.activation, std::string("tanh"));
    QVERIFY(session.run().trainer().experiment().interventions.empty());
}

// Breaks where an arrow key held on a slider becomes fifty edits, or a value that is back where it was stays one.
void UndoHistoryTest::aValueTriedAgainIsOneEdit() {
    Session session(fixtures::trainer(quiet()));
    steps(session, 10);
    for (const double rate : {0.2, 0.3, 0.4})
        QVERIFY(session.act(SettingChange{"training.learning_rate", rate}).ok());
    QVERIFY(undoNote(session)->before == SettingValue(0.1) && undoNote(session)->after == SettingValue(0.4));
    QVERIFY(session.undo().ok());
    QVERIFY(!undoNote(session));
    QCOMPARE(session.shown().settings().training.learningRate, 0.1);
    QVERIFY(session.act(SettingChange{"training.learning_rate", 0.2}).ok());
    QVERIFY(session.act(SettingChange{"training.learning_rate", 0.1}).ok());
    QVERIFY(!undoNote(session));
}

// Breaks where a restart loses the run there was, or a dragged slider keeps a run for each of its values.
void UndoHistoryTest::aRestartGoesBackAndForth() {
    Session session(fixtures::trainer(quiet()));
    steps(session, 25);
    QVERIFY(session.act(kickAll).ok());
    steps(session, 5);
    const Figures before(session);
    const std::uint64_t run = session.runNumber();
    for (const double noise : {0.2, 0.3, 0.4}) {
        Settings other = session.shown().restartSettings();
        other.data.noise = noise;
        session.restart(fixtures::trainer(other));
    }
    QCOMPARE(session.runNumber(), run + 3);
    const EditNote note = *undoNote(session);
    QVERIFY(note.kind == Kind::Restart && note.path == "data.noise" && note.step == 30);
    QVERIFY(note.before == SettingValue(0.1) && note.after == SettingValue(0.4));
    Settings wider = session.shown().restartSettings();
    wider.network.hidden = {4};
    session.restart(fixtures::trainer(wider));
    steps(session, 5);
    const Figures after(session);
    QVERIFY(session.undo().ok());
    QCOMPARE(session.shown().settings().data.noise, 0.4);
    QVERIFY(session.undo().ok());
    same(Figures(session), before);
    QVERIFY(undoNote(session)->kind == Kind::Kick); // the run's own edits are there again
    QVERIFY(session.redo().ok());
    QVERIFY(session.redo().ok());
    same(Figures(session), after);
    Settings named = quiet();
    named.name = "Another";
    session.restart(fixtures::trainer(named));
    QVERIFY(undoNote(session)->kind == Kind::Open && undoNote(session)->name == "Another");
}

// Breaks where a reset throws a run away, or at step 0 becomes an edit that does nothing.
void UndoHistoryTest::aResetGoesBack() {
    Session session(fixtures::trainer(quiet()));
    session.reset();
    QVERIFY(!undoNote(session));
    steps(session, 12);
    const Figures before(session);
    session.reset();
    QCOMPARE(session.shown().stepsDone(), 0);
    QVERIFY(undoNote(session)->kind == Kind::Reset && undoNote(session)->step == 12);
    QVERIFY(session.undo().ok());
    same(Figures(session), before);
    QVERIFY(session.redo().ok());
    QCOMPARE(session.shown().stepsDone(), 0);
}

// Breaks where going on from an earlier moment loses the run that was there.
void UndoHistoryTest::aForkGoesBackAndForth() {
    Session session(fixtures::trainer(quiet()));
    steps(session, 20);
    QVERIFY(session.act(kickAll).ok());
    steps(session, 20);
    const Figures before(session);
    session.travel(10);
    QVERIFY(session.resumeHere());
    steps(session, 50);
    const Figures after(session);
    QVERIFY(session.undo().ok());
    same(Figures(session), before);
    QCOMPARE(session.snapshot(false).abandoned, 1); // now the other one
    QVERIFY(session.redo().ok());
    same(Figures(session), after);
    session.travel(30); // travelling works in a run that was brought back
    Trainer then = fixtures::trainer(quiet());
    while (then.stepsDone() < 30 && then.step()) {
    }
    QVERIFY(fixtures::sameBits(session.shown().parameters(), then.parameters()));
}

// Breaks where something undone comes back after something else was done.
void UndoHistoryTest::aNewEditEndsRedo() {
    Session session(fixtures::trainer(quiet()));
    steps(session, 10);
    QVERIFY(session.act(kickAll).ok());
    QVERIFY(session.undo().ok());
    QVERIFY(session.act(BiasWarming{}).ok());
    QVERIFY(!redoNote(session));
    QVERIFY(session.redo().ok());
    QCOMPARE(session.run().trainer().experiment().interventions.size(), std::size_t{1});
}

// Breaks where a discarded run still takes memory or can be come back to, or edits of it stay behind.
void UndoHistoryTest::aDiscardedRunIsGone() {
    Session session(fixtures::trainer(quiet()));
    QVERIFY(!session.discardAbandoned());
    steps(session, 10);
    QVERIFY(session.act(SettingChange{"training.learning_rate", 0.2}).ok());
    steps(session, 30);
    QVERIFY(session.act(kickAll).ok());
    steps(session, 400);
    session.travel(20);
    QVERIFY(session.resumeHere());
    const std::size_t full = session.snapshot(false).history.bytes;
    QVERIFY(session.discardAbandoned());
    const Snapshot snapshot = session.snapshot(false);
    QVERIFY(snapshot.history.bytes < full / 2);
    QCOMPARE(snapshot.abandoned, 0);
    QVERIFY(snapshot.undo && snapshot.undo->kind == Kind::Setting); // made before the fork; the kick went with its run
    QVERIFY(session.undo().ok());
    QCOMPARE(session.shown().settings().training.learningRate, 0.1);
    QVERIFY(!undoNote(session));
}

// Breaks where discarding the newest abandoned run takes an older one with it.
void UndoHistoryTest::discardingKeepsWhatIsShared() {
    Session session(fixtures::trainer(quiet()));
    steps(session, 40);
    const Figures first(session);
    session.travel(20);
    QVERIFY(session.resumeHere());
    QVERIFY(session.act(kickAll).ok());
    steps(session, 40);
    session.travel(10);
    QVERIFY(session.resumeHere());
    QCOMPARE(session.snapshot(false).abandoned, 2);
    QVERIFY(session.discardAbandoned());
    QCOMPARE(session.snapshot(false).abandoned, 1);
    QVERIFY(session.undo().ok());
    same(Figures(session), first);
}

// Breaks where kept runs are not counted, outgrow the cap, or the newest goes before the oldest.
void UndoHistoryTest::keptRunsCountAndTheOldestGo() {
    Session session(fixtures::trainer(quiet()), 3U << 20U);
    std::size_t most = 0;
    for (int i = 0; i < 12; ++i) {
        steps(session, 200 + i);
        session.finish();
        session.reset();
        const Snapshot snapshot = session.snapshot(false);
        QVERIFY(snapshot.history.bytes <= snapshot.history.cap);
        most = std::max(most, snapshot.history.bytes);
    }
    QVERIFY2(most > session.snapshot(false).history.cap / 4, qPrintable(QString::number(most)));
    int back = 0;
    while (undoNote(session)) {
        QVERIFY(session.undo().ok());
        ++back;
        QCOMPARE(session.shown().stepsDone(), 212 - back);
    }
    QVERIFY2(back >= 1 && back < 12, qPrintable(QString::number(back)));
}

QTEST_GUILESS_MAIN(UndoHistoryTest)
#include "undo_history_test.moc"
