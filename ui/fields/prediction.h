#pragma once

#include "ui/views/view.h"

#include <optional>

namespace flatline {

/// Whether a target (of a kick or a reset) means this neuron.
[[nodiscard]] bool aimsAt(const Target& target, NeuronId id, bool dead);

/// How many of the target's dead neurons a kick is expected to wake: the sum of their chances.
struct KickPrediction {
    double revivals = 0.0;
    int dead = 0; ///< of the target
};
/// Nothing as long as the frame's analysis is of another kick.
[[nodiscard]] std::optional<KickPrediction> predictKick(const Frame& frame, const ThermalKick& kick);

/// What the frame's analysis says of a neuron; null where it says nothing yet.
[[nodiscard]] const NeuronOutlook* outlookOf(const Frame& frame, NeuronId id);

} // namespace flatline
