#pragma once

#include "ui/fields/landscape_picture.h"

#include <QPoint>

namespace flatline {

/// The grid point nearest to a place; `relative` is in the plane's coordinates over its extent, -1 to 1.
[[nodiscard]] QPoint nearestCell(const Surface& surface, QPointF relative);
/// A cross at a grid point (column, row), so that the numbers beside it were computed and not interpolated: both
/// coordinates and the loss.
void paintCross(QPainter& painter, const LandscapeLayout& layout, const LandscapeScene& scene, QPoint cell,
                const Theme& theme);

} // namespace flatline
