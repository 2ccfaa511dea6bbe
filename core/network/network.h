#pragma once

#include "core/base/result.h"
#include "core/data/batch.h"
#include "core/data/dataset.h"
#include "core/network/activation.h"
#include "core/network/batch_norm.h"
#include "core/network/bias_shift.h"
#include "core/network/layout.h"
#include "core/network/objective.h"
#include "core/settings/settings.h"

#include <memory>
#include <utility>
#include <vector>

namespace flatline {

/// What a network is, without its parameters.
struct NetworkSpec {
    int inputs = 1;
    std::vector<int> hidden;
    int outputs = 1;
    const ActivationRow* activation = nullptr; ///< a row of activationTable()
    ActivationParameters activationParameters;
    const ObjectiveRow* objective = nullptr; ///< a row of objectiveTable()
    BatchNorm batchNorm = BatchNorm::None;
    BiasShift biasShift = {}; ///< what bias warming has left of its gamma
    bool operator==(const NetworkSpec&) const = default;
};

/// The network that the settings mean for this data. Errors: an output that does not fit the task.
[[nodiscard]] Result<NetworkSpec> makeNetworkSpec(const Settings& settings, const Dataset& dataset);

/// Where the parameters of such a network stand.
[[nodiscard]] Layout layoutOf(const NetworkSpec& spec);

/// The values of one pass through a network, kept for the backward pass and for the diagnosis. Reused from
/// pass to pass without allocation as long as the number of samples stays.
template <class Scalar>
struct Pass {
    std::vector<Batch<Scalar>> preActivations; ///< z of hidden layer k, from 0
    std::vector<Batch<Scalar>> activations;    ///< f(z) of hidden layer k
    std::vector<Batch<Scalar>> normalized;     ///< of f(z): what the next layer sees; batch norm after f only
    std::vector<BatchNormPass<Scalar>> norms;  ///< batch norm only
    Batch<Scalar> outputs;                     ///< the logits
    Batch<Scalar> outputGradient;              ///< d loss / d logits; backward reads it
    std::vector<Batch<Scalar>> gradients;      ///< of backward: d loss / d z of hidden layer k
    Batch<Scalar> slopes;                      ///< scratch of backward: f'(z) of the layer under way
    Batch<Scalar> linear;                      ///< scratch: a layer's sums before batch norm, or their gradient

    /// What hidden layer k hands on to the next one.
    [[nodiscard]] const Batch<Scalar>& output(std::size_t k) const {
        return normalized.empty() ? activations[k] : normalized[k];
    }
};

/// With which figures batch norm works: those of the batch, or its running ones.
enum class PassMode { Evaluation, Training };

/// A fully connected network: dense layers with one activation function between them, none after the last.
///   x_k = h_(k-1) W_k^T + b_k + shift,   h_0 = the features, no shift in the output layer
///   z_k = x_k,      h_k = f(z_k)         without batch norm
///   z_k = BN(x_k),  h_k = f(z_k)         batch norm before the activation
///   z_k = x_k,      h_k = BN(f(z_k))     after it
/// Stateless: parameters are handed in as one flat vector. Safe to share between threads. The plain Eigen
/// formulation; float for the program, double for derivative checks.
template <class Scalar>
class Network {
public:
    explicit Network(NetworkSpec spec);

    [[nodiscard]] const NetworkSpec& spec() const { return m_spec; }
    [[nodiscard]] const Layout& layout() const { return m_layout; }
    [[nodiscard]] int hiddenLayers() const { return static_cast<int>(m_spec.hidden.size()); }

    /// Changes what is live: activation, alpha, slope at zero.
    /// Learnt slopes are another layout: the caller brings its parameters along.
    void setActivation(const ActivationRow& activation, ActivationParameters parameters);
    void setBiasShift(BiasShift shift) { m_spec.biasShift = std::move(shift); }

    /// The activation's figures for one neuron (layer and neuron from 0): with a learnt slope, its own alpha.
    [[nodiscard]] ActivationParameters neuronParameters(const Scalar* parameters, std::size_t layer,
                                                        std::size_t neuron) const;

    /// Fills preActivations, activations and outputs.
    void forward(const Scalar* parameters, const Batch<Scalar>& features, Pass<Scalar>& pass,
                 PassMode mode = PassMode::Evaluation) const;
    /// Adds the gradient of the loss, whose derivative by the logits is pass.outputGradient, to `gradient`
    /// (one entry a parameter). The pass is the one that forward filled for these features.
    void backward(const Scalar* parameters, const Batch<Scalar>& features, Pass<Scalar>& pass, Scalar* gradient) const;
    /// Batch norm's running figures after the batch of that pass, which was one of training. Others stay.
    void updateRunningFigures(const Pass<Scalar>& pass, Scalar* parameters) const;

private:
    void activate(const Scalar* parameters, std::size_t layer, Pass<Scalar>& pass) const;
    void differentiate(const Scalar* parameters, std::size_t layer, Pass<Scalar>& pass, Scalar* gradient) const;
    void addWeightGradient(const Scalar* parameters, std::size_t layer, const Pass<Scalar>& pass,
                           const Batch<Scalar>& gradient, const Batch<Scalar>& input, Scalar* sums) const;
    void addBiasGradient(const Pass<Scalar>& pass, std::size_t layer, const Batch<Scalar>& gradient,
                         Scalar* sums) const;
    [[nodiscard]] bool betaCancels(const Pass<Scalar>& pass, std::size_t layer, Eigen::Index unit) const;
    void normalizeLayer(const Scalar* parameters, std::size_t layer, const Batch<Scalar>& input, Pass<Scalar>& pass,
                        Batch<Scalar>& output) const;
    void normalizeLayerBack(const Scalar* parameters, std::size_t layer, const Pass<Scalar>& pass,
                            Batch<Scalar>& gradient, Scalar* sums) const;

    NetworkSpec m_spec;
    Layout m_layout;
};

extern template class Network<float>;
extern template class Network<double>;

} // namespace flatline
