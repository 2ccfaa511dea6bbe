#pragma once

#include "ui/charts/plot_content.h"
#include "ui/runs/runs.h"

#include <functional>
#include <vector>

namespace flatline {

/// The other runs' curves for a view that shows the chosen one: thinner, in their inks, with their letters.
/// `curve` picks one of a run's curves; null where it has none.
[[nodiscard]] std::vector<PlotCurve> otherRuns(const Runs& runs, std::size_t chosen,
                                               const std::function<const Curve*(const Snapshot&)>& curve);

} // namespace flatline
