#pragma once

#include <Eigen/Core>

namespace flatline {

/// A = V diag(values) V^T.
struct SymmetricEigen {
    Eigen::VectorXd values;  ///< ascending
    Eigen::MatrixXd vectors; ///< of unit length, one a column, in the values' order
};

/// Of a symmetric matrix; its lower triangle alone is read. Eigen's solver takes seconds to compile wherever it stands:
/// it stands here alone.
[[nodiscard]] SymmetricEigen symmetricEigen(const Eigen::MatrixXd& matrix);

} // namespace flatline
