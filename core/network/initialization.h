#pragma once

#include "core/base/random.h"
#include "core/network/layout.h"
#include "core/settings/settings.h"

#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace flatline {

/// One layer's parameters that are to be drawn: weights row by row (a unit's inputs together), a bias a unit.
struct LayerDraw {
    int fanIn = 0;
    int fanOut = 0;
    double gain = 1.0;
    std::span<float> weights;
    std::span<float> biases; ///< 0 before; initialization.bias is added afterwards
};

/// One way to draw starting parameters: a row in initialization.cpp.
struct InitializationRow {
    const char* id;      ///< the contract's name
    const char* label;   ///< translatable
    const char* formula; ///< the distribution, for tooltips
    void (*draw)(const LayerDraw& layer, RandomStream stream);
};
[[nodiscard]] std::span<const InitializationRow> initializationTable();
[[nodiscard]] const InitializationRow* findInitialization(std::string_view id);

/// Draws all parameters: weights (and, where the row says so, biases) times gain; initialization.bias is added to
/// every bias; learnt slopes start at `alpha`, batch norm at gamma 1, beta 0, mean 0, variance 1. Layer k draws from
/// its own substream, so that another width or activation elsewhere leaves its raw draws as they are.
[[nodiscard]] std::vector<float> initialParameters(const Layout& layout, const InitializationSettings& settings,
                                                   double alpha, std::int64_t seed);

/// The same with another stream for the draws: `stream(layer)`.
[[nodiscard]] std::vector<float> drawnParameters(const Layout& layout, const InitializationSettings& settings,
                                                 double alpha, const std::function<RandomStream(int layer)>& stream);

} // namespace flatline
