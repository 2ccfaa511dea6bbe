#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace flatline {

/// A CSV table of numbers with one column, the target, that may be text.
struct CsvTable {
    std::vector<std::string> featureNames;
    std::string targetName;
    std::vector<double> features; ///< rows x features, one row after the other
    /// The target's distinct cells, in order of first appearance, and each row's number among them. Where all
    /// of them are numbers, cells of the same value count as one.
    std::vector<std::string> targetTexts;
    std::vector<int> targets;
    std::vector<double> targetNumbers; ///< of targetTexts; empty where not all are numbers
    std::string targetPlace;           ///< FILE:LINE:COLUMN of the first target that is no number, else of its name
};

/// Reads a whole table: a row of column names, then rows of finite numbers in single precision's range, with
/// '.' decimals, or ',' decimals where ',' does not separate cells. Blanks around a cell do not count. The
/// target is the column of that name, the last one where it is empty. Besides the scanner's, errors with
/// FILE:LINE:COLUMN: empty or double names, no such target, a single column, too many columns or rows, no
/// rows, rows of another length, empty cells, cells that are no such numbers.
[[nodiscard]] Result<CsvTable> readCsv(std::string_view text, const std::string& fileName, std::string_view target);

} // namespace flatline
