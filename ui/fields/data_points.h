#pragma once

#include "core/data/dataset.h"
#include "core/training/snapshot.h"
#include "ui/theme/theme.h"

#include <QPointF>
#include <QRectF>

class QPainter;

namespace flatline {

/// The part of the plane that is drawn. One feature: y is the target.
struct PlaneBounds {
    double xMinimum = -1.0, xMaximum = 1.0, yMinimum = -1.0, yMaximum = 1.0;

    [[nodiscard]] QPointF place(double x, double y, const QRectF& box) const; ///< y upwards
};
[[nodiscard]] PlaneBounds planeBounds(const Fields& fields, const Dataset& dataset);

/// The smallest and largest target of a regression, {0, 1} where there is none. Position of a value: 0 to 1.
struct ValueRange {
    double low = 0.0;
    double high = 1.0;
    [[nodiscard]] double position(double value) const;
};
[[nodiscard]] ValueRange targetRange(const Dataset& dataset);

/// All points, or evenly picked ones where there are too many to see: test points hollow, below the training points.
/// Class k has its own shape and colour; values are viridis.
void paintDataPoints(QPainter& painter, const QRectF& box, const Dataset& dataset, const PlaneBounds& bounds,
                     const Theme& theme);

} // namespace flatline
