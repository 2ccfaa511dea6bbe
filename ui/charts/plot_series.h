#pragma once

#include "ui/charts/plot_painting.h"

#include <QPen>

#include <cstddef>

/// What of a plot's values Qt Charts does not draw, or would draw too slowly for a run flat out.
namespace flatline {

/// Its stroke; dashes are of the pen's width.
[[nodiscard]] QPen curvePen(const PlotCurve& curve, const Theme& theme);

/// What lies between a curve's lowest and highest values, at 16 %.
void paintBand(QPainter& painter, const PlotScene& scene, const PlotCurve& curve);
/// The bars, each in the middle of its share of the x axis.
void paintBars(QPainter& painter, const PlotScene& scene);
/// The first of the curves that Qt Charts draws: those above the last dashed one.
[[nodiscard]] std::size_t firstChartCurve(const PlotContent& content);
/// The curves below that one.
void paintLowerCurves(QPainter& painter, const PlotScene& scene);

} // namespace flatline
