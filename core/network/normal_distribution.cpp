#include "core/network/normal_distribution.h"

#include <array>
#include <cmath>
#include <numbers>

namespace flatline {

/// Phi(z) = erfc(-z / sqrt 2) / 2;  erfc(x) = t exp(-x^2 + P(t)), t = 2 / (2 + x), x >= 0, P the first terms of a
/// Chebyshev series (Numerical Recipes, 3rd edition, 6.2.2).
Eigen::ArrayXd normalDistribution(const Eigen::ArrayXd& z) {
    static constexpr std::array c{
        -1.3026537197817094, 6.4196979235649026e-1, 1.9476473204185836e-2, -9.561514786808631e-3, -9.46595344482036e-4,
        3.66839497852761e-4, 4.2523324806907e-5,    -2.0278578112534e-5,   -1.624290004647e-6,    1.303655835580e-6,
        1.5626441722e-8,     -8.5238095915e-8,      6.529054439e-9,        5.059343495e-9};
    Eigen::ArrayXd exponent(z.size());
    Eigen::ArrayXd factor(z.size());
    for (Eigen::Index i = 0; i < z.size(); ++i) {
        const double x = std::abs(z[i]) * (1.0 / std::numbers::sqrt2);
        const double t = 2.0 / (2.0 + x);
        const double y = 4.0 * t - 2.0;
        double d = 0.0;
        double previous = 0.0;
        for (std::size_t k = c.size() - 1; k > 0; --k) { // Clenshaw's recurrence
            const double next = y * d - previous + c[k];
            previous = d;
            d = next;
        }
        exponent[i] = 0.5 * (c[0] + y * d) - previous - x * x;
        factor[i] = 0.5 * t;
    }
    const Eigen::ArrayXd upper = factor * exponent.exp();
    return (z < 0.0).select(upper, 1.0 - upper);
}

Eigen::ArrayXd normalDensity(const Eigen::ArrayXd& z) {
    constexpr double scale = std::numbers::inv_sqrtpi / std::numbers::sqrt2;
    return scale * (-0.5 * z.square()).exp();
}

} // namespace flatline
