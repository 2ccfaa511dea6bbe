#include "core/analysis/lanczos.h"

#include "core/base/symmetric_eigen.h"

#include <algorithm>
#include <cassert>
#include <vector>

namespace flatline {
namespace {

using Eigen::VectorXd;

/// An orthonormal basis v_1 .. v_m and T = V^T A V. All that A V has outside of the basis lies along one vector: the
/// next one, `residual` long, and stems from v_m alone.
struct Basis {
    std::vector<VectorXd> vectors;
    Eigen::MatrixXd projected;
    double residual = 0.0;

    [[nodiscard]] Eigen::Index size() const { return static_cast<Eigen::Index>(vectors.size()); }
};

VectorXd combined(const std::vector<VectorXd>& vectors, const VectorXd& weights) {
    VectorXd sum = VectorXd::Zero(vectors.front().size());
    for (std::size_t i = 0; i < vectors.size(); ++i)
        sum += weights[static_cast<Eigen::Index>(i)] * vectors[i];
    return sum;
}

/// Adds v with its product, which becomes the next vector (not yet of unit length).
void extend(Basis& basis, VectorXd v, VectorXd& product) {
    basis.vectors.push_back(std::move(v));
    const Eigen::Index last = basis.size() - 1;
    basis.projected.conservativeResize(last + 1, last + 1);
    basis.projected.row(last).setZero();
    for (int round = 0; round < 2; ++round) // once is not enough in floating point
        for (Eigen::Index i = 0; i <= last; ++i) {
            const VectorXd& one = basis.vectors[static_cast<std::size_t>(i)];
            const double part = one.dot(product);
            product -= part * one;
            basis.projected(last, i) += part;
        }
    basis.projected.col(last) = basis.projected.row(last).transpose();
    basis.residual = product.norm();
}

/// Keeps the Ritz vectors of the largest eigenvalues; the next vector stays what it was.
void condense(Basis& basis, const SymmetricEigen& ritz, Eigen::Index keep) {
    std::vector<VectorXd> kept;
    const VectorXd values = ritz.values.tail(keep);
    for (Eigen::Index i = basis.size() - keep; i < basis.size(); ++i)
        kept.push_back(combined(basis.vectors, ritz.vectors.col(i)));
    basis.vectors = std::move(kept);
    basis.projected = values.asDiagonal();
}

} // namespace

std::optional<Eigenpair> largestEigenpair(const SymmetricProduct& product, VectorXd start,
                                          const LanczosOptions& options) {
    assert(start.norm() > 0.0 && options.maximumIterations > 0);
    const auto affordable = static_cast<Eigen::Index>(options.mostNumbers / static_cast<std::size_t>(start.size()));
    const Eigen::Index most = std::max<Eigen::Index>(4, affordable);
    Basis basis;
    VectorXd next = start.normalized();
    Eigenpair best;
    for (;;) {
        VectorXd image;
        if (!product(next, image))
            return std::nullopt;
        ++best.iterations;
        extend(basis, std::move(next), image);
        const SymmetricEigen ritz = symmetricEigen(basis.projected);
        const Eigen::Index last = basis.size() - 1;
        const double norm = ritz.values.cwiseAbs().maxCoeff();
        best.value = ritz.values[last];
        // Around 0 the relative measure means nothing: there the matrix's own size counts.
        const double measure = std::max(std::abs(best.value), 1e-6 * norm);
        const bool whole = basis.residual <= 1e-13 * norm || basis.size() == start.size();
        best.converged = whole || basis.residual * std::abs(ritz.vectors(last, last)) <= options.tolerance * measure;
        if (best.converged || best.iterations == options.maximumIterations) {
            best.vector = combined(basis.vectors, ritz.vectors.col(last)).normalized();
            return best;
        }
        next = image / basis.residual;
        if (basis.size() == most)
            condense(basis, ritz, most / 2);
    }
}

} // namespace flatline
