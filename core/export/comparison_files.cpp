#include "core/export/comparison_files.h"

#include "core/export/csv_cells.h"

namespace flatline {
namespace {

std::string optionalCell(const std::optional<double>& value) {
    return value ? realCell(*value) : std::string();
}

void addOutcome(CsvRow& row, const Outcome& outcome) {
    row.add({countCell(outcome.dead), lossCell(outcome.trainLoss),
             outcome.testLoss ? lossCell(*outcome.testLoss) : std::string(), optionalCell(outcome.trainAccuracy),
             optionalCell(outcome.testAccuracy), outcome.diverged ? "true" : "false"});
}

} // namespace

void writeRescue(std::ostream& out, const RescueReport& report, std::int64_t firstSeed) {
    CsvRow row(out);
    row.add({"cure", "seed", "fork_step", "steps", "dead_at_fork", "recovered", "died_anew", "dead_at_end",
             "train_loss", "test_loss", "train_accuracy", "test_accuracy", "diverged"});
    row.end();
    for (const RescueRow& cure : report.rows)
        for (std::size_t i = 0; i < cure.outcomes.size(); ++i) {
            const CureOutcome& outcome = cure.outcomes[i];
            row.add({cure.cure->id, countCell(firstSeed + static_cast<std::int64_t>(i)), countCell(report.step),
                     countCell(report.steps), countCell(outcome.deadAtFork), countCell(outcome.recovered),
                     countCell(outcome.diedAnew)});
            addOutcome(row, outcome.end);
            row.end();
        }
}

void writePairs(std::ostream& out, const PairReport& report) {
    CsvRow row(out);
    row.add({"seed", "steps"});
    for (const std::string run : {"a", "b"})
        for (const char* figure : {"dead", "train_loss", "test_loss", "train_accuracy", "test_accuracy", "diverged"})
            row.add(run + '_' + figure);
    row.end();
    for (const PairOutcome& pair : report.outcomes) {
        row.add({countCell(pair.seed), countCell(report.steps)});
        addOutcome(row, pair.first);
        addOutcome(row, pair.second);
        row.end();
    }
}

} // namespace flatline
