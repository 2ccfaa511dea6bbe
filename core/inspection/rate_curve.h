#pragma once

#include "core/diagnosis/evaluation.h"
#include "core/inspection/inspection.h"

#include <span>
#include <vector>

namespace flatline {

/// `move`: what the step does to each parameter, per unit of the learning rate. `rate`: the one set. The curve reaches
/// as far as is needed to see where the neuron dies, at most a thousand times the rate set.
[[nodiscard]] RateCurve rateCurve(const Network<float>& network, Evaluator& evaluator, std::span<const float> before,
                                  std::span<const float> move, NeuronPlace place, double rate);

/// z of one neuron on every sample, in their order.
[[nodiscard]] std::vector<float> preActivations(const Network<float>& network, Evaluator& evaluator,
                                                std::span<const float> parameters, NeuronPlace place);

} // namespace flatline
