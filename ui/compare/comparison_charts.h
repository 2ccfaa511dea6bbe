#pragma once

#include "ui/compare/runs.h"

#include <functional>

namespace flatline {

/// The training losses of all runs on one axis; logarithmic while all are above 0.
[[nodiscard]] PlotContent comparedLoss(const Runs& runs, AxisRange steps);
/// The dead neurons of all layers together.
[[nodiscard]] PlotContent comparedDeaths(const Runs& runs, AxisRange steps);
/// The last step that any of the runs has a point of.
[[nodiscard]] double lastStep(const Runs& runs);

/// A run's curve, dead neurons of all layers together.
[[nodiscard]] Curve deathsOf(const Snapshot& run);
/// The other runs' curves for a view that shows the chosen one: thinner, in their inks, with their letters.
/// `curve` picks one of a run's curves; null where it has none.
[[nodiscard]] std::vector<PlotCurve> otherRuns(const Runs& runs, std::size_t chosen,
                                               const std::function<const Curve*(const Snapshot&)>& curve);

} // namespace flatline
