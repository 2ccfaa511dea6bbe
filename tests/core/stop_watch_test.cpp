#include "core/session/stop_watch.h"
#include "tests/core/fixtures.h"

#include <QTest>

using namespace flatline;
using Why = Stopped::Why;

namespace {

/// Goes on until the watch says stop, or for so many steps.
std::optional<Stopped> go(Session& session, StopWatch& watch, int most = 2000) {
    watch.begin(session);
    for (int i = 0; i < most && session.step(); ++i)
        if (const auto stopped = watch.check(session))
            return stopped;
    return std::nullopt;
}

Session harsh() {
    return Session(fixtures::trainer(fixtures::harshSettings(1)));
}

std::vector<Event> deathsOf(const Session& session) {
    std::vector<Event> deaths;
    const EventLog& events = session.run().trainer().events();
    for (std::size_t i = 0; i < events.size(); ++i)
        if (events[i].kind == EventKind::Died && events[i].step > 0)
            deaths.push_back(events[i]);
    return deaths;
}

} // namespace

class StopWatchTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a death is stopped at late, twice or not at all.
    void stopsAtEachDeath() {
        Session whole = harsh();
        for (int i = 0; i < 1000 && whole.step(); ++i) {
        }
        const std::vector<Event> deaths = deathsOf(whole);
        QVERIFY(deaths.size() >= 3);
        Session session = harsh();
        StopWatch watch;
        watch.set({.nextDeath = true});
        std::int64_t last = 0;
        for (const Event& death : deaths) {
            if (death.step == last)
                continue; // several at one step are one stop
            const auto stopped = go(session, watch);
            QVERIFY(stopped && stopped->why == Why::Death);
            QCOMPARE(stopped->step, death.step);
            QCOMPARE(session.shown().stepsDone(), death.step);
            QCOMPARE(stopped->layer, death.layer);
            QCOMPARE(stopped->neuron, death.neuron);
            last = death.step;
        }
    }

    // Breaks where a replay of the past runs over a death.
    void stopsInThePastToo() {
        Session session = harsh();
        for (int i = 0; i < 1000 && session.step(); ++i) {
        }
        const Event first = deathsOf(session).front();
        StopWatch watch;
        watch.set({.nextDeath = true});
        session.travel(0);
        const auto stopped = go(session, watch);
        QVERIFY(stopped && session.past());
        QCOMPARE(stopped->step, first.step);
        QCOMPARE(stopped->neuron, first.neuron);
        watch.set({.lossUnder = session.run().rows().front()->trainLoss * 0.9});
        session.travel(0);
        const auto low = go(session, watch);
        QVERIFY(low && low->why == Why::Loss && session.past());
        QVERIFY(low->loss < session.run().rows().front()->trainLoss * 0.9);
    }

    // Breaks where a loss that is under the bound is missed, or one that was there before stops the run at once.
    void stopsWhereTheLossComesUnder() {
        Session session{fixtures::trainer({})};
        StopWatch watch;
        watch.set({.lossUnder = 0.5});
        const auto stopped = go(session, watch);
        QVERIFY(stopped && stopped->why == Why::Loss);
        QVERIFY(stopped->loss < 0.5);
        const auto& rows = session.run().rows();
        QCOMPARE(rows.back()->step, stopped->step);
        QVERIFY(rows[rows.size() - 2]->trainLoss >= 0.5);
        const auto next = go(session, watch, 1); // it is under now
        QVERIFY(!next || session.run().last().trainLoss < 0.5);
        watch.set({.lossUnder = 10.0});
        QVERIFY(!go(session, watch, 50));
    }

    // Breaks where a loss is looked at only where the history keeps a row: the run must stop at the first step of all
    // at which it is under, and the loss told must be the row's.
    void theLossIsLookedAtAfterEveryStep() {
        Settings settings = fixtures::harshSettings(1);
        settings.training.learningRate = 0.05;
        constexpr int before = 5000; // the history keeps every second row by now
        const auto grown = [&] {
            Session session{fixtures::trainer(settings)};
            for (int i = 0; i < before; ++i)
                (void)session.step();
            return session;
        };
        Session whole = grown();
        double bound = whole.trainingLoss();
        std::int64_t step = 0;
        double loss = 0.0;
        for (int i = 0; i < 500 && step == 0 && whole.step(); ++i) { // a new low where no row is kept
            loss = whole.shown().stepsDone() % 2 == 1 && whole.row() == nullptr ? whole.trainingLoss() : bound;
            if (loss < bound)
                step = whole.shown().stepsDone();
            else
                bound = std::min(bound, whole.trainingLoss());
        }
        QVERIFY(step > before);
        Session session = grown();
        StopWatch watch;
        watch.set({.lossUnder = bound});
        const auto stopped = go(session, watch);
        QVERIFY(stopped && stopped->why == Why::Loss);
        QCOMPARE(stopped->step, step);
        QCOMPARE(stopped->loss, loss);
        session.finish();
        QCOMPARE(session.row()->trainLoss, loss);
    }

    // Breaks where "more than n dead" counts wrongly, or a step is missed.
    void stopsWhereTooManyAreDeadAndAtAStep() {
        Session session = harsh();
        StopWatch watch;
        watch.set({.deadOver = 2});
        const auto stopped = go(session, watch);
        QVERIFY(stopped && stopped->why == Why::Dead);
        QVERIFY(stopped->dead > 2);
        QCOMPARE(session.shown().deadCount(), stopped->dead);
        const std::int64_t step = session.shown().stepsDone();
        session.stepBack();
        QVERIFY(session.shown().deadCount() <= 2);
        session.live();
        watch.set({.atStep = step + 17});
        const auto there = go(session, watch);
        QVERIFY(there && there->why == Why::Step);
        QCOMPARE(session.shown().stepsDone(), step + 17);
        QVERIFY(!go(session, watch, 20)); // it has passed
    }

    // Breaks where a run without a condition stops.
    void nothingSetNeverStops() {
        Session session = harsh();
        StopWatch watch;
        QVERIFY(!go(session, watch, 300));
    }
};

QTEST_GUILESS_MAIN(StopWatchTest)
#include "stop_watch_test.moc"
