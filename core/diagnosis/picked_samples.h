#pragma once

#include "core/base/scratch.h"
#include "core/data/dataset.h"
#include "core/diagnosis/diagnosis.h"
#include "core/network/tile_pass.h"

#include <cstddef>
#include <span>
#include <vector>

namespace flatline {

/// A few samples of a split that go through a network's first layers alone, with the bits of a pass over all samples:
/// for what only they can change. ReLU-like functions. One thread; scratch memory.
class PickedSamples {
public:
    /// Numbers from 0, at least one; those of before are forgotten.
    void pick(const Split& split, const std::vector<int>& samples);
    void clear() { m_tile.samples = 0; }
    [[nodiscard]] int count() const { return m_tile.samples; }

    /// Through the hidden layers before that one, from 0; network and parameters must stay while z is asked for.
    void runBefore(std::size_t layer, const Network<float>& network, const float* parameters);
    /// z of a neuron of that layer or an earlier one, sample after sample as picked. Stays until the next call.
    [[nodiscard]] const float* preActivations(NeuronPlace place);
    /// The same of several neurons of such a layer, neuron number i's from i * stride().
    [[nodiscard]] const float* preActivations(std::size_t layer, std::span<const std::size_t> neurons) {
        return m_pass->preActivations(m_tile, layer, neurons);
    }
    [[nodiscard]] std::ptrdiff_t stride() const { return m_pass->stride(); }
    /// The norm of each one's inputs to that layer or an earlier one.
    void inputNorms(std::size_t layer, float* norms) const { m_pass->inputNorms(m_tile, layer, norms); }

private:
    std::vector<float> m_rows; ///< all features of the split, sample after sample: made when first needed
    const Split* m_split = nullptr;
    std::vector<float> m_features; ///< feature after feature
    TileSamples m_tile;
    Scratch<TilePass> m_pass;
    int m_most = 0; ///< that the pass has room for
};

} // namespace flatline
