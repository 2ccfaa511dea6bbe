#pragma once

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/diagnosis/chronicle.h"
#include "core/network/layout.h"
#include "core/settings/intervention.h"

#include <span>
#include <vector>

namespace flatline {

/// Which hidden neurons the target means; `dead` tells who is dead now.
[[nodiscard]] NeuronMask targetMask(const Target& target, const NeuronMask& dead);

/// The error names the layer or neuron that the network does not have.
[[nodiscard]] Result<void> checkTarget(const Target& target, const std::vector<int>& hidden);

/// Adds N(0, strength^2) to the struck parameters. Every parameter of the network has its own draw, struck or
/// not, so that the same kick strikes a neuron alike whoever else is dead. Returns how many hidden neurons
/// were struck.
int applyKick(const ThermalKick& kick, const NeuronMask& dead, const Layout& layout, RandomStream stream,
              std::span<float> parameters);

} // namespace flatline
