#pragma once

#include <optional>

namespace flatline {

/// What its owner makes when it first needs it, and what may point into itself: a copy of the owner starts without it
/// and makes its own.
template <class T>
class Scratch : public std::optional<T> {
public:
    Scratch() = default;
    Scratch(const Scratch&)
        : std::optional<T>() {}
    Scratch(Scratch&&) = default;
    Scratch& operator=(const Scratch&) = delete;
    Scratch& operator=(Scratch&&) = default;
    ~Scratch() = default;
};

} // namespace flatline
