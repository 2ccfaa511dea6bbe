#pragma once

#include "core/diagnosis/bound_room.h"
#include "core/diagnosis/diagnosis.h"
#include "core/kernels/kernels.h"
#include "core/network/folded.h"
#include "core/network/network.h"

#include <cstddef>
#include <vector>

namespace flatline {

/// Between what the inputs of a layer lie, each by itself, over the samples that have been seen.
using InputRanges = std::vector<kernels::LaneRange>;
/// Of so many inputs, nothing seen yet.
[[nodiscard]] InputRanges emptyRanges(int inputs);

/// How far a hidden neuron's z can have risen on any sample since a certain moment, told from the parameters and from
/// between what each layer's inputs lay then. For ReLU-like functions whose slopes have not moved. With dw, db the
/// changes of a neuron's weights and bias (batch norm and warming folded in), x_i in [l_i, h_i] its inputs then, and
/// e_i in [d_i, u_i], d_i <= 0 <= u_i, bounds on their changes:
///   dz <= db + sum of max(0, dw_i l_i, dw_i h_i) + sum of max(w_i d_i, w_i u_i)
/// and likewise down. A neuron hands on no more than z has moved (times its steepest slope), a flat one no less than
/// -f(z) was; one that is flat and stays below 0 hands on nothing. Tighter by far than norms (ShiftBound), for one
/// moment and the way up. Room for rounding is included. One thread; scratch memory.
class RiseBound {
public:
    /// That moment. `ranges`: of the inputs of each hidden layer that is asked for, from the first. `dead`: the flat
    /// neurons known to be dead then, and their largest z.
    struct Dead {
        NeuronPlace place;
        float highest = 0.0F;
    };
    void start(const Network<float>& network, const float* parameters, const std::vector<InputRanges>& ranges,
               const std::vector<Dead>& dead);
    /// The other moment; the parameters must stay while its neurons are asked for.
    void compare(const Network<float>& network, const float* parameters);
    /// The bound for a neuron. 0: no z of it can have changed by a single bit. NaN: nothing is known.
    [[nodiscard]] double of(std::size_t layer, std::size_t neuron);

private:
    struct Move { ///< of one z, and what comes out of one neuron
        double down = 0.0;
        double up = 0.0;
        [[nodiscard]] bool none() const { return down == 0.0 && up == 0.0; }
    };
    struct Layer : RowsPlace {
        std::vector<float> lowest; ///< of its inputs then, padded as all that kernels read
        std::vector<float> highest;
        double inputSize = 0.0;    ///< norm of the largest |x_i|
        std::vector<double> slope; ///< [neuron]: of f below 0
        std::vector<float> top;    ///< [neuron]: largest z of a dead one, else infinite
        // At the other moment, as far as known:
        std::vector<float> down; ///< of its inputs
        std::vector<float> up;
        double shiftSize = 0.0;  ///< norm of the largest |e_i|
        bool inputsStay = false; ///< with all bits
    };
    void know(std::size_t layer);
    void move(const Layer& layer, std::size_t first, int neurons);
    [[nodiscard]] Move moveOf(const Layer& layer, std::size_t index, std::size_t neuron,
                              const kernels::RowMove& row) const;
    [[nodiscard]] Move handedOn(const Layer& layer, std::size_t neuron, const Move& move, float highest) const;
    [[nodiscard]] const float* then() const { return m_then.parameters.data(); }

    std::vector<Layer> m_layers;
    Folded m_then;
    Folded m_now;                 ///< where something is folded in
    const float* m_new = nullptr; ///< weights and biases of the other moment
    bool m_foldsThen = false;     ///< something was folded in
    bool m_folds = false;         ///< something is now
    bool m_exactThen = false;     ///< passes work with the very bits that are compared
    bool m_exact = false;         ///< at both moments
    std::size_t m_known = 0;      ///< layers whose inputs' changes are known
    std::vector<kernels::RowMove> m_rows;
};

} // namespace flatline
