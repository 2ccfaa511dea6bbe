#include "ui/charts/end_shape.h"

#include <QPainter>
#include <QPolygonF>

namespace flatline {

void paintEndShape(QPainter& painter, PlotCurve::End end, const QPointF& middle, double reach) {
    const auto at = [&](double x, double y) { return middle + QPointF(x * reach, y * reach); };
    switch (end) {
    case PlotCurve::End::None:
        return;
    case PlotCurve::End::Disc:
    case PlotCurve::End::Ring:
        painter.drawEllipse(middle, reach, reach);
        return;
    case PlotCurve::End::Square:
        painter.drawRoundedRect(QRectF(at(-1, -1), at(1, 1)), reach * 0.25, reach * 0.25);
        return;
    case PlotCurve::End::Diamond:
        painter.drawPolygon(QPolygonF({at(0, -1.2), at(1.2, 0), at(0, 1.2), at(-1.2, 0)}));
        return;
    case PlotCurve::End::Triangle:
        painter.drawPolygon(QPolygonF({at(0, -1.2), at(1.2, 1), at(-1.2, 1)}));
        return;
    }
}

} // namespace flatline
