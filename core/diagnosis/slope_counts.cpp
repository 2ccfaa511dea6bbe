#include "core/diagnosis/slope_counts.h"

#include <algorithm>

namespace flatline {
namespace {

/// 0 up to 0, and with a slope above.
bool isPlain(const Network<float>& network, const ActivationParameters& own) {
    return network.spec().activation->reluLike && own.alpha == 0.0 && own.slopeAtZero == 0.0;
}

} // namespace

void SlopeCounts::follow(std::vector<NeuronPlace> places) {
    m_places = std::move(places);
    m_counts.clear();
    m_counting = 2 * m_passes >= m_moment;
    m_passes = 0;
    m_moment = 0;
    m_passedAt = 0;
}

void SlopeCounts::begin(std::size_t layer) {
    m_layer = layer;
    if (m_passedAt != m_moment)
        ++m_passes;
    m_passedAt = m_moment;
    if (!m_counting)
        return;
    m_counts.resize(std::max(m_counts.size(), (m_moment + 1) * m_places.size()), unknown);
    for (std::size_t i = 0; i < m_places.size(); ++i)
        if (m_places[i].layer <= layer)
            m_counts[m_moment * m_places.size() + i] = 0;
}

void SlopeCounts::add(TilePass& pass, const TileSamples& tile, const Network<float>& network, const float* parameters) {
    for (std::size_t i = 0; m_counting && i < m_places.size(); ++i) {
        const NeuronPlace place = m_places[i];
        if (place.layer > m_layer)
            continue;
        const ActivationParameters own = network.neuronParameters(parameters, place.layer, place.neuron);
        const bool known = place.layer < m_layer && isPlain(network, own); // f(z) is above 0 where z is
        const float* z = known
                             ? pass.activations(place.layer) + static_cast<std::ptrdiff_t>(place.neuron) * pass.stride()
                             : pass.preActivation(tile, place.layer, place.neuron);
        m_counts[m_moment * m_places.size() + i] += sloping(z, tile.samples, network, own);
    }
}

std::int32_t SlopeCounts::sloping(const float* z, int samples, const Network<float>& network,
                                  const ActivationParameters& own) {
    const ActivationRow& activation = *network.spec().activation;
    std::int32_t count = 0; // as wide as a float: vectors count faster
    if (isPlain(network, own)) {
        for (int s = 0; s < samples; ++s)
            count += z[s] > 0.0F ? 1 : 0;
        return count;
    }
    m_slopes.resize(static_cast<std::size_t>(samples));
    activation.single.derivative(z, m_slopes.data(), m_slopes.size(), own);
    for (const float slope : m_slopes)
        count += slope != 0.0F ? 1 : 0;
    return count;
}

std::optional<std::int64_t> SlopeCounts::at(std::size_t moment, std::size_t index) const {
    const std::size_t number = moment * m_places.size() + index;
    return number < m_counts.size() && m_counts[number] != unknown ? std::optional<std::int64_t>(m_counts[number])
                                                                   : std::nullopt;
}

} // namespace flatline
