#include "core/network/objective_curvature.h"

#include <array>
#include <cassert>
#include <cmath>

namespace flatline {
namespace {

/// p = softmax(z):  (H t)_k = p_k (t_k - sum_j p_j t_j).
/// Adding a constant to t changes nothing: with t of the likeliest class subtracted, no 1 - p cancels.
void softmaxCurvature(const Batch<double>& outputs, const Targets<double>& /*targets*/, double scale,
                      const Batch<double>& tangent, Batch<double>& product) {
    product.resize(outputs.rows(), outputs.cols());
    for (Eigen::Index i = 0; i < outputs.rows(); ++i) {
        Eigen::Index best = 0;
        const double greatest = outputs.row(i).maxCoeff(&best);
        double sum = 0.0;
        double mean = 0.0;
        for (Eigen::Index k = 0; k < outputs.cols(); ++k) {
            const double power = std::exp(outputs(i, k) - greatest);
            sum += power;
            mean += power * (tangent(i, k) - tangent(i, best));
            product(i, k) = scale * power;
        }
        mean /= sum;
        for (Eigen::Index k = 0; k < outputs.cols(); ++k)
            product(i, k) *= (tangent(i, k) - tangent(i, best) - mean) / sum;
    }
}

/// s (1 - s) = e / (1 + e)^2 with e = exp(-|z|)
void sigmoidCurvature(const Batch<double>& outputs, const Targets<double>& /*targets*/, double scale,
                      const Batch<double>& tangent, Batch<double>& product) {
    const Eigen::ArrayXXd e = (-outputs.array().abs()).exp();
    product = (scale * tangent.array() * e / (1.0 + e).square()).matrix();
}

/// 2 / K, K the number of outputs
void linearCurvature(const Batch<double>& outputs, const Targets<double>& /*targets*/, double scale,
                     const Batch<double>& tangent, Batch<double>& product) {
    product = (2.0 * scale / static_cast<double>(outputs.cols())) * tangent;
}

/// loss = ln S - ln z_y, S the sum of the positive outputs:
///   (H t)_k = -[z_k > 0] (sum over the positive j of t_j) / S^2 + [k = y] t_y / z_y^2
void normalizedCurvature(const Batch<double>& outputs, const Targets<double>& targets, double scale,
                         const Batch<double>& tangent, Batch<double>& product) {
    product.setZero(outputs.rows(), outputs.cols());
    for (Eigen::Index i = 0; i < outputs.rows(); ++i) {
        const int label = targets.labels[static_cast<std::size_t>(i)];
        const double own = outputs(i, label);
        if (own <= 0.0)
            continue;
        double total = 0.0;
        double along = 0.0;
        for (Eigen::Index k = 0; k < outputs.cols(); ++k)
            if (outputs(i, k) > 0.0) {
                total += outputs(i, k);
                along += tangent(i, k);
            }
        for (Eigen::Index k = 0; k < outputs.cols(); ++k)
            if (outputs(i, k) > 0.0)
                product(i, k) = -scale * along / (total * total);
        product(i, label) += scale * tangent(i, label) / (own * own);
    }
}

struct CurvatureRow {
    std::string_view objective;
    OutputCurvature curvature;
};
constexpr std::array table{
    CurvatureRow{"softmax", softmaxCurvature},
    CurvatureRow{"sigmoid", sigmoidCurvature},
    CurvatureRow{"linear", linearCurvature},
    CurvatureRow{"relu-normalized", normalizedCurvature},
};

} // namespace

OutputCurvature outputCurvature(const ObjectiveRow& objective) {
    for (const CurvatureRow& row : table)
        if (row.objective == objective.id)
            return row.curvature;
    assert(false);
    return nullptr;
}

} // namespace flatline
