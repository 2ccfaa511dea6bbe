#pragma once

#include "core/training/snapshot.h"
#include "ui/charts/axis_range.h"

#include <optional>
#include <vector>

namespace flatline {

/// The stretches of steps on which a curve is exactly 0, by rising step: from the first such point to the next other
/// one, or to the curve's end. What a logarithmic axis cannot show, and must be shown as a state.
[[nodiscard]] std::vector<AxisRange> zeroStretches(const Curve& curve);

/// The smallest and largest value above 0 of all curves; nothing where there is none.
[[nodiscard]] std::optional<AxisRange> positiveReach(const std::vector<Curve>& curves);

} // namespace flatline
