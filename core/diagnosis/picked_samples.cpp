#include "core/diagnosis/picked_samples.h"

#include <algorithm>

namespace flatline {

// The padding repeats the last one.
void PickedSamples::pick(const Split& split, const std::vector<int>& samples) {
    const auto stride = static_cast<std::size_t>(kernels::padded(static_cast<int>(samples.size())));
    const auto features = static_cast<std::size_t>(split.features.cols());
    if (m_split != &split) { // whose columns are far apart
        using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
        m_rows.resize(static_cast<std::size_t>(split.features.size()));
        Eigen::Map<Rows>(m_rows.data(), split.features.rows(), split.features.cols()) = split.features;
        m_split = &split;
    }
    m_features.resize(stride * features);
    for (std::size_t s = 0; s < stride; ++s) {
        const float* row =
            m_rows.data() + static_cast<std::size_t>(samples[std::min(s, samples.size() - 1)]) * features;
        for (std::size_t f = 0; f < features; ++f)
            m_features[f * stride + s] = row[f];
    }
    m_tile = {.features = m_features.data(),
              .stride = static_cast<std::ptrdiff_t>(stride),
              .samples = static_cast<int>(samples.size())};
}

void PickedSamples::runBefore(std::size_t layer, const Network<float>& network, const float* parameters) {
    const int room = static_cast<int>(m_tile.stride);
    if (!m_pass || m_most < room) {
        m_pass.emplace(network.spec(), room);
        m_most = room;
    }
    m_tile.features = m_features.data(); // a copy of this object has its own
    m_pass->prepare(network, parameters, TileKeep::Values);
    m_pass->forwardBefore(m_tile, layer);
}

const float* PickedSamples::preActivations(NeuronPlace place) {
    return m_pass->preActivation(m_tile, place.layer, place.neuron);
}

} // namespace flatline
