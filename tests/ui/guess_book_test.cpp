#include "neuron_run.h"
#include "ui/predictions/guess_book.h"
#include "ui/predictions/guess_text.h"

#include <QLocale>
#include <QSignalSpy>
#include <QTest>

using namespace flatline;

namespace {

std::string kickDetail(double strength) {
    return "strength=" + std::string(strength == 0.5 ? "0.5" : "2") + " target=dead neurons=4 parameters=both";
}

/// The same run later on, with those events and marks added.
Frame later(const Frame& frame, std::int64_t step, const std::vector<Event>& events = {}) {
    auto snapshot = std::make_shared<Snapshot>(*frame.snapshot);
    snapshot->now.step = step;
    auto curves = std::make_shared<Curves>(snapshot->curves ? *snapshot->curves : Curves{});
    for (const Event& event : events) {
        snapshot->events.append(event);
        if (event.kind == EventKind::Kick)
            curves->marks.push_back({event.step, ThermalKick{}, 0, 0});
    }
    snapshot->curves = curves;
    Frame next = frame;
    next.snapshot = snapshot;
    return next;
}

Event kickEvent(std::int64_t step, double strength = 0.5) {
    return {step, 0, 0, EventKind::Kick, {}, kickDetail(strength)};
}
Event change(std::int64_t step, int layer, int neuron, EventKind kind) {
    return {step, layer, neuron, kind};
}

} // namespace

class GuessBookTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where the guess, the prediction before the kick, or what the kick did is not what the row says.
    void aKickIsSettledByItsEvents() {
        GuessBook book;
        QSignalSpy changed(&book, &GuessBook::changed);
        book.setKickGuess(3.0);
        book.noteKick(test::neuronFrame(), {});
        QVERIFY(book.latestKick()->end == GuessEnd::Waiting);
        const Frame after = later(test::neuronFrame(), 905,
                                  {change(901, 1, 2, EventKind::Died), kickEvent(902),
                                   change(902, 1, 1, EventKind::Revived), change(902, 2, 1, EventKind::Revived),
                                   change(902, 1, 3, EventKind::Died), change(903, 1, 4, EventKind::Revived)});
        book.showFrame(later(test::neuronFrame(), 901)); // it has not been made yet
        QVERIFY(book.latestKick()->end == GuessEnd::Waiting);
        changed.clear();
        book.showFrame(after);
        QCOMPARE(changed.count(), 1);
        const Guess& kick = *book.latestKick();
        QVERIFY(kick.end == GuessEnd::Settled);
        QCOMPARE(kick.step, std::int64_t{902});
        QCOMPARE(kick.predictedAt, std::int64_t{900});
        QCOMPARE(kick.guess, std::optional(3.0));
        QCOMPARE(kick.prediction, std::optional(2.0));
        QVERIFY(kick.low == std::optional(1.0) && kick.high == std::optional(3.0));
        QCOMPARE(kick.outcome, std::optional(2.0));
        QCOMPARE(kick.died, 1);
        QCOMPARE(kickResultText(kick), QStringLiteral("Guess 3 · predicted 2.0 (1–3) · came back <b>2</b> · died 1"));
        QVERIFY(kickResultHelp(kick).contains("at step 902") && kickResultHelp(kick).contains("after step 900"));
    }

    // Breaks where two kicks made before the next frame share an outcome, or the second is given the prediction of a
    // network that it did not meet; or where another kick, of the experiment's own, is taken for one made by hand.
    void everyKickHasItsOwnOutcome() {
        GuessBook book;
        book.noteKick(test::neuronFrame(), {});
        book.noteKick(test::neuronFrame(), {});
        QVERIFY(book.guesses()[0].prediction.has_value() && !book.guesses()[1].prediction.has_value());
        book.showFrame(
            later(test::neuronFrame(), 900,
                  {kickEvent(900, 2.0), change(900, 1, 1, EventKind::Revived), kickEvent(900),
                   change(900, 2, 1, EventKind::Revived), change(900, 2, 4, EventKind::Revived), kickEvent(900)}));
        QCOMPARE(book.guesses()[0].outcome, std::optional(2.0));
        QCOMPARE(book.guesses()[1].outcome, std::optional(0.0));
        QVERIFY(kickResultHelp(book.guesses()[1]).contains("no prediction"));
    }

    // Breaks where a forecast that is no longer of this network, or of another kick, is taken for a prediction.
    void onlyAForecastOfThisMoment() {
        const Frame frame = test::neuronFrame();
        QVERIFY(forecastOf(frame, {}) != nullptr);
        QVERIFY(forecastOf(frame, {0.5, {Target::Kind::Layer, 1, 0}, KickedParameters::Both}) == nullptr);
        QVERIFY(forecastOf(later(frame, 901), {}) == nullptr);
        QVERIFY(forecastOf(later(frame, 900, {kickEvent(900)}), {}) == nullptr);
        Frame running = later(frame, 907); // some steps behind, and the row will say so
        auto snapshot = std::make_shared<Snapshot>(*running.snapshot);
        snapshot->state = RunState::Running;
        running.snapshot = snapshot;
        QVERIFY(forecastOf(running, {}) != nullptr);
        auto other = std::make_shared<Snapshot>(*snapshot);
        ++other->run;
        running.snapshot = other;
        QVERIFY(forecastOf(running, {}) == nullptr);
    }

    // Breaks where a kick at a moment of the past, from which a new run goes on, is given up with the run it left, or
    // is taken for one that the old run had later.
    void aKickInThePast() {
        GuessBook book;
        Frame past =
            later(test::neuronFrame(), 900, {kickEvent(800), kickEvent(950), change(950, 1, 1, EventKind::Revived)});
        auto snapshot = std::make_shared<Snapshot>(*past.snapshot);
        snapshot->past = true;
        snapshot->head = 1000;
        past.snapshot = snapshot;
        book.noteKick(past, {});
        book.showFrame(past); // the branch is still to come
        QVERIFY(book.latestKick()->end == GuessEnd::Waiting);
        Frame branch =
            later(test::neuronFrame(), 900, {kickEvent(800), kickEvent(900), change(900, 2, 1, EventKind::Revived)});
        auto anew = std::make_shared<Snapshot>(*branch.snapshot);
        ++anew->run;
        branch.snapshot = anew;
        book.showFrame(branch);
        QVERIFY(book.latestKick()->end == GuessEnd::Settled);
        QCOMPARE(book.latestKick()->step, std::int64_t{900});
        QCOMPARE(book.latestKick()->outcome, std::optional(1.0));
    }

    // Breaks where what can no longer come is waited for.
    void theEndOfARunIsTheEndOfItsGuesses() {
        GuessBook book;
        const Frame frame = test::neuronFrame();
        book.noteKick(frame, {});
        book.showFrame(later(frame, 900, {{900, 0, 0, EventKind::Diverged}}));
        QVERIFY(book.latestKick()->end == GuessEnd::Diverged);
        book.noteKick(frame, {});
        Frame anew = later(frame, 0);
        auto snapshot = std::make_shared<Snapshot>(*anew.snapshot);
        ++snapshot->run;
        anew.snapshot = snapshot;
        book.showFrame(anew);
        QVERIFY(book.latestKick()->end == GuessEnd::Gone);
        book.noteKick(frame, {});
        book.showFrame(later(frame, 880)); // gone back, and on from there
        QVERIFY(book.latestKick()->end == GuessEnd::Gone);
        book.noteKick(frame, {});
        book.clear();
        QCOMPARE(book.guesses().size(), std::size_t{1}); // what is waiting stays
    }

    // Breaks where the table that is copied follows the locale, loses a column, or writes something for what there is
    // not.
    void theTableReadsEverywhere() {
        QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
        Guess kick;
        kick.seed = 7;
        kick.step = 1200;
        kick.predictedAt = 1198;
        kick.guess = 3.0;
        kick.prediction = 2.25;
        kick.low = 0.0;
        kick.high = 5.0;
        kick.outcome = 4.0;
        kick.end = GuessEnd::Settled;
        Guess rate;
        rate.kind = GuessKind::LethalRate;
        rate.step = 5;
        rate.neuron = {1, 2};
        rate.guess = 0.5;
        rate.prediction = 0.0;
        const std::string csv = guessesCsv({kick, rate});
        QLocale::setDefault(QLocale::c());
        QCOMPARE(csv, std::string("seed,step,kind,guess,prediction,low,high,outcome,layer,neuron,predicted_at\r\n"
                                  "7,1200,kick-revivals,3,2.25,0,5,4,,,1198\r\n"
                                  "0,5,lethal-rate,0.5,0,,,,1,2,0\r\n"));
    }

    // Breaks where the score counts what was not predicted, guessed, or is not there yet.
    void theScore() {
        Guess inRange;
        inRange.prediction = 2.0;
        inRange.low = 1.0;
        inRange.high = 3.0;
        inRange.outcome = 3.0;
        inRange.guess = 3.0; // nearer
        Guess outside = inRange;
        outside.outcome = 4.0;
        outside.guess = 1.0;
        Guess unguessed = inRange;
        unguessed.guess.reset();
        Guess waiting = inRange;
        waiting.outcome.reset();
        const GuessScore score = scoreOf({inRange, outside, unguessed, waiting});
        QCOMPARE(score.kicks, 3);
        QCOMPARE(score.inRange, 2);
        QCOMPARE(score.guesses, 2);
        QCOMPARE(score.nearer, 1);
        QVERIFY(scoreText({}).isEmpty());
        QVERIFY(scoreText(score).contains("2 of 3") && scoreText(score).contains("1 of 2"));
    }

    // Breaks where a hidden prediction stands in the table before its outcome, or a step is rounded.
    void whatTheTableSays() {
        Guess countdown;
        countdown.kind = GuessKind::DecayCountdown;
        countdown.neuron = {1, 3};
        countdown.guess = 12345.0;
        countdown.prediction = countdown.low = countdown.high = 12347.0;
        QCOMPARE(guessCells(countdown, true, 12001)[3], QStringLiteral("hidden"));
        QCOMPARE(guessCells(countdown, true, 12001)[4], QStringLiteral("waiting, step 12001"));
        QCOMPARE(guessCells(countdown, false, 12001)[3], QStringLiteral("12347"));
        countdown.outcome = 12300.0;
        countdown.otherCause = Verdict::Kick;
        countdown.end = GuessEnd::Settled;
        const QStringList cells = guessCells(countdown, true, 12400);
        QCOMPARE(cells[2], QStringLiteral("12345"));
        QCOMPARE(cells[3], QStringLiteral("12347"));
        QCOMPARE(cells[4], QStringLiteral("12300, Kick"));
    }
};

QTEST_MAIN(GuessBookTest)
#include "guess_book_test.moc"
