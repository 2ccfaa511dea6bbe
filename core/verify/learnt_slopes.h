#pragma once

#include "core/training/trainer.h"

#include <vector>

namespace flatline {

/// PReLU's slopes as they are now, [hidden layer][neuron]; empty where none are learnt.
[[nodiscard]] inline std::vector<std::vector<float>> learntSlopes(const Trainer& trainer) {
    std::vector<std::vector<float>> slopes;
    const std::vector<float> parameters = trainer.parameters();
    for (const Block& block : trainer.network().layout().blocks())
        if (block.kind == BlockKind::Alpha) {
            const auto first = parameters.begin() + static_cast<std::ptrdiff_t>(block.offset);
            slopes.emplace_back(first, first + static_cast<std::ptrdiff_t>(block.size()));
        }
    return slopes;
}

} // namespace flatline
