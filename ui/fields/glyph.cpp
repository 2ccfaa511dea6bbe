#include "ui/fields/glyph.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace flatline {
namespace {

struct Shape {
    QPainterPath path;
    bool filled = false;
    double width = 1.5;
};

QPainterPath lines(std::initializer_list<QPointF> points) {
    QPainterPath path;
    path.addPolygon(QPolygonF(QList<QPointF>(points)));
    return path;
}

Shape pulse() {
    return {lines({{1, 8.5}, {4, 8.5}, {6.3, 3}, {9.7, 13}, {11.7, 8.5}, {15, 8.5}}), false, 1.75};
}

/// Almost flat: a dormant neuron.
Shape weakPulse() {
    return {lines({{1, 9}, {5.4, 9}, {7, 5.8}, {9, 12.2}, {10.6, 9}, {15, 9}}), false, 1.75};
}

Shape triangle() {
    QPainterPath path = lines({{8, 2.2}, {14.6, 13.6}, {1.4, 13.6}, {8, 2.2}});
    path.closeSubpath();
    path.moveTo(8, 6.6);
    path.lineTo(8, 9.6);
    path.moveTo(8, 11.5);
    path.lineTo(8, 11.6);
    return {path};
}

Shape moon() {
    QPainterPath disc;
    disc.addEllipse(QPointF(8, 8), 6, 6);
    QPainterPath bite;
    bite.addEllipse(QPointF(11.2, 5.2), 5, 5);
    return {disc.subtracted(bite)};
}

Shape flatLine() {
    QPainterPath path = lines({{1.5, 8}, {14.5, 8}});
    path.addPath(lines({{1.5, 4.5}, {1.5, 11.5}}));
    path.addPath(lines({{14.5, 4.5}, {14.5, 11.5}}));
    return {path, false, 2.0};
}

Shape arrowUp() {
    QPainterPath path = lines({{8, 14}, {8, 2.5}});
    path.addPath(lines({{3.6, 6.9}, {8, 2.5}, {12.4, 6.9}}));
    return {path, false, 2.0};
}

Shape drop() {
    QPainterPath path(QPointF(8, 2));
    path.cubicTo({11, 6}, {12.5, 8}, {12.5, 10});
    path.cubicTo({12.5, 15.4}, {3.5, 15.4}, {3.5, 10});
    path.cubicTo({3.5, 8}, {5, 6}, {8, 2});
    return {path};
}

Shape bolt() {
    QPainterPath path = lines({{9.5, 1}, {3, 9.2}, {7.4, 9.2}, {6.3, 15}, {13, 6.6}, {8.5, 6.6}, {9.5, 1}});
    path.closeSubpath();
    return {path, true, 0.5};
}

Shape nothing() {
    return {};
}

const Shape& shapeOf(Glyph glyph) {
    static const std::array shapes{nothing(),  pulse(),   weakPulse(), triangle(), moon(),
                                   flatLine(), arrowUp(), drop(),      bolt()}; // in the enum's order
    return shapes[static_cast<std::size_t>(glyph)];
}

} // namespace

void paintGlyph(QPainter& painter, Glyph glyph, const QRectF& box, const QColor& color) {
    const Shape& shape = shapeOf(glyph);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(box.topLeft());
    painter.scale(box.width() / 16.0, box.height() / 16.0);
    // Small glyphs keep a stroke of about a pixel, or they fade away.
    const double width = shape.width * std::max(1.0, 13.0 / box.width());
    painter.setPen(QPen(color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(shape.filled ? QBrush(color) : QBrush(Qt::NoBrush));
    painter.drawPath(shape.path);
    painter.restore();
}

QColor casingColor() {
    return {0x0E, 0x13, 0x18};
}

void paintCasedText(QPainter& painter, const QPointF& baseline, const QString& text) {
    // Copies all around instead of a stroked outline: they come from the font's cache.
    constexpr int copies = 12;
    constexpr double width = 1.6;
    painter.save();
    painter.setPen(casingColor());
    for (int k = 0; k < copies; ++k) {
        const double angle = 2.0 * std::numbers::pi * k / copies;
        painter.drawText(baseline + width * QPointF(std::cos(angle), std::sin(angle)), text);
    }
    painter.setPen(Qt::white);
    painter.drawText(baseline, text);
    painter.restore();
}

void paintLines(QPainter& painter, const QPolygonF& line, const QPen& pen) {
    QList<QLineF> pieces;
    pieces.reserve(line.size());
    for (qsizetype k = 1; k < line.size(); ++k)
        pieces.append({line[k - 1], line[k]});
    painter.setPen(pen);
    painter.drawLines(pieces);
}

} // namespace flatline
