#include "ui/predictions/guess_book.h"

#include "core/base/number_text.h"
#include "ui/fields/prediction.h"

#include <algorithm>
#include <utility>

namespace flatline {
namespace {

/// The first event that is later than all that the moment knows. Of a moment of the past the log goes on beyond it.
std::size_t eventsUntil(const Snapshot& snapshot) {
    std::size_t count = snapshot.events.size();
    while (snapshot.past && count > 0 && snapshot.events[count - 1].step > snapshot.now.step)
        --count;
    return count;
}

bool isThatKick(const Event& event, const ThermalKick& kick) {
    return event.kind == EventKind::Kick && event.layer == kick.target.layer && event.neuron == kick.target.neuron &&
           event.detail.starts_with("strength=" + toText(kick.strength) + ' ');
}

bool isOf(const Event& event, NeuronId neuron) {
    return event.layer == neuron.layer && event.neuron == neuron.neuron;
}

void settleCountdown(Guess& guess, const EventLog& events) {
    for (std::size_t i = guess.firstEvent; i < events.size(); ++i) {
        if (events[i].kind != EventKind::Revived || !isOf(events[i], guess.neuron))
            continue;
        guess.outcome = static_cast<double>(events[i].step);
        if (events[i].certificate && events[i].certificate->verdict != Verdict::BiasDecay)
            guess.otherCause = events[i].certificate->verdict;
        guess.end = GuessEnd::Settled;
        return;
    }
}

void settleRate(Guess& guess, const Snapshot& snapshot) {
    if (snapshot.now.step <= guess.step) {
        if (snapshot.state == RunState::Diverged)
            guess.end = GuessEnd::Diverged;
        return;
    }
    guess.outcome = 0.0;
    for (std::size_t i = 0; i < snapshot.events.size(); ++i) {
        const Event& event = snapshot.events[i];
        if (event.step == guess.step + 1 && event.kind == EventKind::Died && isOf(event, guess.neuron))
            guess.outcome = 1.0;
    }
    guess.end = GuessEnd::Settled;
}

} // namespace

const KickForecast* forecastOf(const Frame& frame, const ThermalKick& kick) {
    const Analysis* analysis = frame.analysis.get();
    const Snapshot& snapshot = *frame.snapshot;
    if (analysis == nullptr || !analysis->forecast || analysis->kick != kick || analysis->run != snapshot.run)
        return nullptr;
    const std::size_t marks = snapshot.curves ? snapshot.curves->marks.size() : 0;
    const bool sameMoment = snapshot.state == RunState::Running || analysis->step == snapshot.now.step;
    return analysis->marks == marks && sameMoment ? &*analysis->forecast : nullptr;
}

const Guess* GuessBook::latestKick() const {
    const auto latest = std::ranges::find(m_guesses.rbegin(), m_guesses.rend(), GuessKind::KickRevivals, &Guess::kind);
    return latest == m_guesses.rend() ? nullptr : &*latest;
}

void GuessBook::clear() {
    std::erase_if(m_guesses, [](const Guess& one) { return one.end != GuessEnd::Waiting; });
    emit changed();
}

void GuessBook::setHidden(bool hidden) {
    if (std::exchange(m_hidden, hidden) != hidden)
        emit changed();
}

void GuessBook::setKickGuess(std::optional<double> guess) {
    if (std::exchange(m_kickGuess, guess) != guess)
        emit changed();
}

Guess GuessBook::begun(const Frame& frame, GuessKind kind) const {
    const Snapshot& snapshot = *frame.snapshot;
    Guess guess;
    guess.kind = kind;
    guess.run = snapshot.run;
    guess.seed = snapshot.settings.seed;
    guess.step = snapshot.now.step;
    guess.predictedAt = frame.analysis ? frame.analysis->step : snapshot.now.step;
    guess.firstEvent = eventsUntil(snapshot);
    guess.inThePast = snapshot.past && kind != GuessKind::DecayCountdown;
    return guess;
}

void GuessBook::add(Guess guess) {
    m_guesses.push_back(std::move(guess));
    emit changed();
}

void GuessBook::noteKick(const Frame& frame, const ThermalKick& kick) {
    Guess guess = begun(frame, GuessKind::KickRevivals);
    guess.kick = kick;
    guess.guess = std::exchange(m_kickGuess, std::nullopt);
    const Guess* before = latestKick();
    const bool another = before != nullptr && before->end == GuessEnd::Waiting; // the frame does not know of it yet
    const KickForecast* forecast = another ? nullptr : forecastOf(frame, kick);
    if (forecast != nullptr) {
        guess.prediction = forecast->revived.mean();
        guess.low = forecast->revived.quantile(forecastLow);
        guess.high = forecast->revived.quantile(forecastHigh);
        guess.reach = forecast->reach;
    }
    add(std::move(guess));
}

void GuessBook::noteCountdown(const Frame& frame, NeuronId neuron, std::optional<double> guessed) {
    const NeuronOutlook* outlook = outlookOf(frame, neuron);
    Q_ASSERT(outlook != nullptr && outlook->wakesAt);
    Guess guess = begun(frame, GuessKind::DecayCountdown);
    guess.neuron = neuron;
    guess.guess = guessed;
    guess.prediction = guess.low = guess.high = static_cast<double>(*outlook->wakesAt);
    add(std::move(guess));
}

void GuessBook::tryRate(const Frame& frame, NeuronId neuron, double rate) {
    const NeuronOutlook* outlook = outlookOf(frame, neuron);
    Q_ASSERT(outlook != nullptr && !trying());
    Guess guess = begun(frame, GuessKind::LethalRate);
    guess.neuron = neuron;
    guess.guess = rate;
    guess.prediction = 0.0;
    if (outlook->lethal) {
        guess.low = outlook->lethal->low;
        guess.high = outlook->lethal->high;
        guess.prediction = rate >= *guess.low && rate <= *guess.high ? 1.0 : 0.0;
    }
    m_rateBefore = frame.snapshot->settings.training.learningRate;
    add(std::move(guess));
    emit actionWished(SettingChange{"training.learning_rate", rate});
    emit stepWished();
}

void GuessBook::endTrial() {
    const double before = *std::exchange(m_rateBefore, std::nullopt);
    emit actionWished(SettingChange{"training.learning_rate", before});
}

/// Kicks come to pass in the order they were asked for, each once.
void GuessBook::settleKick(Guess& guess, const EventLog& events) {
    for (std::size_t i = guess.firstEvent; i < events.size(); ++i) {
        if (events[i].kind == EventKind::Diverged) // so strong that the parameters overflowed
            guess.end = GuessEnd::Diverged;
        if (guess.end == GuessEnd::Diverged)
            return;
        if (!isThatKick(events[i], guess.kick))
            continue;
        const KickOutcome outcome = kickOutcome(events, i);
        guess.step = outcome.step;
        guess.outcome = outcome.revived;
        guess.died = outcome.died;
        guess.end = GuessEnd::Settled;
        for (Guess& later : m_guesses)
            if (later.end == GuessEnd::Waiting && later.run == guess.run && later.kind == GuessKind::KickRevivals)
                later.firstEvent = std::max(later.firstEvent, i + 1);
        return;
    }
}

bool GuessBook::settle(Guess& guess, const Snapshot& snapshot) {
    if (guess.inThePast && snapshot.run == guess.run)
        return false; // the run that is left has events beyond that moment, too
    if (std::exchange(guess.inThePast, false))
        guess.run = snapshot.run;
    if (snapshot.run != guess.run || std::max(snapshot.head, snapshot.now.step) < guess.step)
        guess.end = GuessEnd::Gone;
    else if (guess.kind == GuessKind::KickRevivals)
        settleKick(guess, snapshot.events);
    else if (guess.kind == GuessKind::DecayCountdown)
        settleCountdown(guess, snapshot.events);
    else
        settleRate(guess, snapshot);
    return guess.end != GuessEnd::Waiting;
}

void GuessBook::showFrame(const Frame& frame) {
    bool news = false;
    for (Guess& guess : m_guesses)
        if (guess.end == GuessEnd::Waiting && settle(guess, *frame.snapshot)) {
            news = true;
            if (guess.kind == GuessKind::LethalRate && trying())
                endTrial();
        }
    if (news)
        emit changed();
}

} // namespace flatline
