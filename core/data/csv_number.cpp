#include "core/data/csv_number.h"

#include "core/base/number_text.h"
#include "core/data/csv_scanner.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstdint>
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

/// What nearly all cells are: digits with at most one point and a sign. With so few digits both the number without its
/// point and the power of ten are exact, so that their quotient is the nearest double, as parseReal has it.
std::optional<double> parsePlain(std::string_view cell, bool decimalComma) {
    constexpr std::array powers{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    constexpr std::size_t mostDigits = powers.size() - 1;
    const bool negative = cell.front() == '-';
    if (negative)
        cell.remove_prefix(1);
    std::int64_t digits = 0;
    std::size_t count = 0;
    std::size_t behindPoint = 0;
    bool point = false;
    for (const char c : cell) {
        if (c >= '0' && c <= '9') {
            digits = 10 * digits + (c - '0');
            behindPoint += point ? 1 : 0;
            if (++count > mostDigits)
                return std::nullopt;
        } else if ((c == '.' || (decimalComma && c == ',')) && !point && count > 0) {
            point = true;
        } else {
            return std::nullopt;
        }
    }
    if (count == 0)
        return std::nullopt;
    const double size = static_cast<double>(digits) / powers[behindPoint];
    return negative ? -size : size;
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
    if (const auto plain = parsePlain(cell, decimalComma))
        return {Finite, *plain};
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
