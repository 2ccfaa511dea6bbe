#pragma once

#include "core/training/snapshot.h"
#include "ui/charts/plot_content.h"

#include <cstddef>
#include <vector>

namespace flatline {

/// Which of a run's losses.
enum class LossOf { Train, Test };

/// The stretches of steps on which the loss was infinite, by rising step: from the first such row to the next finite
/// one. Those too close together to be told apart are one; at most `most`.
[[nodiscard]] std::vector<AxisRange> infiniteStretches(const Snapshot& snapshot, LossOf which, std::size_t most);

/// The curve's points between the stretches, in order; pieces without any point are left out.
[[nodiscard]] std::vector<Curve> piecesBetween(const Curve& curve, const std::vector<AxisRange>& stretches);

/// How many samples' loss was infinite at that step; 0 for a finite loss.
[[nodiscard]] std::int64_t infiniteSamplesAt(const Snapshot& snapshot, LossOf which, double step);

} // namespace flatline
