#pragma once

#include "core/data/dataset.h"
#include "core/diagnosis/diagnosis.h"
#include "core/network/network.h"
#include "core/settings/settings.h"

#include <optional>
#include <span>

namespace flatline {

/// The chance that a reset (ResetNeurons) of this neuron alone leaves it above 0 on some training sample: draws of its
/// layer as the initialization makes them, each row a trial, against the inputs that the layer gets now. At least 1,000
/// trials (standard error at most 0.016), seeded. Nothing under batch norm, which a reset starts anew, too, and for
/// activations without a margin.
[[nodiscard]] std::optional<double> redrawChance(const Network<float>& network, std::span<const float> parameters,
                                                 const Split& train, NeuronPlace place,
                                                 const InitializationSettings& initialization, std::int64_t seed);

} // namespace flatline
