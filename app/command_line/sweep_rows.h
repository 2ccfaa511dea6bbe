#pragma once

#include "app/command_line/sweep_grid.h"
#include "core/training/observation.h"

#include <string>

namespace flatline {

/// The header with its line's end: the axes' paths, seed, the trace's columns for the deepest network.
[[nodiscard]] std::string sweepHeader(const SweepGrid& grid);

/// A run's row with its line's end: its values, seed, and the trace's cells; empty where it lacks a layer.
[[nodiscard]] std::string sweepRow(const SweepGrid& grid, std::int64_t run, const Observation& last);

/// What its row begins with: the cells of the axes and of the seed, and the commas between them.
[[nodiscard]] std::string sweepKey(const SweepGrid& grid, std::int64_t run);

} // namespace flatline
