#include "ui/fields/cell.h"

#include "ui/fields/field_image.h"

#include <QPainter>

#include <algorithm>

namespace flatline {
namespace {

constexpr CellStyle styles[] = {
    {CellLook::Alive, Qt::SolidLine, CellFill::Field, Glyph::Pulse, &Theme::alive, QT_TRANSLATE_NOOP("cells", "alive"),
     "", QT_TRANSLATE_NOOP("cells", "%1 alive")},
    {CellLook::Revived, Qt::SolidLine, CellFill::Notch, Glyph::ArrowUp, &Theme::revived,
     QT_TRANSLATE_NOOP("cells", "revived"), "", QT_TRANSLATE_NOOP("cells", "%1 revived")},
    {CellLook::AtRisk, Qt::DashLine, CellFill::Field, Glyph::Triangle, &Theme::atRisk,
     QT_TRANSLATE_NOOP("cells", "at risk"), "", QT_TRANSLATE_NOOP("cells", "%1 at risk")},
    {CellLook::Comatose, Qt::SolidLine, CellFill::Dots, Glyph::Moon, &Theme::comatose,
     QT_TRANSLATE_NOOP("cells", "comatose"), QT_TRANSLATE_NOOP("cells", "asleep"),
     QT_TRANSLATE_NOOP("cells", "%1 comatose")},
    {CellLook::Dead, Qt::SolidLine, CellFill::Hatch, Glyph::FlatLine, &Theme::dead, QT_TRANSLATE_NOOP("cells", "dead"),
     QT_TRANSLATE_NOOP("cells", "dead"), QT_TRANSLATE_NOOP("cells", "%1 dead")},
    {CellLook::Leaks, Qt::DotLine, CellFill::GreyHatch, Glyph::Drop, &Theme::alive,
     QT_TRANSLATE_NOOP("cells", "negative on all data, leaks"), QT_TRANSLATE_NOOP("cells", "leaks"),
     QT_TRANSLATE_NOOP("cells", "%1 leak")},
};

QColor withAlpha(QColor color, double alpha) {
    color.setAlphaF(static_cast<float>(alpha));
    return color;
}

void paintHatch(QPainter& painter, const QRectF& box, const QColor& color) {
    const double pitch = std::clamp(box.width() / 7.0, 3.0, 7.0);
    painter.setRenderHint(QPainter::Antialiasing, box.width() >= smallestGlyphCell);
    painter.setPen(QPen(color, 1.0));
    for (double at = pitch; at < box.width() + box.height(); at += pitch)
        painter.drawLine(QPointF(box.left() + at, box.top()), QPointF(box.left() + at - box.height(), box.bottom()));
}

void paintDots(QPainter& painter, const QRectF& box, const QColor& color) {
    const double pitch = std::clamp(box.width() / 7.0, 3.0, 7.0);
    const double radius = pitch / 6.0;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    for (double y = box.top() + pitch / 2; y < box.bottom(); y += pitch)
        for (double x = box.left() + pitch / 2; x < box.right(); x += pitch)
            painter.drawEllipse(QPointF(x, y), radius, radius);
}

void paintCurve(QPainter& painter, const QRectF& box, const QPolygonF& curve, const QColor& color) {
    QPolygonF line;
    line.reserve(curve.size());
    for (const QPointF& point : curve)
        line.append({box.left() + point.x() * box.width(), box.bottom() - point.y() * box.height()});
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 1.75, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(line);
}

/// The inside, up to the frame's middle.
void paintInside(QPainter& painter, const QRectF& box, const CellContent& content, const Theme& theme) {
    const CellStyle& style = cellStyle(content.look);
    const QColor color = theme.*style.color;
    painter.fillRect(box, theme.sunken);
    const bool fires = style.fill == CellFill::Field || style.fill == CellFill::Notch;
    if (fires && content.field != nullptr) {
        paintSamples(painter, box, *content.field);
    } else if (fires && content.curve != nullptr) {
        paintCurve(painter, box.adjusted(3, 5, -3, -5), *content.curve, color);
    } else if (style.fill == CellFill::Dots) {
        paintDots(painter, box, color);
    } else if (style.fill == CellFill::Hatch) {
        paintHatch(painter, box, withAlpha(color, box.width() < smallestGlyphCell ? 1.0 : 0.38));
    } else if (style.fill == CellFill::GreyHatch) {
        paintHatch(painter, box, withAlpha(theme.muted, 0.45));
    }
    if (style.fill == CellFill::Notch && box.width() < smallestGlyphCell) // no room for the arrow
        painter.fillRect(QRectF(box.left(), box.top(), box.width(), box.height() / 2.0), color);
}

void paintFrame(QPainter& painter, const QRectF& box, const CellContent& content, const Theme& theme) {
    const CellStyle& style = cellStyle(content.look);
    const double width = box.width() < smallestGlyphCell ? 1.0 : 2.0;
    QPen pen(content.flash != nullptr ? *content.flash : theme.*style.color, width, style.frame, Qt::FlatCap,
             Qt::MiterJoin);
    if (style.frame == Qt::DashLine)
        pen.setDashPattern({2.0, 1.5});
    if (style.frame == Qt::DotLine)
        pen.setDashPattern({1.0, 1.0});
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setBrush(Qt::NoBrush);
    if (content.flash != nullptr)
        pen = QPen(*content.flash, 2.0 * width, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin);
    painter.setPen(pen);
    const double half = pen.widthF() / 2.0;
    painter.drawRect(box.adjusted(half, half, -half, -half));
}

double badgeSize(const QRectF& box) {
    return std::clamp(box.width() * 0.32, 13.0, 18.0);
}

void paintBadge(QPainter& painter, const QRectF& badge, Glyph glyph, const QColor& color, const Theme& theme) {
    painter.fillRect(badge, theme.surface);
    paintGlyph(painter, glyph, badge.adjusted(1.5, 1.5, -1.5, -1.5), color);
}

/// The glyph: small in a corner over a field, else in the middle.
void paintSign(QPainter& painter, const QRectF& box, const CellContent& content, const Theme& theme) {
    const CellStyle& style = cellStyle(content.look);
    if (box.width() < smallestGlyphCell)
        return;
    const QColor color = theme.*style.color;
    const bool large = box.width() >= smallestFieldCell;
    const bool fires = style.fill == CellFill::Field || style.fill == CellFill::Notch;
    const bool picture = large && fires && (content.field != nullptr || content.curve != nullptr);
    if (large && content.look == CellLook::Dead) {
        painter.setPen(QPen(color, 2.5, Qt::SolidLine, Qt::RoundCap));
        painter.setRenderHint(QPainter::Antialiasing);
        const QPointF reach(box.width() * 0.34, 0.0);
        painter.drawLine(box.center() - reach, box.center() + reach);
    } else if (large && (picture || style.fill == CellFill::Dots)) {
        if (content.look == CellLook::Alive)
            return; // the field says it; the badges are for what is out of the ordinary
        const double size = badgeSize(box);
        paintBadge(painter, {box.right() - size, box.top(), size, size}, style.glyph, color, theme);
    } else {
        const double size = std::clamp(box.width() * 0.68, 12.0, 26.0);
        QRectF middle(0, 0, size, size);
        middle.moveCenter(box.center());
        if (style.fill != CellFill::Field && style.fill != CellFill::Notch)
            painter.fillRect(middle.adjusted(-1, -1, 1, 1).intersected(box.adjusted(2, 2, -2, -2)), theme.sunken);
        paintGlyph(painter, style.glyph, middle, color);
    }
}

} // namespace

std::span<const CellStyle> cellStyles() {
    return styles;
}

const CellStyle& cellStyle(CellLook look) {
    return styles[static_cast<int>(look)];
}

CellLook cellLook(const NeuronDiagnosis& neuron, const NeuronLife& life, const ActivationRow* activation) {
    constexpr CellLook looks[] = {CellLook::Alive, CellLook::AtRisk, CellLook::Comatose, CellLook::Dead};
    const CellLook look = looks[static_cast<int>(neuron.state)];
    if (look != CellLook::Alive)
        return look;
    if (activation != nullptr && activation->reluLike && neuron.activeFraction <= 0.0F)
        return CellLook::Leaks;
    return life.deaths > 0 || life.bornDead ? CellLook::Revived : CellLook::Alive;
}

bool isDormant(const NeuronDiagnosis& neuron) {
    return neuron.state != NeuronState::Dead && neuron.dormancy <= dormantBelow;
}

void paintCell(QPainter& painter, const QRectF& box, const CellContent& content, const Theme& theme) {
    painter.save();
    painter.setClipRect(box);
    CellContent shown = content;
    if (box.width() < smallestFieldCell) {
        shown.field = nullptr;
        shown.curve = nullptr;
    }
    paintInside(painter, box, shown, theme);
    paintSign(painter, box, shown, theme);
    if (shown.dormant && box.width() >= smallestFieldCell) {
        const double size = badgeSize(box);
        paintBadge(painter, {box.left(), box.bottom() - size, size, size}, Glyph::WeakPulse, theme.text, theme);
    }
    paintFrame(painter, box, shown, theme);
    painter.restore();
}

void paintSelectionRing(QPainter& painter, const QRectF& box, double gap, const Theme& theme) {
    const double off = std::min(2.0, std::max(0.0, gap / 2.0)) + 1.0;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme.accent, 2.0));
    painter.drawRoundedRect(box.adjusted(-off, -off, off, off), 2.0, 2.0);
}

} // namespace flatline
