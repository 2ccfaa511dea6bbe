#pragma once

#include "core/diagnosis/chronicle.h"
#include "core/network/layout.h"
#include "core/training/optimizer.h"

#include <span>

namespace flatline {

/// Starts the masked hidden neurons anew, as ResetNeurons says: their incoming parameters become those of `fresh`
/// (all the network's parameters, newly drawn), their outgoing weights 0 where they lead to a neuron that stays. The
/// optimizer forgets all it knew of these. Returns how many neurons there were.
int resetNeurons(const NeuronMask& mask, const Layout& layout, std::span<const float> fresh,
                 std::span<float> parameters, OptimizerState& state);

} // namespace flatline
