#pragma once

#include "core/settings/intervention.h"
#include "ui/fields/frame.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace flatline {

enum class GuessKind {
    KickRevivals,   ///< how many a kick wakes
    DecayCountdown, ///< at which step bias decay wakes a neuron
    LethalRate,     ///< whether a learning rate kills a neuron in the next step
};
struct GuessKindRow {
    GuessKind kind;
    const char* id; ///< as files have it: "kick-revivals"
};
[[nodiscard]] std::span<const GuessKindRow> guessKindTable(); ///< in the order of GuessKind

/// How far a guess has come.
enum class GuessEnd {
    Waiting,
    Settled,  ///< the outcome is there
    Diverged, ///< the training diverged instead
    Gone,     ///< the run was started anew, or went back, before there was an outcome
};

/// What the class guessed, what the lab predicted, and what came, of one question. Figures by kind:
///                   guess         prediction                  low, high                   outcome
///   KickRevivals    revivals      mean                        5 % and 95 % of the chances  revivals
///   DecayCountdown  step          step                        the step                     step
///   LethalRate      rate tried    1: it kills, 0: it does not  lethal rates; none: immune   1: it died, 0: it did not
struct Guess {
    GuessKind kind = GuessKind::KickRevivals;
    std::uint64_t run = 0;
    std::int64_t seed = 0;
    std::int64_t step = 0;        ///< a kick's; else at which it was asked
    std::int64_t predictedAt = 0; ///< the prediction is made from the network after that step
    NeuronId neuron;              ///< none for a kick
    ThermalKick kick;             ///< of a kick
    int reach = 0;                ///< of a kick: dead neurons that it could wake
    std::optional<double> guess;
    std::optional<double> prediction; ///< nothing: it was not ready
    std::optional<double> low;
    std::optional<double> high;
    std::optional<double> outcome;
    int died = 0;                      ///< of a kick: neurons that it killed
    std::optional<Verdict> otherCause; ///< a countdown: what woke the neuron, where it was not the decay of its bias
    GuessEnd end = GuessEnd::Waiting;
    std::size_t firstEvent = 0; ///< of the run's events, from which on the outcome is looked for
    bool inThePast = false;     ///< a deed at a moment of the past: a new run goes on from there
};

/// Of the settled kicks.
struct GuessScore {
    int kicks = 0;   ///< that were predicted
    int inRange = 0; ///< whose outcome lay in the predicted range
    int guesses = 0; ///< of these kicks, those with a guess as well
    int nearer = 0;  ///< guesses that were nearer to the outcome than the prediction
};
[[nodiscard]] GuessScore scoreOf(const std::vector<Guess>& guesses);

/// All of them as CSV: seed, step, kind, guess, prediction, low, high, outcome, layer, neuron, predicted_at.
[[nodiscard]] std::string guessesCsv(const std::vector<Guess>& guesses);

} // namespace flatline
