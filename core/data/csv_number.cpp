#include "core/data/csv_number.h"

#include "core/base/number_text.h"
#include "core/data/csv_scanner.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <optional>

namespace flatline {
namespace {

constexpr std::size_t longestNumber = 400;

std::optional<double> parseWithComma(std::string_view cell) {
    const std::size_t comma = cell.find(',');
    if (comma == std::string_view::npos || cell.size() > longestNumber || cell.find('.') != std::string_view::npos)
        return std::nullopt;
    std::array<char, longestNumber> copy{};
    std::copy(cell.begin(), cell.end(), copy.begin());
    copy[comma] = '.';
    return parseReal({copy.data(), cell.size()});
}

/// A number's characters, of which a double still could not be made.
bool looksLikeNumber(std::string_view cell, bool decimalComma) {
    std::string mantissa(cell.substr(0, cell.find_first_of("eE")));
    if (decimalComma)
        std::replace(mantissa.begin(), mantissa.end(), ',', '.');
    const std::size_t exponent = cell.find_first_of("eE");
    const bool wholeExponent = exponent != std::string_view::npos && parseInteger(cell.substr(exponent + 1));
    return wholeExponent && parseReal(mantissa);
}

} // namespace

CsvNumber parseCsvNumber(std::string_view cell, bool decimalComma) {
    using enum CsvNumber::Kind;
    if (cell.empty())
        return {Empty};
    std::optional<double> value = parseReal(cell);
    if (!value && decimalComma)
        value = parseWithComma(cell);
    if (!value)
        return {looksLikeNumber(cell, decimalComma) ? OutOfRange : NotANumber};
    if (!std::isfinite(*value))
        return {NotFinite};
    if (std::abs(*value) > static_cast<double>(std::numeric_limits<float>::max()))
        return {OutOfRange};
    return {Finite, *value};
}

Message numberMessage(CsvNumber::Kind kind, std::string_view cell, const std::string& column) {
    using enum CsvNumber::Kind;
    struct Row {
        CsvNumber::Kind kind;
        const char* text;
    };
    constexpr std::array rows{
        Row{Empty, FLATLINE_TEXT("an empty cell in column \"%2\"; it needs a value")},
        Row{NotANumber, FLATLINE_TEXT("\"%1\" in column \"%2\" is not a number; write it like 1.5 or -2e3")},
        Row{NotFinite, FLATLINE_TEXT("\"%1\" in column \"%2\" is not a finite number; give it a value, or leave "
                                     "its row out")},
        Row{OutOfRange, FLATLINE_TEXT("\"%1\" in column \"%2\" is out of range; numbers may be from 1e-307 to "
                                      "3.4e38 in size, or 0")},
    };
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const Row& r) { return r.kind == kind; });
    assert(row != rows.end());
    return {row->text, {shownText(cell), shownText(column)}};
}

} // namespace flatline
