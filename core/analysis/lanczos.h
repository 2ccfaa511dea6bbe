#pragma once

#include <Eigen/Core>

#include <functional>
#include <optional>

namespace flatline {

struct LanczosOptions {
    int maximumIterations = 60;
    double tolerance = 1e-4; ///< of the residual |A x - value x|, relative to the value: the value's own error
                             ///< is smaller still
    std::size_t mostNumbers = 1U << 24U; ///< the basis may have so many (128 MB); a larger one is condensed
};

/// An eigenvalue with its vector, as far as it was found.
struct Eigenpair {
    double value = 0.0;
    Eigen::VectorXd vector; ///< unit length
    int iterations = 0;     ///< products that were formed
    bool converged = false;
};

/// product = A v for a symmetric A. False: give up.
using SymmetricProduct = std::function<bool(const Eigen::VectorXd& v, Eigen::VectorXd& product)>;

/// The largest (algebraic, not absolute) eigenvalue by Lanczos's method with full reorthogonalization; where the basis
/// grows too large, it is condensed to its best Ritz vectors (thick restart, Wu and Simon 2000). `start` is not 0 and
/// lies in the space that A acts on. Nothing where the product gave up.
[[nodiscard]] std::optional<Eigenpair> largestEigenpair(const SymmetricProduct& product, Eigen::VectorXd start,
                                                        const LanczosOptions& options = {});

} // namespace flatline
