#pragma once

#include "core/diagnosis/evaluation.h"
#include "core/inspection/inspection.h"
#include "core/training/trainer.h"

#include <atomic>
#include <optional>
#include <span>
#include <vector>

namespace flatline {

/// `move`: what the step does to each parameter, per unit of the learning rate. `rate`: the one set. The curve reaches
/// as far as is needed to see where the neuron dies, at most a thousand times the rate set.
[[nodiscard]] RateCurve rateCurve(const Network<float>& network, Evaluator& evaluator, std::span<const float> before,
                                  std::span<const float> move, NeuronPlace place, double rate);

/// The curve of several steps, each rate tried from where `base` stands up to the step `last`: what is set at the
/// base's step acts first, and a rate that the run sets on the way takes the place of the one tried. From a hundredth
/// of the rate set to ten times it. Nothing where it was cancelled.
[[nodiscard]] std::optional<RateCurve> rateCurveOver(Trainer& base, std::int64_t last, Evaluator& evaluator,
                                                     NeuronPlace place, double rate,
                                                     const std::atomic<bool>* cancelled);
/// The most steps that such a curve of this network may have, so that it is there within a second or so.
[[nodiscard]] std::int64_t mostCurveSteps(std::size_t parameters, int batchSize);

/// z of one neuron on every sample, in their order.
[[nodiscard]] std::vector<float> preActivations(const Network<float>& network, Evaluator& evaluator,
                                                std::span<const float> parameters, NeuronPlace place);

} // namespace flatline
