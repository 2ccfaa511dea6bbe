#pragma once

#include "core/diagnosis/certificate.h"
#include "core/diagnosis/diagnosis.h"
#include "core/network/folded.h"
#include "core/network/network.h"

#include <span>
#include <vector>

namespace flatline {

/// A network's parameters at one moment; both must outlive it.
struct NetworkMoment {
    std::span<const float> parameters;
    const BiasShift& biasShift;
};

/// What the layer before hands to `layer` (from 0) on one sample: the features, or f(z), before any batch norm that
/// follows f. Evaluation mode. `scratch` is left with anything.
void sampleInputs(const Network<float>& network, const NetworkMoment& moment, std::span<const float> features,
                  std::size_t layer, std::vector<float>& inputs, std::vector<float>& scratch);

/// z of a neuron for these inputs, in double.
[[nodiscard]] double preActivation(const Network<float>& network, const NetworkMoment& moment, NeuronPlace place,
                                   std::span<const float> inputs);

/// The change of z by a change of the inputs alone, everything else as at that moment.
[[nodiscard]] double upstreamChange(const Network<float>& network, const NetworkMoment& moment, NeuronPlace place,
                                    std::span<const float> from, std::span<const float> to);

/// The change of z by a step of training, the inputs (those before it) held fast, split into its causes:
///   z = S x + T,   x = w . u + b + shift,   u_i = s_i h_i + t_i
/// with batch norm's (S, T) of this neuron, where it stands before the activation, and (s, t) of the layer before,
/// where it stands after. From "before" to "after" (primes), exactly:
///   z' - z = S' (dw . u + db + dshift)  +  (S' - S) x + T' - T  +  S' w' . (ds h + dt)
/// dw and db are split into what the gradient, the optimizer's memory and decay did.
struct StepMove {
    NetworkMoment before;
    NetworkMoment after;
    std::span<const float> gradient = {};     ///< of the loss; empty: all of the move is its doing
    std::span<const float> gradientMove = {}; ///< what it did to each parameter (MoveParts)
    std::span<const float> memoryMove = {};   ///< empty: no memory
    double weightDecay = 0.0;
    double biasDecay = 0.0;
};
[[nodiscard]] Contributions stepContributions(const Network<float>& network, const StepMove& move, NeuronPlace place,
                                              std::span<const float> inputs);

/// Where a neuron's own weights and bias stand in the flat vector.
struct NeuronRow {
    NeuronPlace place;
    std::size_t weights = 0;
    std::size_t count = 0; ///< weights
    std::size_t bias = 0;
};
[[nodiscard]] NeuronRow rowOf(const Network<float>& network, NeuronPlace place);

/// Whether anything but the inputs of that neuron changed in that step.
[[nodiscard]] bool movedItself(const Network<float>& network, const NetworkMoment& before, const NetworkMoment& after,
                               const NeuronRow& row);

} // namespace flatline
