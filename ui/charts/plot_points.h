#pragma once

#include "ui/charts/plot_content.h"

#include <QList>
#include <QPointF>
#include <QPolygonF>

/// From a curve's values to places between the axes, in the axes' units (a logarithmic axis counts in powers of ten).
namespace flatline {

/// Nothing for what the axis cannot show: not finite, or not positive on a logarithmic axis. Values beyond the shown
/// limits come back as the limit.
[[nodiscard]] std::optional<double> axisValue(double value, bool logarithmic);

/// A curve's line: finite points by rising x.
[[nodiscard]] QList<QPointF> linePoints(const PlotCurve& curve, bool logarithmic);
/// The outline of a curve's band.
[[nodiscard]] QPolygonF bandOutline(const PlotCurve& curve, bool logarithmic);

/// The lowest and highest value that the curves reach (their bands included); nothing without any point.
[[nodiscard]] std::optional<AxisRange> extent(const PlotContent& content);
/// The last x of all curves and holes; 0 without any.
[[nodiscard]] double lastX(const PlotContent& content);

/// The point whose value holds at x; null where the curve has not begun.
[[nodiscard]] const CurvePoint* pointAt(const Curve& points, double x);

} // namespace flatline
