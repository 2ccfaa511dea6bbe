#pragma once

#include <Eigen/Core>

namespace flatline {

/// The standard normal's distribution function Phi, element by element, with a small relative error in the far tail
/// too, where 1 + erf cancels to nothing: 1e-9, where a float has 6e-8.
[[nodiscard]] Eigen::ArrayXd normalDistribution(const Eigen::ArrayXd& z);

/// Its density, phi(z) = e^(-z^2 / 2) / sqrt(2 pi).
[[nodiscard]] Eigen::ArrayXd normalDensity(const Eigen::ArrayXd& z);

} // namespace flatline
