#pragma once

#include "ui/fields/frame.h"

namespace flatline {

/// Whether a target (of a kick or a reset) means this neuron.
[[nodiscard]] bool aimsAt(const Target& target, NeuronId id, bool dead);

/// What the frame's analysis says of a neuron; null where it says nothing yet.
[[nodiscard]] const NeuronOutlook* outlookOf(const Frame& frame, NeuronId id);

} // namespace flatline
