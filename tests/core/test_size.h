#pragma once

#include <cstdlib>
#include <string_view>

/// How much a test that could go on for ever does.
namespace flatline::fixtures {

/// With FLATLINE_FULL=1 in the environment: the size at which the published figures were measured.
inline bool full() {
    const char* value = std::getenv("FLATLINE_FULL");
    return value != nullptr && std::string_view(value) == "1";
}

inline int size(int usual, int underSanitizers, int whenFull) {
    if (full())
        return whenFull;
    // Set by tests/CMakeLists.txt where sanitizers watch core, which is five to twenty times slower then.
    return std::getenv("FLATLINE_WATCHED") != nullptr ? underSanitizers : usual;
}

} // namespace flatline::fixtures
