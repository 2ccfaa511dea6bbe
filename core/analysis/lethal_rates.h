#pragma once

#include "core/analysis/outlook.h"
#include "core/network/network.h"

#include <optional>
#include <span>
#include <vector>

namespace flatline {

/// For every hidden neuron, [layer][neuron], the learning rates at which a step along `move` (the change of each
/// parameter per unit of learning rate) would leave z <= 0 on all training samples; nothing where there are none, and
/// nothing where z or the move is not finite. See computeOutlook for the formula.
[[nodiscard]] std::vector<std::vector<std::optional<LethalRates>>> lethalRates(const Network<float>& network,
                                                                               std::span<const float> parameters,
                                                                               std::span<const float> move,
                                                                               const Split& train);

} // namespace flatline
