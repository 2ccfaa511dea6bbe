#pragma once

#include "core/postmortem/sample_path.h"

#include <cstddef>
#include <functional>
#include <vector>

namespace flatline {

/// Moments of a run by their number.
using Moments = std::function<NetworkMoment(std::size_t)>;

/// How far a hidden neuron's z on a sample can be, at any of some moments, from what it is at one, told from the
/// parameters and from how long the sample's inputs are to each layer at that one. For plain ReLU-like networks, whose
/// slopes do not move. With r the most that each parameter differs, |.| norms, h_k a sample's inputs to layer k:
///   |dz_j| <= |r_j| |h_k| + r_b + sum_i |w_ji| d_i + |r_j| |d|,     d_i <= steep |dz_i| of the layer before
/// which is a sum of the |h_k| of the layers up to this one with factors of the neuron's own. Room for rounding is
/// included. One thread; scratch memory.
class MomentBound {
public:
    /// Of one neuron: |dz| <= rest + sum of factors[k] |h_k|.
    struct Reach {
        std::vector<double> factors; ///< by layer up to its own
        double rest = 0.0;
        bool moves = true; ///< false: no z of it can have changed by a single bit
    };
    /// Those moments around that one; `places` are whom it is asked about. The parameters must stay.
    void begin(const Network<float>& network, const Moments& moment, std::size_t middle,
               const std::vector<std::size_t>& numbers, const std::vector<NeuronPlace>& places);
    void of(NeuronPlace place, Reach& reach) const;

private:
    struct Layer {
        std::vector<std::vector<double>> factors; ///< [layer up to this one][neuron], of f(z)
        std::vector<double> rest;
        std::vector<double> norms; ///< of the factors over all neurons
        double restNorm = 0.0;
        bool moves = false;
    };
    void spread(std::size_t offset, std::size_t count);
    void bound(std::size_t number);
    void reachOf(const NeuronRow& row, const Layer* before, Reach& reach) const;

    const Network<float>* m_network = nullptr;
    const float* m_then = nullptr; ///< the one moment's parameters
    std::vector<const float*> m_moments;
    std::vector<float> m_radius; ///< by how much each parameter differs at most, of those asked for
    std::vector<Layer> m_layers; ///< those before the deepest asked about are of use
    Reach m_reach;
    double m_steep = 1.0;
};

} // namespace flatline
