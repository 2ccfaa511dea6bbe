#pragma once

#include "core/diagnosis/bound_room.h"
#include "core/network/folded.h"
#include "core/network/network.h"

#include <cstddef>
#include <vector>

namespace flatline {

/// How far a hidden neuron's z can have moved on any sample since a certain moment, told from the parameters alone. For
/// ReLU-like functions whose slopes have not moved. With dW, db the changes of a layer's weights and biases (batch norm
/// and warming folded in), |.| their norms, H the largest norm of the layer's inputs at that moment, and D a bound on
/// the inputs' change:
///   |dz_j| <= |dw_j| H + |db_j| + |w_j| D,    next D <= steep (sqrt(H^2 + 1) |(dW, db)| + |W| D)
/// by Cauchy's inequality; `steep` is the largest slope, |w| <= |w then| + |dw|. Where many moments share the work,
/// each input has a bound d_i of its own, and the sum of |w_ji| d_i takes the place of |w_j| D. Room for rounding is
/// included. One thread; scratch memory.
class ShiftBound {
public:
    /// That moment. `inputNorms`: H of each hidden layer that is asked for, from the first; slopes at most `steep`.
    void start(const Network<float>& network, const float* parameters, const std::vector<float>& inputNorms,
               double steep);
    /// The other moment takes the place of the first one, and its parameters must stay until the next start.
    /// `inputNorms`: H then of the first layers, as far as it is known; that of the others grows by what it may have.
    void goOn(const Network<float>& network, const float* parameters, const std::vector<float>& inputNorms);
    /// The other moment; the parameters must stay while its neurons are asked for.
    void compare(const Network<float>& network, const float* parameters);
    /// Several moments, at none of which anything is folded in: by how much each parameter differs at most, at least as
    /// far as the biases of the last layer that is asked for. Must stay likewise. False: something was folded in then.
    [[nodiscard]] bool compareAll(const float* differences);
    /// The bound for a neuron. 0: no z of it can have changed by a single bit. NaN: nothing is known.
    [[nodiscard]] double of(std::size_t layer, std::size_t neuron);

private:
    struct Layer : RowsPlace {
        double inputNorm = 0.0;    ///< H
        double size = 0.0;         ///< |W| then; -1: not asked for yet
        double terms = 0.0;        ///< norm of the biases' terms then, likewise
        std::vector<double> sizes; ///< |w_j| then, each likewise
    };
    [[nodiscard]] const float* then() const { return m_lent != nullptr ? m_lent : m_then.parameters.data(); }
    void begin(const Network<float>& network, const float* parameters);
    [[nodiscard]] double moveOf(std::size_t offset, int count) const;
    [[nodiscard]] double inputShift(std::size_t layer);
    [[nodiscard]] double outputShift(std::size_t layer, double shift);
    [[nodiscard]] double sizeThen(Layer& layer, std::size_t neuron) const;
    [[nodiscard]] double ofMany(std::size_t layer, std::size_t neuron);

    std::vector<Layer> m_layers;
    double m_steep = 1.0;
    Folded m_then;
    const float* m_lent = nullptr; ///< parameters then that are not in m_then
    Folded m_now;                  ///< where something is folded in
    const float* m_new = nullptr;  ///< weights and biases of the other moment, or null: many moments
    const float* m_differences = nullptr;
    bool m_foldsThen = false;                        ///< something was folded in
    bool m_folds = false;                            ///< something is now
    bool m_exactThen = false;                        ///< passes work with the very bits that are compared
    bool m_exact = false;                            ///< at both moments
    std::vector<double> m_shifts;                    ///< D of the first layers, as far as asked for
    std::vector<std::vector<double>> m_outputShifts; ///< many moments: the bounds of f(z), likewise
    std::size_t m_knownOutputs = 0;
};

} // namespace flatline
