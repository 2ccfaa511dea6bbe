#pragma once

#include "core/network/network.h"

#include <vector>

namespace flatline {

/// In evaluation, batch norm and bias warming are only a scale and a shift: the network is the plain one
///   z_k = f(z_(k-1)) W'_k^T + b'_k
/// With s = gamma / sqrt(variance + epsilon) and t = beta - s mean of each neuron:
///   before the activation:  W'_k = s_k W_k,      b'_k = s_k (b_k + shift) + t_k
///   after it:               W'_k = W_k s_(k-1),  b'_k = b_k + shift + W_k t_(k-1)
/// What reads pre-activations alone (bounds, causes of death, the chance of a kick) works on this form.
struct Folded {
    std::vector<float> parameters;             ///< in the network's own layout; only weights and biases differ
    std::vector<std::vector<float>> magnitude; ///< [layer][neuron]: sum of |terms| of b', for bounds on rounding
};

/// Reuses the memory of `folded`.
void fold(const Network<float>& network, const float* parameters, Folded& folded);

/// Adds to `gradient` that by the network's own parameters, in evaluation, given the one by the folded parameters:
///   before the activation:  dW = s dW',            db = s db',   ds = sum over i of W_i dW'_i + (b + shift) db',  dt =
///   db' after it:               dW = dW' s + db' t^T,  db = db',     ds_i = sum over j of W_ji dW'_ji,  dt_i = sum of
///   W_ji db'_j dbeta = dt,   dgamma = (ds - mean dt) / sqrt(variance + epsilon)
void unfoldGradient(const Network<float>& network, const float* parameters, const float* folded, float* gradient);

/// Batch norm's scale s and shift t of a hidden layer's neuron, layer and neuron from 0; 1 and 0 without it.
struct NormScale {
    double scale = 1.0;
    double shift = 0.0;
    double size = 0.0; ///< |beta| + |s mean|: what the shift was made of
};
[[nodiscard]] NormScale normScale(const Layout& layout, const float* parameters, std::size_t layer, std::size_t neuron);

} // namespace flatline
