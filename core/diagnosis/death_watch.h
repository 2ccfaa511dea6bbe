#pragma once

#include "core/diagnosis/census.h"
#include "core/diagnosis/rise_bound.h"
#include "core/diagnosis/shift_bound.h"
#include "core/diagnosis/slope_counts.h"
#include "core/diagnosis/witnesses.h"

#include <cstddef>
#include <vector>

namespace flatline {

/// Tells cheaply, after each step, whether some neuron has died or come back, so that the whole training set need not
/// be looked at after every batch and no death is ever missed or dated wrongly.
///
/// - A neuron lives as long as it has a hold on one sample. A few witnesses, chosen so that each living neuron holds
///   one of them well, are run forward; a neuron that has lost its own is looked at on all samples and gets another.
/// - A dead neuron of a ReLU-like function stays dead while its z cannot have risen by its margin (ShiftBound, and
///   where that does not do RiseBound). Where it may have, and with other functions after each step, it is looked at on
///   all samples.
/// A single neuron's look is a small part of one at all neurons. All passes give a sample the same bits.
class DeathWatch {
public:
    /// A full look at the network: the tallies of all hidden neurons, and from them witnesses and bounds.
    [[nodiscard]] const Tallies& look(const Network<float>& network, const float* parameters, Evaluator& evaluator);
    /// False: certainly no neuron has died or come back since the last full look. The evaluator is of the same samples.
    /// `counts`: gets all passes over all samples, too.
    [[nodiscard]] bool suspicious(const Network<float>& network, const float* parameters, Evaluator& evaluator,
                                  SlopeCounts* counts = nullptr);

private:
    struct Neuron {
        NeuronPlace place;
        bool dead = false;
        float margin = 0.0F; ///< of a dead one: max z when the bound began
        int witness = -1;    ///< of a living one: on which it had a hold; -1: none is known
        int strongest = -1;  ///< the sample on which its hold was greatest, when all were looked at
        float hold = 0.0F;   ///< on that
    };
    using Indices = std::vector<std::size_t>; ///< of m_neurons

    void noteStrongest(Neuron& neuron, const float* holds, int count, int firstSample);
    void chooseWitnesses(const Network<float>& network, const float* parameters, const Split& split);
    [[nodiscard]] std::vector<std::vector<char>> holders(const Network<float>& network, const float* parameters,
                                                         const Split& split, const std::vector<int>& samples);
    [[nodiscard]] bool livingLost(const Network<float>& network, const float* parameters, Evaluator& evaluator);
    [[nodiscard]] bool lastHoldLost(const Network<float>& network, const float* parameters, Evaluator& evaluator);
    [[nodiscard]] int freeWitness() const;
    [[nodiscard]] bool deadReached(const Network<float>& network, const float* parameters, Evaluator& evaluator);
    [[nodiscard]] bool anyReached(const Network<float>& network, const float* parameters, Evaluator& evaluator);
    [[nodiscard]] bool findReaching(const Network<float>& network, const float* parameters, int samples);
    void openInputs(const Network<float>& network, std::size_t layers);
    void noteInputs(const TilePass& pass, const TileSamples& tile);
    void startBound(const Network<float>& network, const float* parameters);
    [[nodiscard]] bool slopesMoved(const Layout& layout, const float* parameters) const;
    [[nodiscard]] std::size_t lastLayer() const;
    [[nodiscard]] bool hasSlope(const Network<float>& network, const float* parameters, NeuronPlace place,
                                const float* z, int samples);

    template <class Visit>
    void pass(const Network<float>& network, const float* parameters, Evaluator& evaluator, Visit visit);

    Census m_census;
    std::vector<Neuron> m_neurons; ///< layer after layer
    Indices m_dead;
    Indices m_living;
    Witnesses m_witnesses;
    ShiftBound m_bound;
    RiseBound m_rise;                  ///< since the same moment
    std::vector<float> m_inputNorms;   ///< largest norm of a sample's inputs, by layer, then
    std::vector<InputRanges> m_ranges; ///< of the inputs, likewise
    std::vector<RiseBound::Dead> m_deadThen;
    int m_rises = 0;                 ///< how often m_rise has been asked since then
    std::size_t m_looks = 0;         ///< at single neurons since then
    std::vector<float> m_parameters; ///< then
    BiasShift m_biasShift;
    SlopeCounts* m_counts = nullptr; ///< of the call under way
    Indices m_open;                  ///< those that all samples must be asked about
    Holds m_holds;
    std::vector<float> m_slopes;
};

} // namespace flatline
