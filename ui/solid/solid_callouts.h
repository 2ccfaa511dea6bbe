#pragma once

#include "ui/fields/dead_text.h"
#include "ui/theme/theme.h"

#include <QRectF>

#include <vector>

class QFontMetricsF;
class QPainter;

namespace flatline {

/// Words in a box, with a line to what they speak of.
struct PlacedCallout {
    Callout words;
    QPointF target;
    QColor Theme::*ink = &Theme::text; ///< of the outline and the line
    QRectF box;
};

/// Places each box near its target, inside `plot`, above it if possible, so that they cover neither each other nor one
/// of the targets nor `taken`. What has no such place is left out.
[[nodiscard]] std::vector<PlacedCallout> placeCallouts(std::vector<PlacedCallout> callouts, const QRectF& plot,
                                                       std::vector<QRectF> taken);
void paintCallouts(QPainter& painter, const std::vector<PlacedCallout>& callouts, const Theme& theme);

} // namespace flatline
