#pragma once

#include "core/data/dataset.h"
#include "core/training/snapshot.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QRectF>

class QPainter;

namespace flatline {

/// One pixel a sample of the fields, feature 2 upwards. Classes: the likeliest one's colour, the stronger the surer
/// the network is; values: viridis over the range of the targets. Null where the fields have no predictions.
[[nodiscard]] QImage regionImage(const Fields& fields, const Dataset& dataset, const Theme& theme);

/// The lines between classes: where the likeliest and the second likeliest are equal.
void paintBoundaries(QPainter& painter, const QRectF& box, const Fields& fields, const Theme& theme);

/// One feature: the predicted value over x, or a curve for each class's probability.
void paintFittedCurves(QPainter& painter, const QRectF& box, const Fields& fields, const Dataset& dataset,
                       const Theme& theme);

} // namespace flatline
