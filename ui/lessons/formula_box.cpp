#include "ui/lessons/formula_box.h"

#include <QPainter>

#include <algorithm>

namespace flatline {

void FormulaBox::draw(const FormulaBox& other, QPointF by) {
    for (const Text& text : other.texts)
        texts.push_back({text.at + by, text.text, text.font});
    for (const Stroke& stroke : other.strokes)
        strokes.push_back({stroke.path.translated(by), stroke.width});
}

void FormulaBox::hold(const FormulaBox& other, QPointF by) {
    draw(other, by);
    width = std::max(width, by.x() + other.width);
    ascent = std::max(ascent, other.ascent - by.y());
    descent = std::max(descent, other.descent + by.y());
}

void FormulaBox::paint(QPainter& painter, QPointF baseline, const QColor& color) const {
    painter.save();
    painter.translate(baseline);
    painter.setPen(color);
    for (const Text& text : texts) {
        painter.setFont(text.font);
        painter.drawText(text.at, text.text);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    for (const Stroke& stroke : strokes) {
        painter.setPen(QPen(color, stroke.width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(stroke.path);
    }
    painter.restore();
}

} // namespace flatline
