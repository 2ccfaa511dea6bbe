#pragma once

#include "core/data/dataset.h"
#include "core/diagnosis/diagnosis.h"
#include "core/network/network.h"

#include <functional>
#include <span>
#include <vector>

namespace flatline {

/// What the network makes of a whole split.
struct Evaluation {
    double loss = 0.0;         ///< mean over the samples; infinite where that of one is
    double accuracy = 0.0;     ///< 0 to 1; 0 for regression
    std::int64_t infinite = 0; ///< samples of infinite loss
};

/// A neuron's figures, gathered piece by piece over the samples.
struct NeuronTally {
    float maximum = 0.0F; ///< of z
    float minimum = 0.0F;
    std::int64_t active = 0;     ///< samples with z > 0
    std::int64_t zeroSlope = 0;  ///< samples with f'(z) exactly 0
    float greatestSlope = 0.0F;  ///< max |f'(z)|
    double absoluteOutput = 0.0; ///< sum of |f(z)|
};

/// Evaluates a split as a whole, in pieces that bound the memory. The pieces depend on the network's shape
/// and the number of samples alone, and every loss of the program (trace, window, landscape) comes from here:
/// equal parameters give equal bits. One thread an object; keeps scratch memory.
class Evaluator {
public:
    /// Keeps a reference to the split.
    Evaluator(const NetworkSpec& spec, const Split& split);

    [[nodiscard]] Evaluation evaluate(const Network<float>& network, const float* parameters);

    /// Forward over every piece, in order; `visit` gets the pass and the index of its first sample.
    using Visit = std::function<void(Pass<float>& pass, const Batch<float>& features, const Targets<float>& targets,
                                     Eigen::Index first)>;
    void forEachPiece(const Network<float>& network, const float* parameters, const Visit& visit);

    [[nodiscard]] int samples() const { return m_split->samples(); }

private:
    struct Piece {
        Batch<float> features;
        Targets<float> targets;
    };
    const Split* m_split;
    Eigen::Index m_rows;         ///< samples a piece
    std::vector<Piece> m_pieces; ///< empty where one piece holds all: then the split itself is read
    Pass<float> m_pass;
};

/// The figures of every hidden neuron, [layer][neuron].
using Tallies = std::vector<std::vector<NeuronTally>>;
/// Adds a piece to the tallies; `first` tells whether it is the first.
void addToTallies(const Network<float>& network, const float* parameters, const Pass<float>& pass, bool first,
                  Tallies& tallies);

/// What the tallies say of a neuron, by the definitions of the README.
[[nodiscard]] NeuronDiagnosis diagnoseNeuron(const NeuronTally& tally, const NetworkSpec& spec, int samples);
[[nodiscard]] std::vector<LayerDiagnosis> diagnoseLayers(const Tallies& tallies, const NetworkSpec& spec, int samples);

/// An empty histogram, and values added to it.
[[nodiscard]] Histogram emptyHistogram(float range, int bins);
void addToHistogram(std::span<const float> values, Histogram& histogram);

} // namespace flatline
