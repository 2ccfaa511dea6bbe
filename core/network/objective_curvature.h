#pragma once

#include "core/network/objective.h"

namespace flatline {

/// How the gradient of a loss by the outputs changes along a tangent of the outputs, sample by sample, H_i the second
/// derivative of sample i's loss by its own outputs:
///   product_i = scale * H_i tangent_i
/// All are samples x outputs; the outputs are finite. Samples of infinite loss have no gradient, and here 0.
using OutputCurvature = void (*)(const Batch<double>& outputs, const Targets<double>& targets, double scale,
                                 const Batch<double>& tangent, Batch<double>& product);

/// One for each row of objectiveTable().
[[nodiscard]] OutputCurvature outputCurvature(const ObjectiveRow& objective);

} // namespace flatline
