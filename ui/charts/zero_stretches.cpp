#include "ui/charts/zero_stretches.h"

#include <algorithm>

namespace flatline {

std::vector<AxisRange> zeroStretches(const Curve& curve) {
    std::vector<AxisRange> stretches;
    bool open = false;
    for (const CurvePoint& point : curve) {
        const bool zero = point.value == 0.0;
        if (zero && !open)
            stretches.push_back({point.step, point.step});
        else if (open)
            stretches.back().to = point.step;
        open = zero;
    }
    return stretches;
}

std::optional<AxisRange> positiveReach(const std::vector<Curve>& curves) {
    std::optional<AxisRange> reach;
    for (const Curve& curve : curves)
        for (const CurvePoint& point : curve)
            if (point.value > 0.0)
                reach = reach ? AxisRange{std::min(reach->from, point.value), std::max(reach->to, point.value)}
                              : AxisRange{point.value, point.value};
    return reach;
}

} // namespace flatline
