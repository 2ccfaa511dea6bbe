#pragma once

#include "core/training/snapshot.h"
#include "ui/charts/axis_range.h"
#include "ui/theme/theme.h"

#include <QMargins>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

/// What a plot shows, as plain values.
namespace flatline {

/// A member of Theme instead of a colour: it keeps its meaning when the appearance changes.
using Ink = QColor Theme::*;

struct PlotCurve {
    enum class End { None, Disc, Ring };

    Curve points;    ///< any values: what an axis cannot show is left out
    QString name{};  ///< written at the curve's end
    QString value{}; ///< beside the name, or below it where the plot stacks its labels
    Ink ink = &Theme::text;
    Ink nameInk = nullptr; ///< where the name has another one
    Qt::PenStyle pen = Qt::SolidLine;
    double width = 2.0;
    bool steps = false;   ///< holds its value up to the next point
    bool band = false;    ///< the points' lowest to highest, at 16 %
    bool hatched = false; ///< the area down to zero
    End end = End::Disc;
};

/// An event: a line across the plot.
struct PlotMark {
    double x = 0.0;
    double until = 0.0; ///< beyond x: the stretch up to there is tinted
    bool kick = false;  ///< solid and with a bolt
    QString label{};    ///< above the plot, where there is room
    bool jolt = false;  ///< solid, as what strikes at once; else dotted
    bool operator==(const PlotMark&) const = default;
};

/// A stretch of the x axis on which there is no finite value: hatched over the whole height.
struct PlotHole {
    double from = 0.0;
    double to = 0.0;
    QString label{}; ///< in the stretch, where there is room
    bool operator==(const PlotHole&) const = default;
};

/// A value worth knowing: a dotted line across the plot.
struct PlotReference {
    double y = 0.0;
    QString label;
    bool operator==(const PlotReference&) const = default;
};

/// Some words at a place.
struct PlotNote {
    double x = 0.0;
    double y = 0.0;
    QString text;
    Ink ink = &Theme::text;
    bool leftOf = false; ///< the words end at the place instead of starting there
    bool leader = false; ///< a short line from the place to the words
};

/// Bars side by side over the whole width of the x axis. A bar above the y axis's end is cut off there.
struct PlotBars {
    std::vector<double> heights;
    std::vector<char> filled; ///< as many; others are outlines only
    Ink ink = &Theme::alive;
};

/// A moment on the x axis: a line with its words, and what lies after it is pale.
struct PlotCursor {
    struct Dot {
        double y = 0.0;
        Ink ink = &Theme::text;
        bool operator==(const Dot&) const = default;
    };
    double x = 0.0;
    QStringList words{};     ///< beside the line: the curves' values there
    std::vector<Dot> dots{}; ///< on the line: where the curves cross it
    bool operator==(const PlotCursor&) const = default;
};

struct PlotContent {
    std::vector<PlotCurve> curves;
    std::vector<PlotMark> marks;
    std::vector<PlotHole> holes;
    std::vector<PlotReference> references;
    std::vector<PlotNote> notes;
    PlotBars bars;
    std::optional<PlotCursor> cursor;
    bool logarithmic = false;
    std::optional<AxisRange> xRange; ///< left out: from 0, round, covers the curves
    std::optional<AxisRange> yRange;
    QString xTitle;                   ///< below the x axis
    QString yTitle;                   ///< above the y axis
    QMargins margins{40, 18, 84, 32}; ///< around the area between the axes: room for labels
    std::vector<double> yTicks;       ///< left out: round ones, at most three
    bool markLabels = true;           ///< they stand above the area
    bool xLabels = true;
    bool yLabels = true;        ///< and the grid
    bool stackedLabels = false; ///< a curve's value stands below its name
};

} // namespace flatline
