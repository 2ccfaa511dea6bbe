#include "core/diagnosis/slope_counts.h"

#include <algorithm>

namespace flatline {

void SlopeCounts::follow(std::vector<NeuronPlace> places) {
    m_places = std::move(places);
    m_counts.clear();
}

void SlopeCounts::begin(std::size_t layer) {
    m_layer = layer;
    m_counts.resize(std::max(m_counts.size(), (m_moment + 1) * m_places.size()), unknown);
    for (std::size_t i = 0; i < m_places.size(); ++i)
        if (m_places[i].layer <= layer)
            m_counts[m_moment * m_places.size() + i] = 0;
}

void SlopeCounts::add(TilePass& pass, const TileSamples& tile, const Network<float>& network, const float* parameters) {
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        const NeuronPlace place = m_places[i];
        if (place.layer > m_layer)
            continue;
        const float* z = pass.preActivation(tile, place.layer, place.neuron);
        m_slopes.resize(static_cast<std::size_t>(tile.samples));
        network.spec().activation->single.derivative(z, m_slopes.data(), m_slopes.size(),
                                                     network.neuronParameters(parameters, place.layer, place.neuron));
        std::int32_t sloping = 0; // as wide as a float: vectors count faster
        for (const float slope : m_slopes)
            sloping += slope != 0.0F ? 1 : 0;
        m_counts[m_moment * m_places.size() + i] += sloping;
    }
}

std::optional<std::int64_t> SlopeCounts::at(std::size_t moment, std::size_t index) const {
    const std::size_t number = moment * m_places.size() + index;
    return number < m_counts.size() && m_counts[number] != unknown ? std::optional<std::int64_t>(m_counts[number])
                                                                   : std::nullopt;
}

} // namespace flatline
