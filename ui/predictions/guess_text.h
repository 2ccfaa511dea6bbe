#pragma once

#include "core/analysis/kick_forecast.h"
#include "ui/predictions/guess.h"

#include <QString>
#include <QStringList>

/// Predictions, guesses and outcomes in words.
namespace flatline {

[[nodiscard]] QString forecastText(const KickForecast& forecast);      ///< "2.3 of 7"
[[nodiscard]] QString forecastRangeText(const KickForecast& forecast); ///< "0 to 5"
/// What the prediction means, how it was made, and the chance of each number.
[[nodiscard]] QString forecastHelp(const KickForecast& forecast, std::int64_t step);
[[nodiscard]] QString lethalText(const std::optional<LethalRates>& lethal); ///< "from 7.4 on", "none: immune"
[[nodiscard]] QString targetName(const Target& target);                     ///< "dead neurons", "layer 2", "L1·3"
[[nodiscard]] QString kickText(const ThermalKick& kick); ///< "Kick of σ 0.5 on dead neurons, weights and bias"

/// "Guess 3 · predicted 2.3 (0–5) · came back 4"
[[nodiscard]] QString kickResultText(const Guess& kick);
/// A guess in the table of all of them: its step, the question, guess, prediction (unless it is still kept back) and
/// outcome. `now`: the run's step, for what is still waiting.
[[nodiscard]] QStringList guessCells(const Guess& guess, bool hidden, std::int64_t now);
[[nodiscard]] QString scoreText(const GuessScore& score); ///< empty: there is nothing to count yet
/// At which steps: of the kick, and of the network that the prediction was made from.
[[nodiscard]] QString kickResultHelp(const Guess& kick);

} // namespace flatline
