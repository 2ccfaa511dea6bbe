#include "ui/solid/height_scale.h"

#include "ui/solid/camera.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace flatline {
namespace {

constexpr double rounding = 1e-5; // a span below this part of the loss is float's noise, and no hill

LossScale linearRange(const Surface& surface) {
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const double loss : surface.loss)
        if (std::isfinite(loss)) {
            low = std::min(low, loss);
            high = std::max(high, loss);
        }
    if (low > high)
        return {};
    const double size = std::max({std::abs(low), std::abs(high), 1e-8});
    if (high - low <= rounding * size)
        return {low - 0.1 * size, high + 0.1 * size};
    const double rough = high / 10.0 - low / 10.0; // the difference itself may be too large for a number
    const double unit = std::pow(10.0, std::floor(std::log10(rough)));
    const double step = unit * (rough / unit > 5.0 ? 5.0 : rough / unit > 2.0 ? 2.0 : 1.0);
    constexpr double most = std::numeric_limits<double>::max();
    return {std::max(std::floor(low / step) * step, -most), std::min(std::ceil(high / step) * step, most)};
}

} // namespace

double HeightScale::z(double loss) const {
    if (!std::isfinite(loss))
        return std::numeric_limits<double>::quiet_NaN();
    const double share =
        logarithmic ? range.position(loss)
                    : std::clamp((loss / 2.0 - range.low / 2.0) / (range.high / 2.0 - range.low / 2.0), 0.0, 1.0);
    return solidBottom + share * (solidTop - solidBottom);
}

HeightScale heightFor(const Surface& surface, bool logarithmic) {
    return {logarithmic, logarithmic ? scaleFor(surface) : linearRange(surface)};
}

HeightScale steadyHeight(const HeightScale& before, const HeightScale& wanted) {
    if (before.logarithmic != wanted.logarithmic)
        return wanted;
    return {wanted.logarithmic, steadyScale(before.range, wanted.range)};
}

} // namespace flatline
