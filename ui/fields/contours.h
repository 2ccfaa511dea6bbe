#pragma once

#include <QPolygonF>

#include <span>
#include <vector>

namespace flatline {

/// Values on a rectangular grid: values[row * columns + column].
struct GridValues {
    std::span<const double> values;
    int columns = 0;
    int rows = 0;
};

/// The lines along which the grid's bilinear surface has this value: marching squares (Lorensen and Cline 1987, in
/// two dimensions), with a saddle decided by the mean of its corners. Points are in grid units (x: column, y: row).
/// A closed line repeats its first point. Cells with a corner that is not finite have no line; a flat field has none.
[[nodiscard]] std::vector<QPolygonF> contourLines(const GridValues& grid, double level);

/// `count` levels evenly spaced strictly inside (low, high).
[[nodiscard]] std::vector<double> contourLevels(double low, double high, int count);

} // namespace flatline
