#pragma once

#include "ui/charts/marks.h"
#include "ui/timeline/timeline_model.h"

#include <QString>

/// What the timeline says, beside its signs, in its tooltips and to a screen reader.
namespace flatline {

/// "14 deaths", and where it is asked for "14 deaths in 5 steps".
[[nodiscard]] QString burstText(const EventLog& events, const DeathBurst& burst, bool inSteps);
/// "kick σ 1: 12 → 6", "L2·3 revived", "4 changes".
[[nodiscard]] QString signText(const Snapshot& snapshot, const TimelineMark& mark, MarkWords words);
/// Every event of a sign, a line each, as far as there is room: step, neuron, cause.
[[nodiscard]] QString signTip(const Snapshot& snapshot, const TimelineMark& mark);
/// Where the view stands in the run, and what has happened in it, in two sentences.
[[nodiscard]] QString timelineSummary(const Snapshot& snapshot);
/// "12 of 200 MB".
[[nodiscard]] QString historyText(const HistoryUse& use);
[[nodiscard]] qint64 megabytes(qint64 bytes); ///< of 2^20, rounded up

} // namespace flatline
