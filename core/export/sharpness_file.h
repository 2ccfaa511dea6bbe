#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <span>

namespace flatline {

/// How sharply the training loss bends at a step.
struct SharpnessRow {
    std::int64_t step = 0;
    std::optional<double> sharpness; ///< the Hessian's largest eigenvalue; nothing where loss or Hessian is not finite
    double learningRate = 0.0;       ///< in force at that step
};

/// sharpness: step,sharpness,two_over_learning_rate. An empty cell where there is no sharpness; inf for a rate of 0.
void writeSharpness(std::ostream& out, std::span<const SharpnessRow> rows);

} // namespace flatline
