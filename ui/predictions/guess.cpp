#include "ui/predictions/guess.h"

#include "core/base/number_text.h"
#include "core/export/csv_cells.h"

#include <array>
#include <cmath>
#include <sstream>

namespace flatline {
namespace {

const std::array kindRows{
    GuessKindRow{GuessKind::KickRevivals, "kick-revivals"},
    GuessKindRow{GuessKind::DecayCountdown, "decay-countdown"},
    GuessKindRow{GuessKind::LethalRate, "lethal-rate"},
};

std::string cell(std::optional<double> number) {
    return number ? toText(*number) : std::string();
}

} // namespace

std::span<const GuessKindRow> guessKindTable() {
    return kindRows;
}

GuessScore scoreOf(const std::vector<Guess>& guesses) {
    GuessScore score;
    for (const Guess& one : guesses) {
        if (one.kind != GuessKind::KickRevivals || !one.outcome || !one.prediction)
            continue;
        ++score.kicks;
        score.inRange += *one.outcome >= *one.low && *one.outcome <= *one.high ? 1 : 0;
        if (!one.guess)
            continue;
        ++score.guesses;
        score.nearer += std::abs(*one.guess - *one.outcome) < std::abs(*one.prediction - *one.outcome) ? 1 : 0;
    }
    return score;
}

std::string guessesCsv(const std::vector<Guess>& guesses) {
    std::ostringstream out;
    CsvRow row(out);
    row.add(
        {"seed", "step", "kind", "guess", "prediction", "low", "high", "outcome", "layer", "neuron", "predicted_at"});
    row.end();
    for (const Guess& one : guesses) {
        const bool placed = one.neuron.layer > 0;
        row.add({countCell(one.seed), countCell(one.step), kindRows[static_cast<std::size_t>(one.kind)].id,
                 cell(one.guess), cell(one.prediction), cell(one.low), cell(one.high), cell(one.outcome),
                 placed ? countCell(one.neuron.layer) : std::string(),
                 placed ? countCell(one.neuron.neuron) : std::string(), countCell(one.predictedAt)});
        row.end();
    }
    return out.str();
}

} // namespace flatline
