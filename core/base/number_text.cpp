#include "core/base/number_text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace flatline {
namespace {

template <class Number>
std::string shortest(Number value) {
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return {buffer.data(), end.ptr};
}

template <class Number>
std::optional<Number> parseWhole(std::string_view text) {
    if (text.size() > 1 && text.front() == '+' && text[1] != '-' && text[1] != '+')
        text.remove_prefix(1);
    Number value{};
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec != std::errc{} || end.ptr != text.data() + text.size())
        return std::nullopt;
    return value;
}

template <class Real>
std::string realText(Real value) {
    // A NaN's sign means nothing, and not every library prints it alike.
    return std::isnan(value) ? "nan" : shortest(value);
}

} // namespace

std::string toText(float value) {
    return realText(value);
}

std::string toText(double value) {
    return realText(value);
}

std::string toText(std::int64_t value) {
    return shortest(value);
}

std::optional<double> parseReal(std::string_view text) {
    return parseWhole<double>(text);
}

std::optional<std::int64_t> parseInteger(std::string_view text) {
    return parseWhole<std::int64_t>(text);
}

} // namespace flatline
