#pragma once

#include "core/training/snapshot.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QRectF>

#include <memory>

class QPainter;

namespace flatline {

/// What the network makes of the data, over the data: decision regions or values for two features, the fitted curve
/// for one. Class 0 is a disc, class 1 a square; test points are hollow. The points are kept as a picture of their
/// own, since they stay while the network changes.
class OutputMap {
public:
    /// What it has to show; dataset and fields of the snapshot may be null.
    void paint(QPainter& painter, const QRectF& box, const Snapshot& snapshot, const Theme& theme);
    /// The caption beside it: "decision regions", "values", "fitted curve", "64 features: no plane to draw".
    [[nodiscard]] static QString caption(const Dataset& dataset);
    /// Where a training sample stands on a map in that box; the snapshot has data and fields that can be drawn.
    [[nodiscard]] static QPointF placeOf(const Snapshot& snapshot, const QRectF& box, int sample);
    /// The training sample that is nearest to a point of the map.
    [[nodiscard]] static int nearestSample(const Snapshot& snapshot, const QRectF& box, QPointF at);
    [[nodiscard]] static bool canDraw(const Dataset& dataset) { return dataset.features() <= 2; }

private:
    const QImage& points(const QRectF& box, double ratio, const Dataset& dataset, const Fields& fields,
                         const Theme& theme);

    QImage m_points;
    const void* m_pointsOf = nullptr; ///< the data set, for comparison only
    const Theme* m_theme = nullptr;
    QRectF m_bounds; ///< of the plane the points are drawn in
};

} // namespace flatline
