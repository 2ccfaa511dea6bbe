#pragma once

#include "core/verify/measured_run.h"
#include "core/verify/quantity.h"

#include <span>
#include <string_view>

namespace flatline {

/// A function of numbers: max(x, y).
struct NumberFunction {
    const char* id;
    const char* usage;   ///< as one writes it
    const char* meaning; ///< translatable
    std::size_t least;   ///< arguments
    std::size_t most;
    double (*value)(std::span<const double> arguments);
};
[[nodiscard]] std::span<const NumberFunction> numberFunctionTable();

/// A function of a quantity of one run at all steps, from step 0 to the claim's last, then of numbers:
/// highest(RUN.NAME).
struct StepsFunction {
    const char* id;
    const char* usage;
    const char* meaning;
    std::size_t numbers;
    /// values[i]: after i steps; as many as were asked for.
    double (*value)(std::span<const double> values, std::span<const double> numbers);
};
[[nodiscard]] std::span<const StepsFunction> stepsFunctionTable();

/// A function of runs at their end, then of numbers: differences(RUN, RUN).
struct RunsFunction {
    const char* id;
    const char* usage;
    const char* meaning;
    std::size_t runs;
    std::size_t numbers;
    double (*value)(std::span<MeasuredRun* const> runs, std::span<const double> numbers);
    RunDemand demand = {};
};
[[nodiscard]] std::span<const RunsFunction> runsFunctionTable();

} // namespace flatline
