#pragma once

#include "app/command_line/sweep_grid.h"
#include "app/command_line/sweep_options.h"

namespace flatline {

/// Writes F.csv.provenance.json beside a sweep's file: the first run's experiment, and what was varied, as the options
/// take it. While the rows come it has no hash yet. Errors: File.
Result<void> beginSweepOrigin(const SweepGrid& grid, const SweepOptions& options);
/// The same with the file's hash.
Result<void> endSweepOrigin(const SweepGrid& grid, const SweepOptions& options, bool complete);

/// Whether the rows that are there come from the same experiment and number of steps, as far as the provenance beside
/// them can be read. Errors: BadInput.
[[nodiscard]] Result<void> checkSweepOrigin(const SweepGrid& grid, const SweepOptions& options);

} // namespace flatline
