#pragma once

#include "ui/predictions/guess.h"

#include <QObject>

#include <optional>
#include <vector>

namespace flatline {

/// The class's guesses beside the lab's predictions and what came of them. It is told of a deed just before it is done,
/// keeps what was predicted then, and reads the outcome off the run's events, which are exact however many steps lie
/// between two frames. It does nothing itself: it wishes. UI thread only.
class GuessBook : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    /// Settles what has come.
    void showFrame(const Frame& frame);

    [[nodiscard]] const std::vector<Guess>& guesses() const { return m_guesses; } ///< in the order they were made
    [[nodiscard]] const Guess* latestKick() const;                                ///< null: none so far
    /// Forgets all but what is waiting.
    void clear();

    /// Whether predictions are kept back until the outcome is there.
    [[nodiscard]] bool hidden() const { return m_hidden; }
    void setHidden(bool hidden);
    /// What the class expects of the next kick.
    [[nodiscard]] std::optional<double> kickGuess() const { return m_kickGuess; }
    void setKickGuess(std::optional<double> guess);

    /// That kick is about to be made in the run that the frame shows.
    void noteKick(const Frame& frame, const ThermalKick& kick);
    /// The neuron's countdown is followed from now on. The frame's analysis knows the step at which it wakes.
    void noteCountdown(const Frame& frame, NeuronId neuron, std::optional<double> guess);
    /// Trains one step at that learning rate, then sets the rate back. The frame is of a paused run, and its analysis
    /// of the same step.
    void tryRate(const Frame& frame, NeuronId neuron, double rate);
    /// Whether a rate is being tried just now.
    [[nodiscard]] bool trying() const { return m_rateBefore.has_value(); }

signals:
    void changed();
    void actionWished(const flatline::Action& action);
    void stepWished();

private:
    [[nodiscard]] Guess begun(const Frame& frame, GuessKind kind) const;
    void add(Guess guess);
    bool settle(Guess& guess, const Snapshot& snapshot);
    void settleKick(Guess& guess, const EventLog& events);
    void endTrial();

    std::vector<Guess> m_guesses;
    std::optional<double> m_kickGuess;
    std::optional<double> m_rateBefore; ///< while a rate is tried: what it was
    bool m_hidden = false;
};

/// The forecast of that kick for the run as the frame shows it; null as long as there is none, or it is of another
/// kick, or something was done to the run since.
[[nodiscard]] const KickForecast* forecastOf(const Frame& frame, const ThermalKick& kick);

} // namespace flatline
