#pragma once

#include "core/landscape/surface.h"

#include <QImage>
#include <QSize>

#include <vector>

namespace flatline {

/// The colours' range: log10 of the loss. Losses outside it take the end's colour.
struct LossScale {
    double low = 0.0;
    double high = 1.0;
    bool operator==(const LossScale&) const = default;

    [[nodiscard]] double position(double loss) const; ///< 0 at low, 1 at high, clamped; not finite: NaN
};

/// log10 of a loss; a loss below 1e-8, a float's zero, counts as 1e-8. Not finite in: NaN out.
[[nodiscard]] double logLoss(double loss);

/// The range of the surface's finite losses, widened to round figures. [0, 1] where there are none.
[[nodiscard]] LossScale scaleFor(const Surface& surface);
/// What to show after `before`, so that the colours do not flicker: widens at once, shrinks only when a good part of
/// the range has become unused.
[[nodiscard]] LossScale steadyScale(const LossScale& before, const LossScale& wanted);

/// Round losses inside the scale for ticks, at most about `count` of them.
[[nodiscard]] std::vector<double> lossTicks(const LossScale& scale, int count);

/// The surface in viridis, bilinear in the log of the loss, grid points at the picture's very edges, b upwards.
/// `pixels` are device pixels; what is not finite is grey with a hatch of `pitch` pixels.
[[nodiscard]] QImage lossImage(const Surface& surface, const LossScale& scale, QSize pixels, int pitch = 8);
/// The same hatch, for a legend.
[[nodiscard]] QImage notFiniteImage(QSize pixels, int pitch = 8);

} // namespace flatline
