#pragma once

#include "core/network/tile_pass.h"

#include <cstdint>
#include <vector>

namespace flatline {

/// A neuron's figures, gathered piece by piece over the samples.
struct NeuronTally {
    float maximum = 0.0F; ///< of z; NaN where one is
    float minimum = 0.0F;
    std::int64_t active = 0;     ///< samples with z > 0
    std::int64_t zeroSlope = 0;  ///< samples with f'(z) exactly 0
    float greatestSlope = 0.0F;  ///< max |f'(z)|
    double absoluteOutput = 0.0; ///< sum of |f(z)|
};
/// The figures of every hidden neuron, [layer][neuron].
using Tallies = std::vector<std::vector<NeuronTally>>;

/// The values that a tally has seen: NaN where one of them is.
struct TallyRange {
    float minimum = 0.0F;
    float maximum = 0.0F;
};
[[nodiscard]] TallyRange rangeOf(const kernels::Tally& tally, std::int64_t samples);

/// Gathers the figures of every hidden neuron, tile by tile, from passes that keep the states. The same whatever the
/// tiles, as long as all but the last have a multiple of 8 samples.
class TallyCounter {
public:
    void begin(const NetworkSpec& spec);
    void add(const TilePass& pass);
    /// Of the samples since `begin`, at least one.
    void finish(Tallies& tallies) const;
    /// Whether all pre-activations were finite.
    [[nodiscard]] bool allFinite() const;

private:
    std::vector<std::vector<kernels::Tally>> m_layers;
    std::int64_t m_samples = 0;
    bool m_isRelu = false;
    bool m_hasSlopes = false;
};

} // namespace flatline
