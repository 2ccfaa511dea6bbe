#pragma once

#include "core/base/random.h"
#include "core/diagnosis/chronicle.h"
#include "core/network/layout.h"
#include "core/settings/intervention.h"

#include <span>
#include <vector>

namespace flatline {

/// Which hidden neurons the target means; `dead` tells who is dead now.
[[nodiscard]] NeuronMask targetMask(const Target& target, const NeuronMask& dead);

/// Adds N(0, strength^2) to the struck weights and biases. Every one of the network has its own draw, struck or
/// not, so that the same kick strikes a neuron alike whoever else is dead. Returns how many hidden neurons
/// were struck.
int applyKick(const ThermalKick& kick, const NeuronMask& dead, const Layout& layout, RandomStream stream,
              std::span<float> parameters);

} // namespace flatline
