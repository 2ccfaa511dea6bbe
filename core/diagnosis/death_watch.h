#pragma once

#include "core/diagnosis/evaluation.h"
#include "core/network/folded.h"
#include "core/network/network.h"

#include <vector>

namespace flatline {

/// Tells cheaply, after each step, whether some neuron may have died or come back, so that the whole training
/// set need not be looked at after every batch and no death is ever missed or dated wrongly.
///
/// - A neuron lives as long as one sample reaches it. A few witness samples, chosen so that each living
/// neuron is well
///   within the slope of one of them, are run forward: while every neuron still has its witness, none has
///   died.
/// - A dead neuron of a ReLU-like function stays dead while its z cannot have risen by its margin. With dW,
/// db the change (batch norm and warming folded in)
///   since the last look, H the largest norm of the layer's inputs then, and D a bound on their change since:
///     |dz| <= |dw| H + |db| + |w| D,   D of the next layer <= the norm of the layer's own |dz|.
///   Other functions have no margin; there a dead neuron is looked at after each step.
/// Both tests leave room for rounding; what they let pass is looked at in full.
class DeathWatch {
public:
    /// A full look at the network: the tallies of all hidden neurons, and from them witnesses and bounds.
    [[nodiscard]] const Tallies& look(const Network<float>& network, const float* parameters, Evaluator& evaluator);
    /// False: certainly no neuron has died or come back since the last look.
    [[nodiscard]] bool suspicious(const Network<float>& network, const float* parameters);

private:
    struct LayerBound {
        float inputNorm = 0.0F;     ///< H: the largest norm of a sample's inputs to this layer
        std::vector<float> margins; ///< max z of dead neurons
        std::vector<char> dead;
    };
    struct Coverage { ///< a neuron without a witness so far, and the samples that would do, in order
        NeuronPlace place;
        std::vector<int> samples;
    };
    /// Returns the neurons that no witness reaches.
    [[nodiscard]] std::vector<NeuronPlace> chooseWitnesses(const Network<float>& network, const float* parameters,
                                                           const Pass<float>& pass, const Batch<float>& features);
    [[nodiscard]] bool witnessLost(const Network<float>& network, const float* parameters);
    [[nodiscard]] bool mayRevive(const Network<float>& network, const float* parameters);
    [[nodiscard]] bool slopesMoved(const Layout& layout, const float* parameters) const;

    Tallies m_tallies;
    std::vector<LayerBound> m_bounds;
    std::vector<float> m_parameters; ///< at the last look
    BiasShift m_biasShift;
    Folded m_then; ///< of the last look
    Folded m_now;
    bool m_anyDead = false;
    bool m_allCovered = false; ///< every living neuron has a witness
    Batch<float> m_witnesses;  ///< their features
    Pass<float> m_pass;
    std::vector<float> m_slopes;
};

} // namespace flatline
