#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace flatline {

/// Numbers as files and the command line write them: '.' decimals whatever the locale, the shortest text that
/// reads back to the same value; "inf", "-inf" and "nan" for what is not finite.
[[nodiscard]] std::string toText(float value);
[[nodiscard]] std::string toText(double value);
[[nodiscard]] std::string toText(std::int64_t value);

/// The number that the whole text stands for, or nothing: no blanks, no trailing characters. A leading '+' is
/// accepted. What overflows a double is nothing, too.
[[nodiscard]] std::optional<double> parseReal(std::string_view text);
[[nodiscard]] std::optional<std::int64_t> parseInteger(std::string_view text);

} // namespace flatline
