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
/// What the snapshot's intervention of that number is called: "kick σ 1: 12 → 6", "lr 0.3 → 3".
[[nodiscard]] QString markLabel(const Snapshot& snapshot, std::size_t number, MarkWords words);

/// The moment of the past that the snapshot shows, as a plot marks it; nothing where it is the run's last step.
[[nodiscard]] std::optional<PlotCursor> cursorOf(const Snapshot& snapshot);
/// Two snapshots that a chart over the steps draws alike: the same curves, and the same moment marked.
[[nodiscard]] bool sameCurves(const Snapshot& a, const Snapshot& b);

} // namespace flatline
