#pragma once

#include "ui/fields/loss_scale.h"

namespace flatline {

/// How high a loss stands: linear in the loss, or in its logarithm.
struct HeightScale {
    bool logarithmic = false;
    LossScale range; ///< of the loss itself where it is linear
    bool operator==(const HeightScale&) const = default;

    [[nodiscard]] double z(double loss) const; ///< solidBottom to solidTop; not finite: NaN
};

/// The range of the surface's finite losses, widened to round figures. A surface that is flat but for rounding lies in
/// the middle.
[[nodiscard]] HeightScale heightFor(const Surface& surface, bool logarithmic);
/// What to show after `before`, so that the solid does not jump: widens at once, shrinks as the colours do.
[[nodiscard]] HeightScale steadyHeight(const HeightScale& before, const HeightScale& wanted);

} // namespace flatline
