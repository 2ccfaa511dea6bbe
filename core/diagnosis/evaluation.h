#pragma once

#include "core/data/dataset.h"
#include "core/data/sample_tiles.h"
#include "core/diagnosis/diagnosis.h"
#include "core/diagnosis/histogram_counter.h"
#include "core/diagnosis/tally_counter.h"
#include "core/network/network.h"
#include "core/network/tile_pass.h"

#include <functional>
#include <memory>
#include <vector>

namespace flatline {

/// What the network makes of a whole split.
struct Evaluation {
    double loss = 0.0;         ///< mean over the samples; infinite where that of one is
    double accuracy = 0.0;     ///< 0 to 1; 0 for regression
    std::int64_t infinite = 0; ///< samples of infinite loss
};

/// Evaluates a split as a whole, tile by tile. Every loss of the program (trace, window, landscape) and every state of
/// a neuron comes from here: equal parameters give equal bits, whatever the tiles. One thread an object; keeps scratch
/// memory and, shared with its copies, the samples as tiles: a copy is for another thread.
class Evaluator {
public:
    /// Keeps a reference to the split.
    Evaluator(const NetworkSpec& spec, const Split& split, const kernels::Kernels& kernels = kernels::chosen());
    /// With tiles of so many samples, a multiple of 8.
    Evaluator(const NetworkSpec& spec, const Split& split, int tileSamples, const kernels::Kernels& kernels);
    Evaluator(const Evaluator& other);
    Evaluator(Evaluator&&) = default;
    Evaluator& operator=(const Evaluator&) = delete;
    Evaluator& operator=(Evaluator&&) = default;
    ~Evaluator() = default;

    [[nodiscard]] Evaluation evaluate(const Network<float>& network, const float* parameters);
    /// What the losses that the pass has added since it was prepared say of all samples.
    [[nodiscard]] Evaluation summary(const LossSum& loss) const;

    /// Forward over every tile, in order: visit(TilePass& pass, const TileSamples& tile, int firstSample).
    template <class Visit>
    void forEachTile(const Network<float>& network, const float* parameters, TileKeep keep, Visit visit) {
        m_pass.prepare(network, parameters, keep);
        for (int i = 0; i < m_tiles->count(); ++i) {
            const TileSamples tile = m_tiles->tile(i);
            m_pass.forward(tile);
            visit(m_pass, tile, m_tiles->first(i));
        }
    }

    /// The same with the hidden layers before that one alone, from 0: for TilePass::preActivation.
    template <class Visit>
    void forEachTileBefore(std::size_t layer, const Network<float>& network, const float* parameters, Visit visit) {
        m_pass.prepare(network, parameters, TileKeep::Values);
        for (int i = 0; i < m_tiles->count(); ++i) {
            const TileSamples tile = m_tiles->tile(i);
            m_pass.forwardBefore(tile, layer);
            visit(m_pass, tile, m_tiles->first(i));
        }
    }

    /// The same values in pieces of many samples, sample after sample in a column; `visit` gets the pass and the index
    /// of its first sample. The pass has pre-activations, activations, normalized and outputs: with batch norm, not
    /// enough for the way back.
    using Visit = std::function<void(Pass<float>& pass, const Batch<float>& features, const Targets<float>& targets,
                                     Eigen::Index first)>;
    void forEachPiece(const Network<float>& network, const float* parameters, const Visit& visit);

    [[nodiscard]] int samples() const { return m_split->samples(); }
    [[nodiscard]] const Split& split() const { return *m_split; }

private:
    void beginPiece(const Network<float>& network, Eigen::Index rows);
    void copyTile(const Network<float>& network, const float* parameters, Eigen::Index row);

    const Split* m_split;
    const kernels::Kernels* m_kernels;
    NetworkSpec m_spec; ///< the shape alone counts
    std::shared_ptr<const SampleTiles> m_tiles;
    TilePass m_pass;
    Pass<float> m_piece;
};

/// Adds a piece to the tallies; `first` tells whether it is the first.
void addToTallies(const Network<float>& network, const float* parameters, const Pass<float>& pass, bool first,
                  Tallies& tallies);

/// The same from the tile under way of a pass that keeps the states.
void addToTallies(const Network<float>& network, const float* parameters, const TilePass& pass, bool first,
                  Tallies& tallies);

/// What the tallies say of a neuron, by the definitions of the README.
[[nodiscard]] NeuronDiagnosis diagnoseNeuron(const NeuronTally& tally, const NetworkSpec& spec, int samples);
[[nodiscard]] std::vector<LayerDiagnosis> diagnoseLayers(const Tallies& tallies, const NetworkSpec& spec, int samples);

} // namespace flatline
