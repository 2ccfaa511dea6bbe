#include "core/data/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace flatline {
namespace {

bool continues(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// The bytes of the sequence that the text begins with, or 0 where it is malformed.
std::size_t sequenceLength(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(0);
    if (lead < 0x80U)
        return 1;
    const std::size_t length = lead >= 0xF0U ? 4 : lead >= 0xE0U ? 3 : 2;
    if (lead < 0xC2U || lead > 0xF4U || text.size() < length)
        return 0;
    for (std::size_t i = 1; i < length; ++i)
        if (!continues(text[i]))
            return 0;
    // The second byte alone decides: too long a form, a surrogate, beyond U+10FFFF.
    const unsigned second = byte(1);
    const bool wrong = (lead == 0xE0U && second < 0xA0U) || (lead == 0xEDU && second >= 0xA0U) ||
                       (lead == 0xF0U && second < 0x90U) || (lead == 0xF4U && second >= 0x90U);
    return wrong ? 0 : length;
}

} // namespace

std::size_t firstInvalidUtf8(std::string_view text) {
    std::size_t i = 0;
    while (i < text.size()) {
        std::uint64_t word = 0;
        if (i + sizeof word <= text.size()) {
            std::memcpy(&word, text.data() + i, sizeof word);
            if ((word & 0x8080808080808080U) == 0) {
                i += sizeof word;
                continue;
            }
        }
        const std::size_t length = sequenceLength(text.substr(i));
        if (length == 0)
            return i;
        i += length;
    }
    return std::string_view::npos;
}

std::size_t characterCount(std::string_view text) {
    return text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues));
}

std::string_view firstCharacters(std::string_view text, std::size_t count) {
    std::size_t end = 0;
    for (std::size_t seen = 0; end < text.size(); ++end)
        if (!continues(text[end]) && seen++ == count)
            break;
    return text.substr(0, end);
}

} // namespace flatline
