#include "core/inspection/inspection.h"

#include "core/network/folded.h"

namespace flatline {

NeuronWeights neuronWeights(const Network<float>& network, std::span<const float> parameters, NeuronPlace place) {
    const int layer = static_cast<int>(place.layer) + 1;
    const Block& weights = network.layout().block(layer, BlockKind::Weight);
    const Block& bias = network.layout().block(layer, BlockKind::Bias);
    const auto row =
        parameters.subspan(weights.at(static_cast<int>(place.neuron), 0), static_cast<std::size_t>(weights.columns));
    const double shift = network.spec().biasShift.of(place.layer, place.neuron);
    return {{row.begin(), row.end()},
            static_cast<float>(static_cast<double>(parameters[bias.offset + place.neuron]) + shift)};
}

NeuronWeights evaluatedWeights(const Network<float>& network, std::span<const float> parameters, NeuronPlace place) {
    NeuronWeights own = neuronWeights(network, parameters, place);
    if (network.spec().batchNorm != BatchNorm::BeforeActivation)
        return own;
    const NormScale norm = normScale(network.layout(), parameters.data(), place.layer, place.neuron);
    for (float& weight : own.weights)
        weight = static_cast<float>(norm.scale * static_cast<double>(weight));
    own.bias = static_cast<float>(norm.scale * static_cast<double>(own.bias) + norm.shift);
    return own;
}

} // namespace flatline
