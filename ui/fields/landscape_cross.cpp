#include "ui/fields/landscape_cross.h"

#include "ui/fields/glyph.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace flatline {

QPoint nearestCell(const Surface& surface, QPointF relative) {
    const auto index = [&surface](double place) {
        return std::clamp(static_cast<int>(std::lround((place + 1.0) / 2.0 * (surface.side - 1))), 0, surface.side - 1);
    };
    return {index(relative.x()), index(relative.y())};
}

void paintCross(QPainter& painter, const LandscapeLayout& layout, const LandscapeScene& scene, QPoint cell,
                const Theme& theme) {
    const double a = scene.surface.coordinate(cell.x());
    const double b = scene.surface.coordinate(cell.y());
    const auto index = static_cast<std::size_t>(cell.y()) * static_cast<std::size_t>(scene.surface.side) +
                       static_cast<std::size_t>(cell.x());
    const QPointF at = layout.place(a, b, scene.surface.extent);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const QPen& pen : {QPen(casingColor(), 2.5), QPen(Qt::white, 1.0)}) {
        painter.setPen(pen);
        painter.drawLine(QPointF(layout.plot.left(), at.y()), QPointF(layout.plot.right(), at.y()));
        painter.drawLine(QPointF(at.x(), layout.plot.top()), QPointF(at.x(), layout.plot.bottom()));
    }
    const QString text = QCoreApplication::translate("fields", "%1: %2\n%3: %4\nloss: %5")
                             .arg(scene.firstAxis, numberText(a), scene.secondAxis, numberText(b),
                                  numberText(scene.surface.loss[index]));
    painter.setFont(fontFor(TextRole::Axis));
    QRectF box = QFontMetricsF(painter.font()).boundingRect(QRectF(0, 0, 400, 100), Qt::AlignLeft, text);
    box = box.adjusted(-7, -5, 7, 5);
    box.moveTopLeft(at + QPointF(12, 12));
    if (box.right() > layout.plot.right())
        box.moveRight(at.x() - 12);
    if (box.bottom() > layout.plot.bottom())
        box.moveBottom(at.y() - 12);
    box.moveTop(std::max(box.top(), 0.0));
    painter.setPen(QPen(theme.line, 1.0));
    painter.setBrush(theme.surface);
    painter.drawRoundedRect(box, 4.0, 4.0);
    painter.setPen(theme.text);
    painter.drawText(box.adjusted(7, 5, 0, 0), Qt::AlignLeft | Qt::AlignTop, text);
}

} // namespace flatline
