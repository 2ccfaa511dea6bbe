#pragma once

#include "core/data/csv_scanner.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace flatline {

/// The first row of a table.
struct CsvHeader {
    std::vector<std::string> names;
    std::vector<std::size_t> places; ///< where each begins in the text
};

/// Reads the first row. Errors: an empty name, a name twice, more than 256 columns.
[[nodiscard]] Result<CsvHeader> readCsvHeader(CsvScanner& scanner);

/// The number of the column of that name, or the last column's where it is empty. Errors: there is none, or
/// no other column beside it.
[[nodiscard]] Result<std::size_t> findTarget(const CsvScanner& scanner, const CsvHeader& header,
                                             std::string_view target);

/// Without blanks (spaces and TABs) at either end.
[[nodiscard]] std::string_view trimmed(std::string_view text);

} // namespace flatline
