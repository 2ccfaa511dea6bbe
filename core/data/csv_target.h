#pragma once

#include "core/base/result.h"
#include "core/data/csv_reader.h"
#include "core/data/raw_data.h"

#include <string_view>

namespace flatline {

/// More distinct numbers than this are a regression's, where the output is left open.
inline constexpr std::size_t mostNumericClasses = 20;
/// More classes than this are a mistake (a column of names or dates), and would need as many outputs.
inline constexpr std::size_t mostClasses = 1000;

/// Decides what a table's target means. Numbers throughout are a regression where the output is "linear", or
/// is left out (empty) and there are more than 20 distinct ones; else the cells are classes, in order of
/// first appearance. Error: more than 1000 classes.
[[nodiscard]] Result<RawData> interpretTarget(CsvTable table, std::string_view output);

/// The cells are classes, whatever they look like.
[[nodiscard]] Result<RawData> asClasses(CsvTable table);

} // namespace flatline
