#pragma once

#include <cstddef>
#include <string_view>

namespace flatline {

/// Where the first byte stands that does not begin a well-formed UTF-8 sequence (RFC 3629: shortest form, no
/// surrogates, up to U+10FFFF), or npos.
[[nodiscard]] std::size_t firstInvalidUtf8(std::string_view text);
/// The number of code points.
[[nodiscard]] std::size_t characterCount(std::string_view text);
/// The first `count` code points, or all.
[[nodiscard]] std::string_view firstCharacters(std::string_view text, std::size_t count);

} // namespace flatline
