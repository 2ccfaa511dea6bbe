#pragma once

#include "core/network/network.h"
#include "core/training/snapshot.h"

#include <memory>
#include <span>

namespace flatline {

/// What the network makes of the plane or line that the data lie in; null where there are more than two
/// features.
[[nodiscard]] std::shared_ptr<const Fields> makeFields(const Network<float>& network, std::span<const float> parameters,
                                                       const Dataset& dataset, std::int64_t step);

/// The same of one hidden neuron alone, however wide its layer: activations[place.layer][place.neuron] has values, no
/// other and no prediction.
[[nodiscard]] std::shared_ptr<const Fields> makeNeuronField(const Network<float>& network,
                                                            std::span<const float> parameters, const Dataset& dataset,
                                                            NeuronPlace place, std::int64_t step);

} // namespace flatline
