#pragma once

#include "core/base/aligned_floats.h"
#include "core/data/dataset.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace flatline {

/// Some samples, feature after feature: feature f of sample s is features[f * stride + s], and so for the targets.
/// All is read up to padded(samples), and the features that stand there go through the network with the others: best
/// those of the last sample again, which can do nothing that a sample does not.
struct TileSamples {
    const float* features = nullptr;
    std::ptrdiff_t stride = 0;
    int samples = 0;
    const std::int32_t* labels = nullptr; ///< as Targets has them; null where it has none
    const float* values = nullptr;
};

/// A split's samples in tiles of a few, each stored on its own, so that a tile lies close together in memory. A copy;
/// immutable.
class SampleTiles {
public:
    SampleTiles(const Split& split, int samplesPerTile);

    [[nodiscard]] int samples() const { return m_samples; }
    [[nodiscard]] int count() const { return (m_samples + m_each - 1) / m_each; }
    [[nodiscard]] int first(int number) const { return number * m_each; } ///< sample of that tile, from 0
    [[nodiscard]] TileSamples tile(int number) const;

private:
    int m_samples;
    int m_each;
    std::ptrdiff_t m_stride;
    std::size_t m_features; ///< columns
    std::size_t m_values;
    AlignedFloats m_data; ///< tile after tile: features, then values
    std::vector<std::int32_t> m_labels;
};

} // namespace flatline
