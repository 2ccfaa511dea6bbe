#include "ui/charts/plot_points.h"

#include <algorithm>
#include <cmath>

namespace flatline {

std::optional<double> axisValue(double value, bool logarithmic) {
    if (!std::isfinite(value) || (logarithmic && value <= 0.0))
        return std::nullopt;
    if (logarithmic)
        return std::log10(std::clamp(value, smallestLogShown, largestShown));
    return std::clamp(value, -largestShown, largestShown);
}

QList<QPointF> linePoints(const PlotCurve& curve, bool logarithmic) {
    QList<QPointF> line;
    line.reserve(static_cast<qsizetype>(curve.points.size()) * (curve.steps ? 3 : 1));
    for (const CurvePoint& point : curve.points) {
        const auto y = axisValue(point.value, logarithmic);
        if (!y || !std::isfinite(point.step))
            continue;
        if (curve.steps && !line.isEmpty()) {
            const double before = line.back().y();
            if (before == *y && point.low == point.high)
                continue;
            line.append({point.step, before});
            // What came and went since the point before: a stroke down or up.
            const auto low = axisValue(point.low, logarithmic);
            const auto high = axisValue(point.high, logarithmic);
            if (low && *low < std::min(before, *y))
                line.append({point.step, *low});
            if (high && *high > std::max(before, *y))
                line.append({point.step, *high});
        }
        line.append({point.step, *y});
    }
    if (curve.steps && !line.isEmpty() && curve.points.back().step > line.back().x())
        line.append({curve.points.back().step, line.back().y()});
    return line;
}

QPolygonF bandOutline(const PlotCurve& curve, bool logarithmic) {
    QPolygonF outline;
    std::vector<QPointF> back;
    for (const CurvePoint& point : curve.points) {
        const auto middle = axisValue(point.value, logarithmic);
        if (!middle || !std::isfinite(point.step))
            continue;
        outline.append({point.step, axisValue(point.high, logarithmic).value_or(*middle)});
        back.emplace_back(point.step, axisValue(point.low, logarithmic).value_or(*middle));
    }
    for (auto point = back.rbegin(); point != back.rend(); ++point)
        outline.append(*point);
    return outline;
}

std::optional<AxisRange> extent(const PlotContent& content) {
    std::optional<AxisRange> range;
    const auto include = [&](double value) {
        if (!axisValue(value, content.logarithmic))
            return;
        range = range ? AxisRange{std::min(range->from, value), std::max(range->to, value)} : AxisRange{value, value};
    };
    for (const PlotCurve& curve : content.curves) {
        for (const CurvePoint& point : curve.points) {
            include(point.value);
            if (curve.band) {
                include(point.low);
                include(point.high);
            }
        }
    }
    return range;
}

double lastX(const PlotContent& content) {
    double last = 0.0;
    for (const PlotCurve& curve : content.curves) {
        if (!curve.points.empty() && std::isfinite(curve.points.back().step))
            last = std::max(last, curve.points.back().step);
    }
    for (const PlotHole& hole : content.holes)
        last = std::max(last, hole.to);
    return last;
}

const CurvePoint* pointAt(const Curve& points, double x) {
    const auto after = std::upper_bound(points.begin(), points.end(), x,
                                        [](double value, const CurvePoint& point) { return value < point.step; });
    return after == points.begin() ? nullptr : &*(after - 1);
}

} // namespace flatline
