#pragma once

#include "core/network/layout.h"
#include "core/settings/settings.h"

#include <span>
#include <string_view>
#include <vector>

namespace flatline {

/// One way to draw starting weights: a row in initialization.cpp.
struct InitializationRow {
    const char* id;      ///< the contract's name
    const char* label;   ///< translatable
    const char* formula; ///< the variance, for tooltips
    bool normal;         ///< N(0, variance); else uniform with the same variance
    double (*variance)(int fanIn, int fanOut);
};
[[nodiscard]] std::span<const InitializationRow> initializationTable();
[[nodiscard]] const InitializationRow* findInitialization(std::string_view id);

/// Draws all parameters: weights by the row times gain, biases constant. Layer k draws from its own
/// substream, so that another width or activation elsewhere leaves its raw draws as they are.
[[nodiscard]] std::vector<float> initialParameters(const Layout& layout, const InitializationSettings& settings,
                                                   std::int64_t seed);

} // namespace flatline
