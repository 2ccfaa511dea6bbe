#pragma once

#include "core/base/random.h"

#include <cstdint>
#include <span>
#include <vector>

namespace flatline {

/// GELU as it was thought up (Hendrycks and Gimpel 2016): an input x passes a gate that opens by chance, the more
/// likely the larger it is, x 1[n < x] with n standard normal. The mean over all gates is x Phi(x). Drawn from the
/// stream of gates: the same seed opens the same gates.
class RandomGates {
public:
    explicit RandomGates(std::uint64_t seed);

    void draw(int more);
    [[nodiscard]] int count() const { return static_cast<int>(m_thresholds.size()); }
    [[nodiscard]] std::span<const double> thresholds() const { return m_thresholds; } ///< n of each gate, as drawn
    /// The mean over the gates drawn, at each x; 0 where none was drawn.
    [[nodiscard]] std::vector<double> mean(std::span<const double> x) const;

private:
    RandomStream m_stream;
    std::vector<double> m_thresholds;
};

} // namespace flatline
