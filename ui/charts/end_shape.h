#pragma once

#include "ui/charts/plot_content.h"

class QPainter;
class QPointF;

namespace flatline {

/// The shape in which a curve ends, around a point, with the painter's pen and brush; `reach`: half its width.
void paintEndShape(QPainter& painter, PlotCurve::End end, const QPointF& middle, double reach);

} // namespace flatline
