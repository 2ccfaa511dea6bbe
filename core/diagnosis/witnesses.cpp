#include "core/diagnosis/witnesses.h"

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

constexpr float safeSlope = 1e-4F; // a smaller slope proves nothing

} // namespace

const float* Holds::of(const Network<float>& network, const float* parameters, NeuronPlace place, const float* z,
                       std::size_t samples) {
    const ActivationParameters own = network.neuronParameters(parameters, place.layer, place.neuron);
    if (isFlat(network.spec(), own))
        return z;
    m_values.resize(samples);
    network.spec().activation->single.derivative(z, m_values.data(), samples, own);
    for (float& slope : m_values)
        slope = std::abs(slope) > safeSlope ? std::abs(slope) : 0.0F;
    return m_values.data();
}

// The padding repeats the last one.
void Witnesses::set(int index, const Split& split, int sample) {
    m_count = std::max(m_count, index + 1);
    m_features.resize(static_cast<std::size_t>(split.features.cols() * most), 0.0F);
    const int end = index + 1 == m_count ? kernels::padded(m_count) : index + 1;
    for (Eigen::Index feature = 0; feature < split.features.cols(); ++feature) {
        float* row = m_features.data() + feature * most;
        std::fill(row + index, row + end, split.features(sample, feature));
    }
}

void Witnesses::run(const Network<float>& network, const float* parameters) {
    const NetworkSpec& spec = network.spec();
    m_network = &network;
    m_parameters = parameters;
    m_allFlat = !spec.activation->learntSlope && Holds::isFlat(spec, spec.activationParameters);
    if (!m_pass)
        m_pass.emplace(spec, most);
    m_pass->prepare(network, parameters, m_allFlat ? TileKeep::Values : TileKeep::States);
    m_pass->forwardBefore({.features = m_features.data(), .stride = most, .samples = m_count}, spec.hidden.size());
}

const float* Witnesses::all(NeuronPlace place) {
    const std::ptrdiff_t first = static_cast<std::ptrdiff_t>(place.neuron) * m_pass->stride();
    if (m_allFlat) // f(z) is more than 0 where z is
        return m_pass->activations(place.layer) + first;
    return m_holds.of(*m_network, m_parameters, place, m_pass->preActivations(place.layer) + first,
                      static_cast<std::size_t>(m_count));
}

bool Witnesses::holds(NeuronPlace place, int index) {
    return all(place)[index] > 0.0F;
}

int Witnesses::find(NeuronPlace place) {
    const float* values = all(place);
    const float* found = std::find_if(values, values + m_count, [](float hold) { return hold > 0.0F; });
    return found == values + m_count ? -1 : static_cast<int>(found - values);
}

} // namespace flatline
