#pragma once

#include "ui/charts/plot_content.h"
#include "ui/runs/runs.h"

namespace flatline {

/// The training losses of all runs on one axis; logarithmic while all are above 0.
[[nodiscard]] PlotContent comparedLoss(const Runs& runs, AxisRange steps);
/// The dead neurons of all layers together.
[[nodiscard]] PlotContent comparedDeaths(const Runs& runs, AxisRange steps);
/// The last step that any of the runs has a point of.
[[nodiscard]] double lastStep(const Runs& runs);

/// A run's curve, dead neurons of all layers together.
[[nodiscard]] Curve deathsOf(const Snapshot& run);

} // namespace flatline
