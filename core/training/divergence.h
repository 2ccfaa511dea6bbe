#pragma once

#include "core/base/result.h"
#include "core/network/network.h"

#include <optional>
#include <span>
#include <string>

namespace flatline {

/// Where a step met its first value that is not finite.
struct NonFinitePlace {
    int layer = 0;    ///< from 1; the output layer is the last
    std::string what; ///< "pre-activation", "gradient", "parameter" or "loss"
};

/// Looks in the order in which a step computes: forward, loss, gradient (from the last layer), new
/// parameters.
[[nodiscard]] std::optional<NonFinitePlace> findNonFinite(const LossSum& loss, const Pass<float>& pass,
                                                          std::span<const float> gradient, std::span<const float> next,
                                                          const Layout& layout);

/// "the training diverged at step 12: ... in layer 2".
[[nodiscard]] Error divergenceError(std::int64_t step, const NonFinitePlace& place);

} // namespace flatline
