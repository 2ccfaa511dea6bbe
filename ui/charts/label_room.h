#pragma once

#include "ui/charts/plot_painting.h"

#include <QList>
#include <QPointF>
#include <QRectF>

#include <initializer_list>
#include <optional>
#include <vector>

namespace flatline {

/// Where words can stand in a plot: what is written already, the marks' lines, the level lines, and the curves that
/// words would cover. Made anew for each painting. Rectangles are in the plot's pixels.
class LabelRoom {
public:
    explicit LabelRoom(const PlotScene& scene);

    /// The curves' lines, in the axes' units; one a curve.
    [[nodiscard]] const std::vector<QList<QPointF>>& lines() const { return m_lines; }
    void take(const QRectF& words) { m_taken.push_back(words); }
    /// No words stand there.
    [[nodiscard]] bool free(const QRectF& place) const;
    /// Neither words nor a mark's line.
    [[nodiscard]] bool unmarked(const QRectF& place) const;
    /// Neither words, nor a mark's line, nor a curve.
    [[nodiscard]] bool blank(const QRectF& place) const;
    /// That place moved to the right until it stands behind the marks' lines that crossed it.
    [[nodiscard]] QRectF behindMarks(QRectF place) const;
    /// That place moved up or down, the shorter way first, until no level line runs through it; blank if either is.
    [[nodiscard]] QRectF offLevels(const QRectF& place) const;
    /// The first place that is blank, else the first that is unmarked, else the first that is free; an empty rectangle
    /// where words stand on all of them.
    [[nodiscard]] QRectF best(std::initializer_list<QRectF> places) const;
    /// Of a level line at that height: above or below it, at its left or right end, where the words cover nothing;
    /// where curves run all along it, as many lines of words further up as it takes, or between its ends. Empty as
    /// best().
    [[nodiscard]] QRectF besideLine(double y, QSizeF words) const;
    /// Where a stroke from words down to that height goes through no others and along no curve's end: from their
    /// middle, or else near their left or right.
    [[nodiscard]] std::optional<double> strokeDown(const QRectF& words, double y) const;

private:
    [[nodiscard]] bool crossedByCurve(const QRectF& place) const;
    [[nodiscard]] bool touchesAnEnd(double x) const;

    const PlotScene& m_scene;
    std::vector<QRectF> m_taken;
    std::vector<double> m_levels; ///< heights of the level lines in sight
    std::vector<QList<QPointF>> m_lines;
};

} // namespace flatline
