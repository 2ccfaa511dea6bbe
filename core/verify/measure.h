#pragma once

#include "core/verify/expression.h"
#include "core/verify/function.h"
#include "core/verify/quantity.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace flatline {

/// A measure that has been looked up in the tables: what is to be read from which run at which steps, and how the value
/// is made of that. Immutable; any thread.
class Measure {
public:
    /// `runs`: their names; `steps`: how far each is trained. Errors: BadInput, `where` the column ("column 7"): the
    /// text is no expression, or there is no such run, quantity, function or step.
    [[nodiscard]] static Result<Measure> create(std::string_view text, const std::vector<std::string>& runs,
                                                std::int64_t steps);

    /// What a run has to be watched for and to keep.
    [[nodiscard]] const RunDemand& demand(std::size_t run) const { return m_demands[run]; }
    /// Whether each hidden layer asked for is there. Errors: BadInput, `where` the column.
    [[nodiscard]] Result<void> checkLayers(std::size_t run, int hiddenLayers) const;

    /// What has been read of the runs.
    class Readings;

    /// Reads what is asked for of that run at the step that it has reached; steps come in order, from 0 on.
    void read(std::size_t run, MeasuredRun& from, Readings& into) const;
    /// The run has diverged: what would have been read later is not a number, but for what can still be said.
    void readDiverged(std::size_t run, MeasuredRun& from, Readings& into) const;
    /// All runs have come to their end. Not a number where something it needs is not: read too late, after a run
    /// diverged, or of no meaning in it.
    [[nodiscard]] double value(std::span<MeasuredRun* const> runs, const Readings& readings) const;

private:
    /// One quantity of one run, at one step or at all of them.
    struct Reading {
        std::size_t run = 0;
        FoundQuantity quantity;
        bool everyStep = false;
        std::int64_t step = 0;
        int column = 1;
    };
    /// The expression, with everything found in the tables.
    struct Node {
        enum class Kind { Number, Reading, Operator, Numbers, Steps, Runs };
        Kind kind = Kind::Number;
        double number = 0.0;
        std::size_t reading = 0; ///< of Reading and Steps
        char sign = '+';         ///< of Operator
        const NumberFunction* ofNumbers = nullptr;
        const StepsFunction* ofSteps = nullptr;
        const RunsFunction* ofRuns = nullptr;
        std::vector<std::size_t> runs = {}; ///< of Runs
        std::vector<Node> arguments = {};   ///< that are numbers
    };
    class Builder;
    class Valuation;

    Node m_root;
    std::vector<Reading> m_readings;
    std::vector<RunDemand> m_demands;
};

class Measure::Readings {
private:
    friend class Measure;
    std::vector<std::vector<double>> m_values; ///< by reading: one value, or one a step
};

} // namespace flatline
