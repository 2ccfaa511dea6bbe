#pragma once

#include "core/comparison/paired_seeds.h"
#include "core/comparison/rescue.h"

#include <iosfwd>

/// Comparisons as CSV, by the rules of csv_files.h.
namespace flatline {

/// A row a seed and cure; cures that could not be tried, or were in force already, have none.
void writeRescue(std::ostream& out, const RescueReport& report, std::int64_t firstSeed);
/// A row a seed: the first run's figures, then the second's.
void writePairs(std::ostream& out, const PairReport& report);

} // namespace flatline
