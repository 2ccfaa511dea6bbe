#pragma once

#include "core/analysis/hessian_pass.h"

#include <atomic>
#include <optional>
#include <span>
#include <vector>

namespace flatline {

/// Whether the training loss is differentiated by such parameters: weights, biases and learnt slopes. Batch norm's
/// figures are constants.
[[nodiscard]] bool isDifferentiated(BlockKind kind);

/// The training loss (mean over all samples, evaluation mode, without the decay term) and its gradient.
struct LossSlope {
    double loss = 0.0;            ///< infinite or no number where that of a sample is
    std::vector<double> gradient; ///< one entry a parameter; 0 for what is constant
};

/// The training loss's second derivative H at one point, in double: exact products with vectors instead of the matrix
/// (Pearlmutter 1994, "Fast exact multiplication by the Hessian"). The samples pass in pieces that bound the memory,
/// cut by the network's shape alone: equal parameters give equal bits. One thread an object; keeps scratch memory.
class TrainingHessian {
public:
    /// Keeps a reference to the split. parameters: in the layout of the spec's network.
    TrainingHessian(const NetworkSpec& spec, const Split& train, std::span<const float> parameters);

    [[nodiscard]] const Layout& layout() const { return m_network.layout(); }

    /// Nothing where `cancelled` became true on the way (looked at after each piece).
    [[nodiscard]] std::optional<LossSlope> slope(const std::atomic<bool>* cancelled = nullptr);

    /// product = H direction, both with one entry a parameter: about three times the work of slope(). What is constant
    /// is not read in the direction, and 0 in the product. False where `cancelled` became true on the way; the product
    /// is worth nothing then.
    [[nodiscard]] bool multiply(const double* direction, double* product, const std::atomic<bool>* cancelled = nullptr);

private:
    struct Tangents {                      ///< how the values of a pass change along the direction
        std::vector<Batch<double>> inner;  ///< of z, by hidden layer
        std::vector<Batch<double>> output; ///< of what the layer hands on
        Batch<double> outputs;
        Batch<double> gradient; ///< of d loss / d x
        Batch<double> above;    ///< of d loss / d f(z)
    };
    const HessianPass& passOf(Eigen::Index piece);
    void forwardTangents(const HessianPass& pass, const double* direction);
    void backwardTangents(const HessianPass& pass, const double* direction, double* product);
    void differentiateTangents(const HessianPass& pass, std::size_t layer, const double* direction, double* product);

    Network<double> m_network;
    const Split* m_train;
    std::vector<double> m_parameters;
    NormScales m_scales;
    Eigen::Index m_rows; ///< samples a piece
    Eigen::Index m_pieces;
    Eigen::Index m_passed = -1; ///< the piece that m_pass holds
    HessianPass m_pass;
    Tangents m_tangents;
};

} // namespace flatline
