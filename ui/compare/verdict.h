#pragma once

#include "core/comparison/paired_seeds.h"
#include "ui/runs/runs.h"

namespace flatline {

/// What the comparison shows, and what it does not prove; `pairs` may be null.
struct RunVerdict {
    QString lead; ///< the sentence in bold
    QString rest;
};
[[nodiscard]] RunVerdict comparisonVerdict(const Runs& runs, std::size_t index, const PairReport* pairs);

/// What the runs have in common: "same data, draws and batches; one setting differs".
[[nodiscard]] QString commonText(const Runs& runs);
/// "In lockstep, step 900", or who is still on the way.
[[nodiscard]] QString lockstepText(const Runs& runs);

} // namespace flatline
