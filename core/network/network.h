#pragma once

#include "core/base/result.h"
#include "core/data/batch.h"
#include "core/data/dataset.h"
#include "core/network/activation.h"
#include "core/network/layout.h"
#include "core/network/objective.h"
#include "core/settings/settings.h"

#include <memory>
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
    bool operator==(const NetworkSpec&) const = default;
};

/// The network that the settings mean for this data. Errors: an output that does not fit the task.
[[nodiscard]] Result<NetworkSpec> makeNetworkSpec(const Settings& settings, const Dataset& dataset);

/// The values of one pass through a network, kept for the backward pass and for the diagnosis. Reused from
/// pass to pass without allocation as long as the number of samples stays.
template <class Scalar>
struct Pass {
    std::vector<Batch<Scalar>> preActivations; ///< z of hidden layer k, from 0
    std::vector<Batch<Scalar>> activations;    ///< f(z) of hidden layer k
    Batch<Scalar> outputs;                     ///< the logits
    Batch<Scalar> outputGradient;              ///< d loss / d logits; backward reads it
    std::vector<Batch<Scalar>> gradients;      ///< of backward: d loss / d z of hidden layer k
    Batch<Scalar> slopes;                      ///< scratch of backward
};

/// A fully connected network: dense layers with one activation function between them, none after the last.
///   z_k = h_(k-1) W_k^T + b_k,   h_k = f(z_k),   h_0 = the features
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
    void setActivation(const ActivationRow& activation, ActivationParameters parameters);

    /// Fills preActivations, activations and outputs.
    void forward(const Scalar* parameters, const Batch<Scalar>& features, Pass<Scalar>& pass) const;
    /// Adds the gradient of the loss, whose derivative by the logits is pass.outputGradient, to `gradient`
    /// (one entry a parameter). The pass is the one that forward filled for these features.
    void backward(const Scalar* parameters, const Batch<Scalar>& features, Pass<Scalar>& pass, Scalar* gradient) const;

private:
    NetworkSpec m_spec;
    Layout m_layout;
};

extern template class Network<float>;
extern template class Network<double>;

} // namespace flatline
