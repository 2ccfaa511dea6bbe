#pragma once

#include "core/base/result.h"

#include <string>
#include <string_view>

namespace flatline {

/// What a table's cell means as a number.
struct CsvNumber {
    enum class Kind { Finite, Empty, NotANumber, NotFinite, OutOfRange };
    Kind kind = Kind::Finite;
    double value = 0.0; ///< Finite only
};

/// The cell must be without blanks at its ends. Out of range: larger than single precision holds, or too close
/// to 0 for a double. decimalComma: "1,5" is 1.5; "1.5" is, too.
[[nodiscard]] CsvNumber parseCsvNumber(std::string_view cell, bool decimalComma);

/// The message for a kind other than Finite, for a cell of that column.
[[nodiscard]] Message numberMessage(CsvNumber::Kind kind, std::string_view cell, const std::string& column);

} // namespace flatline
