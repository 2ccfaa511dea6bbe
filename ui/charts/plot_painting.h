#pragma once

#include "ui/charts/plot_content.h"

#include <QFont>
#include <QPainter>
#include <QRectF>
#include <QStringList>

/// What a plot draws itself, below and above the curves of Qt Charts.
namespace flatline {

/// A plot's measures at one moment. On a logarithmic axis y counts in powers of ten.
struct PlotScene {
    const PlotContent& content;
    const Theme& theme;
    QRectF whole; ///< the widget
    QRectF area;  ///< between the axes
    AxisRange x, y;
    qreal ratio = 1.0; ///< device pixels a pixel

    [[nodiscard]] double placeX(double value) const { return area.left() + (value - x.from) / x.span() * area.width(); }
    [[nodiscard]] double placeY(double value) const { ///< in units of the axis
        return area.bottom() - (value - y.from) / y.span() * area.height();
    }
};

[[nodiscard]] QFont strongAxisFont(); ///< the axis's font at weight 600

/// A label of the x axis. From a million on, all of an axis count in millions: "0.5 M".
[[nodiscard]] QString xTickText(double tick, AxisRange range);
/// As many round places as have room for their labels, 8 at most.
[[nodiscard]] std::vector<double> xTicks(const PlotScene& scene);

/// The moment's step on the x axis, which no tick's label may touch; empty without a cursor.
[[nodiscard]] QRectF cursorChip(const PlotScene& scene);
/// Where the moment's words stand, which no note may touch; empty without any.
[[nodiscard]] QRectF cursorBox(const PlotScene& scene);

/// What Qt Charts cuts its curves off at, pixels beyond the area: a 2 px line on the axis needs a little more.
inline constexpr double plotOverlap = 3.0;

/// Grid, areas, tinted stretches, axis lines and their labels, bars and the curves below Qt Charts' own.
void paintBelow(QPainter& painter, const PlotScene& scene);
/// References, marks, notes, ends of curves.
void paintAbove(QPainter& painter, const PlotScene& scene);
/// The moment's line, the veil over what lies after it, its words and dots; above all else but the crosshair.
void paintCursor(QPainter& painter, const PlotScene& scene);
/// The line under the mouse and its words.
void paintCrosshair(QPainter& painter, const PlotScene& scene, double x, const QStringList& words);

} // namespace flatline
