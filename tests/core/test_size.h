#pragma once

#include <cstdlib>
#include <string_view>

/// How much a test that could go on for ever does.
namespace flatline::fixtures {

/// Whether sanitizers watch core (tests/CMakeLists.txt says so): it is five to twenty times slower then.
inline bool sanitized() {
    return std::getenv("FLATLINE_WATCHED") != nullptr;
}

/// With FLATLINE_FULL=1 in the environment: the size at which the published figures were measured.
inline bool full() {
    const char* value = std::getenv("FLATLINE_FULL");
    return value != nullptr && std::string_view(value) == "1";
}

inline int size(int usual, int underSanitizers, int whenFull) {
    if (full())
        return whenFull;
    return sanitized() ? underSanitizers : usual;
}

} // namespace flatline::fixtures
