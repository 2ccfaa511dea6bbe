#pragma once

#include "core/network/layout.h"
#include "core/settings/settings.h"

#include <span>
#include <string_view>
#include <vector>

namespace flatline {

/// What an optimizer remembers from step to step. Empty: nothing yet.
struct OptimizerState {
    std::vector<float> velocity;
};

/// One update rule. `next` becomes the new parameters; parameters, gradient and next have one entry a
/// parameter.
struct OptimizerRow {
    const char* id;    ///< the contract's name
    const char* label; ///< translatable
    const char* formula;
    void (*update)(const TrainingSettings& settings, const Layout& layout, std::span<const float> parameters,
                   std::span<const float> gradient, OptimizerState& state, std::span<float> next);
};
[[nodiscard]] std::span<const OptimizerRow> optimizerTable();
[[nodiscard]] const OptimizerRow* findOptimizer(std::string_view id);

} // namespace flatline
