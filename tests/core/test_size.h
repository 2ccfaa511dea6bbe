#pragma once

#include <cstdlib>
#include <string_view>

/// How much a test that could go on for ever does.
namespace flatline::fixtures {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool sanitized = true; ///< built with a sanitizer: five to twenty times slower
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif
#else
inline constexpr bool sanitized = false;
#endif

/// With FLATLINE_FULL=1 in the environment: the size at which the published figures were measured.
inline bool full() {
    const char* value = std::getenv("FLATLINE_FULL");
    return value != nullptr && std::string_view(value) == "1";
}

inline int size(int usual, int underSanitizers, int whenFull) {
    if (full())
        return whenFull;
    return sanitized ? underSanitizers : usual;
}

} // namespace flatline::fixtures
