#pragma once

#include "core/data/dataset.h"
#include "core/network/network.h"

#include <span>
#include <vector>

namespace flatline {

/// A weight block of a flat parameter vector as a matrix, and any other block as a column.
using WeightMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
[[nodiscard]] inline Eigen::Map<const WeightMatrix> matrixOf(const double* values, const Block& block) {
    return {values + block.offset, block.rows, block.columns};
}
[[nodiscard]] inline Eigen::Map<WeightMatrix> matrixOf(double* values, const Block& block) {
    return {values + block.offset, block.rows, block.columns};
}
[[nodiscard]] inline Eigen::Map<const Eigen::VectorXd> columnOf(const double* values, const Block& block) {
    return {values + block.offset, block.rows};
}
[[nodiscard]] inline Eigen::Map<Eigen::VectorXd> columnOf(double* values, const Block& block) {
    return {values + block.offset, block.rows};
}

/// Batch norm in evaluation is a scale and a shift (see folded.h), and a change passes through the scale alone: that of
/// each hidden layer's neurons before and after the activation; empty where there is none.
struct NormScales {
    std::vector<Eigen::RowVectorXd> before;
    std::vector<Eigen::RowVectorXd> after;
};
[[nodiscard]] NormScales normScales(const NetworkSpec& spec, const Layout& layout, std::span<const float> parameters);

/// values.col(j) *= scale[j]; nothing where the scale is empty.
void scaleColumns(Batch<double>& values, const Eigen::RowVectorXd& scale);

/// Some samples passed forward and back through the network in evaluation mode: all that stays the same while the
/// Hessian is multiplied with one direction after another.
struct HessianPass {
    Batch<double> features;
    Targets<double> targets;
    Pass<double> values;                  ///< forward
    LossSum loss;                         ///< of these samples
    std::vector<Batch<double>> slopes;    ///< f'(z), by hidden layer
    std::vector<Batch<double>> above;     ///< d loss / d f(z), by hidden layer
    std::vector<Batch<double>> bends;     ///< d loss / d f(z) * f''(z), by hidden layer
    std::vector<Batch<double>> gradients; ///< d loss / d x, by layer, the output layer last

    /// What layer k (from 0) works on.
    [[nodiscard]] const Batch<double>& input(std::size_t k) const { return k == 0 ? features : values.output(k - 1); }
};

/// How many samples a piece may have, so that its passes and tangents stay within some 64 MB.
[[nodiscard]] Eigen::Index samplesPerPass(const NetworkSpec& spec);

/// Fills the pass with `count` samples of the split from `first` on; the loss is the mean over the whole split.
void fillPass(const Network<double>& network, const double* parameters, const NormScales& scales, const Split& split,
              Eigen::Index first, Eigen::Index count, HessianPass& pass);

} // namespace flatline
