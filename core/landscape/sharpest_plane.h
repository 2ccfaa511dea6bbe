#pragma once

#include "core/landscape/plane.h"

namespace flatline {

/// The gradient of the training loss (all samples, evaluation mode, by weights, biases and learnt slopes), and the
/// sharpest direction of computeSharpness made orthogonal to it. Both are as long as the parameters are (1, where those
/// are 0), like random directions over the whole network: at an equal extent, how much steeper the loss is here than
/// there can be seen. Where the gradient is 0, or the loss or its curvature is not finite, random ones, which the
/// remark says.
[[nodiscard]] std::optional<Plane> sharpestPlane(const PlaneChoice& choice, const PlaneContext& context);

} // namespace flatline
