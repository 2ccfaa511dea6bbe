#pragma once

#include "core/training/snapshot.h"
#include "ui/charts/plot_content.h"

#include <vector>

namespace flatline {

/// How much a mark's label says: "kick", or "kick σ 1: 12 → 6".
enum class MarkWords { Short, Full };

/// The snapshot's interventions as a plot marks them: kicks, resets, warmings and changed settings. A learning rate
/// that was raised and later lowered again is one tinted stretch.
[[nodiscard]] std::vector<PlotMark> plotMarks(const Snapshot& snapshot, MarkWords words);

} // namespace flatline
