#include "core/postmortem/health_census.h"

#include <string_view>

namespace flatline {

bool HealthCensus::serves(const NetworkSpec& spec) {
    return std::string_view(spec.activation->id) == "relu" && spec.activationParameters.slopeAtZero == 0.0;
}

const std::vector<std::vector<char>>& HealthCensus::take(const Network<float>& network, const float* parameters,
                                                         Evaluator& evaluator, std::int64_t needed) {
    const std::vector<int>& hidden = network.spec().hidden;
    m_needed = needed;
    m_enough.resize(hidden.size());
    m_counts.resize(hidden.size());
    m_open.resize(hidden.size());
    for (std::size_t k = 0; k < hidden.size(); ++k) {
        const auto units = static_cast<std::size_t>(hidden[k]);
        m_enough[k].assign(units, 0);
        m_counts[k].assign(units, 0);
        m_open[k].resize(units);
        for (std::size_t j = 0; j < units; ++j)
            m_open[k][j] = j;
    }
    evaluator.forEachTileBefore(0, network, parameters,
                                [this](TilePass& pass, const TileSamples& tile, int) { addTile(pass, tile); });
    return m_enough;
}

// Of the deepest layer that is asked about, only those that are open are computed.
void HealthCensus::addTile(TilePass& pass, const TileSamples& tile) {
    std::size_t layers = m_open.size();
    while (layers > 0 && m_open[layers - 1].empty())
        --layers;
    if (layers == 0)
        return;
    const std::size_t deepest = layers - 1;
    const bool some = m_open[deepest].size() < m_counts[deepest].size();
    pass.forwardBefore(tile, some ? deepest : layers);
    for (std::size_t k = 0; k < layers; ++k) {
        if (some && k == deepest) {
            const float* z = pass.preActivations(tile, k, m_open[k]);
            for (std::size_t i = 0; i < m_open[k].size(); ++i, z += pass.stride())
                addRow(k, m_open[k][i], z, tile.samples);
        } else {
            for (const std::size_t j : m_open[k]) // f(z) is above 0 where z is
                addRow(k, j, pass.activations(k) + static_cast<std::ptrdiff_t>(j) * pass.stride(), tile.samples);
        }
        std::erase_if(m_open[k], [&](std::size_t j) { return m_enough[k][j] != 0; });
    }
}

void HealthCensus::addRow(std::size_t layer, std::size_t neuron, const float* values, int samples) {
    std::int32_t count = 0; // as wide as a float: vectors count faster
    for (int s = 0; s < samples; ++s)
        count += values[s] > 0.0F ? 1 : 0;
    m_counts[layer][neuron] += count;
    m_enough[layer][neuron] = m_counts[layer][neuron] >= m_needed ? 1 : 0;
}

} // namespace flatline
