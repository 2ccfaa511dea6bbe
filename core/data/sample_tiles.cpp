#include "core/data/sample_tiles.h"

#include "core/kernels/product.h"

#include <algorithm>

namespace flatline {

SampleTiles::SampleTiles(const Split& split, int samplesPerTile)
    : m_samples(split.samples())
    , m_each(samplesPerTile)
    , m_stride(kernels::rowStride(samplesPerTile))
    , m_features(static_cast<std::size_t>(split.features.cols()))
    , m_values(split.targets.values.size() > 0 ? static_cast<std::size_t>(split.targets.values.cols()) : 0)
    , m_data(static_cast<std::size_t>(count()) * (m_features + m_values) * static_cast<std::size_t>(m_stride)) {
    float* to = m_data.data();
    const auto copy = [&](const Batch<float>& from, int number) {
        const int start = first(number);
        const int own = std::min(m_each, m_samples - start);
        for (Eigen::Index column = 0; column < from.cols(); ++column, to += m_stride) {
            std::copy_n(from.col(column).data() + start, own, to);
            std::fill(to + own, to + m_stride, to[own - 1]);
        }
    };
    for (int number = 0; number < count(); ++number) {
        copy(split.features, number);
        if (m_values > 0)
            copy(split.targets.values, number);
    }
    m_labels.assign(split.targets.labels.begin(), split.targets.labels.end());
    if (!m_labels.empty())
        m_labels.resize(static_cast<std::size_t>(kernels::padded(m_samples)), m_labels.back());
}

TileSamples SampleTiles::tile(int number) const {
    const auto place = static_cast<std::size_t>(number);
    const float* data = m_data.data() + place * (m_features + m_values) * static_cast<std::size_t>(m_stride);
    const auto stride = static_cast<std::size_t>(m_stride);
    return {data, m_stride, std::min(m_each, m_samples - first(number)),
            m_labels.empty() ? nullptr : m_labels.data() + first(number),
            m_values == 0 ? nullptr : data + m_features * stride};
}

} // namespace flatline
