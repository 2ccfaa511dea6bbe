#include "ui/timeline/timeline_painter.h"

#include "ui/charts/plot_painting.h"
#include "ui/fields/glyph.h"
#include "ui/theme/tabular.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace flatline {

namespace {

constexpr double signHeight = 13.0; ///< of what has one size
constexpr double least = 5.0;       ///< a single death

/// Each doubling is as much taller: one death and a layer of them are told apart, 16 and 17 are not.
double tickHeight(int count, double room) {
    return std::min(room, least + 2.2 * std::log2(static_cast<double>(count)));
}

void paintDeath(QPainter& painter, const TimelineMark& mark, const QPointF& foot, double room, const Theme& theme) {
    const double height = std::round(tickHeight(mark.count, room));
    painter.fillRect(QRectF(std::round(foot.x()) - 1.0, foot.y() - height, 3.0, height), theme.dead);
}

void paintRevival(QPainter& painter, const TimelineMark& mark, const QPointF& foot, double room, const Theme& theme) {
    const double height = std::min(room, 4.0 + tickHeight(mark.count, room));
    const double x = std::round(foot.x()) + 0.5;
    const double top = foot.y() - height + 0.5;
    QPainterPath arrow(QPointF(x, foot.y()));
    arrow.lineTo(x, top);
    arrow.moveTo(x - 3.0, top + 3.0);
    arrow.lineTo(x, top);
    arrow.lineTo(x + 3.0, top + 3.0);
    // A casing keeps it apart from a death at the same step.
    painter.strokePath(arrow, QPen(theme.surface, 3.0, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    painter.strokePath(arrow, QPen(theme.revived, 1.8, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
}

QPointF middleOf(const QPointF& foot) {
    return foot - QPointF(0.0, signHeight / 2.0);
}

void paintKick(QPainter& painter, const TimelineMark&, const QPointF& foot, double, const Theme& theme) {
    const QPointF corner = middleOf(foot) - QPointF(signHeight, signHeight) / 2.0;
    paintGlyph(painter, Glyph::Bolt, QRectF(corner, QSizeF(signHeight, signHeight)), theme.kick);
}

void paintDiamond(QPainter& painter, const QPointF& middle, const QColor& line, const QColor& fill) {
    painter.setPen(QPen(line, 1.5));
    painter.setBrush(fill);
    painter.drawPolygon(
        QPolygonF{{middle + QPointF(0, -5), middle + QPointF(5, 0), middle + QPointF(0, 5), middle + QPointF(-5, 0)}});
}

void paintSetting(QPainter& painter, const TimelineMark&, const QPointF& foot, double, const Theme& theme) {
    paintDiamond(painter, middleOf(foot), theme.text, theme.surface);
}

/// Filled, since it strikes at once.
void paintEdit(QPainter& painter, const TimelineMark&, const QPointF& foot, double, const Theme& theme) {
    paintDiamond(painter, middleOf(foot), theme.kick, theme.kick);
}

/// Waves, as the warming's icon.
void paintWarming(QPainter& painter, const TimelineMark&, const QPointF& foot, double, const Theme& theme) {
    const QPointF middle = middleOf(foot);
    painter.setPen(QPen(theme.kick, 1.5, Qt::SolidLine, Qt::RoundCap));
    painter.setBrush(Qt::NoBrush);
    for (const double x : {-4.0, 0.0, 4.0}) {
        QPainterPath wave(middle + QPointF(x, 5.0));
        wave.cubicTo(middle + QPointF(x - 3.0, 2.0), middle + QPointF(x + 3.0, -2.0), middle + QPointF(x, -5.0));
        painter.drawPath(wave);
    }
}

/// A turned arrow: neurons that start anew.
void paintReset(QPainter& painter, const TimelineMark&, const QPointF& foot, double, const Theme& theme) {
    const QPointF middle = middleOf(foot);
    painter.setPen(QPen(theme.kick, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    constexpr int degree = 16;
    painter.drawArc(QRectF(middle.x() - 4.5, middle.y() - 4.5, 9.0, 9.0), 150 * degree, -290 * degree);
    painter.drawPolyline(
        QPolygonF{{middle + QPointF(-5.5, -5.5), middle + QPointF(-4.2, -2.2), middle + QPointF(-0.8, -2.8)}});
}

/// A cross: nothing finite follows.
void paintDivergence(QPainter& painter, const TimelineMark&, const QPointF& foot, double, const Theme& theme) {
    const QPointF middle = middleOf(foot);
    painter.setPen(QPen(theme.dead, 2.0, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(middle + QPointF(-4, -4), middle + QPointF(4, 4));
    painter.drawLine(middle + QPointF(-4, 4), middle + QPointF(4, -4));
}

using SignPainter = void (*)(QPainter&, const TimelineMark&, const QPointF& foot, double room, const Theme&);
constexpr std::array<SignPainter, timelineSigns> signPainters{paintDeath,   paintRevival,   paintKick,
                                                              paintReset,   paintWarming,   paintEdit,
                                                              paintSetting, paintDivergence}; // in TimelineSign's order

void paintSign(QPainter& painter, const TimelineMark& mark, const TimelinePlace& place, const Theme& theme) {
    const QPointF foot(place.left + mark.x, place.foot - 1.0);
    signPainters[static_cast<std::size_t>(mark.sign)](painter, mark, foot, foot.y() - 1.0, theme);
}

void paintSteps(QPainter& painter, const TimelinePlace& place, const QRectF& handle, const Theme& theme) {
    static const PlotContent nothing;
    const QRectF axis(place.left, place.whole.top(), place.scale.width, place.whole.height());
    const PlotScene scene{nothing, theme, place.whole, axis, place.scale.steps, {0.0, 1.0}, 1.0};
    painter.setFont(fontFor(TextRole::Axis));
    const QFontMetricsF metrics(painter.font());
    const double baseline = handle.center().y() + metrics.capHeight() / 2.0;
    for (const double tick : xTicks(scene)) {
        const QString text = xTickText(tick, place.scale.steps);
        const double width = tabularWidth(metrics, text);
        const double left = std::clamp(scene.placeX(tick) - width / 2.0, 0.0, place.whole.right() - width);
        if (left < handle.right() + 3.0 && left + width > handle.left() - 3.0)
            continue;
        painter.setPen(theme.muted);
        drawTabular(painter, {left, baseline}, text);
    }
}

void paintHandle(QPainter& painter, const TimelinePlace& place, const TimelineMoment& moment, const QRectF& chip,
                 const Theme& theme) {
    const double x = std::floor(place.placeX(moment.step)) + 0.5;
    const double bottom = place.foot + TimelinePlace::track;
    if (moment.past) {
        painter.setPen(QPen(theme.accent, 1.0));
        painter.drawLine(QPointF(x, place.whole.top()), QPointF(x, place.foot));
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.accent);
    painter.drawRoundedRect(chip, 4.0, 4.0);
    const double tip = std::clamp(x, chip.left() + 5.0, chip.right() - 5.0);
    painter.drawPolygon(QPolygonF{
        {QPointF(tip - 5.0, chip.top() + 1.0), QPointF(x, bottom - 1.0), QPointF(tip + 5.0, chip.top() + 1.0)}});
    painter.setFont(strongAxisFont());
    const QFontMetricsF metrics(painter.font());
    const QString text = countText(moment.step);
    painter.setPen(theme.onAccent);
    drawTabular(painter,
                {chip.center().x() - tabularWidth(metrics, text) / 2.0, chip.center().y() + metrics.capHeight() / 2.0},
                text);
}

/// There is more of the run than the axis shows.
void paintMore(QPainter& painter, const TimelinePlace& place, const TimelineMoment& moment, const Theme& theme) {
    const double middle = place.foot + TimelinePlace::track / 2.0;
    const auto chevron = [&](double x, double towards) {
        painter.setPen(QPen(theme.muted, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(QPolygonF{{QPointF(x - 2.0 * towards, middle - 4.0), QPointF(x + 2.0 * towards, middle),
                                        QPointF(x - 2.0 * towards, middle + 4.0)}});
    };
    if (place.scale.steps.from > 0.0)
        chevron(place.left - 6.0, -1.0);
    if (place.scale.steps.to < static_cast<double>(moment.head))
        chevron(place.left + place.scale.width + 6.0, 1.0);
}

} // namespace

void paintTimelineSigns(QPainter& painter, const std::vector<TimelineMark>& marks, const TimelinePlace& place,
                        const Theme& theme) {
    // Deaths first: what saved or killed stands above them.
    for (const bool deaths : {true, false})
        for (const TimelineMark& mark : marks)
            if ((mark.sign == TimelineSign::Death) == deaths)
                paintSign(painter, mark, place, theme);
    painter.setBrush(Qt::NoBrush);
}

void paintTimelineLabels(QPainter& painter, const std::vector<TimelineLabel>& labels, const TimelinePlace& place,
                         const Theme& theme) {
    painter.setFont(strongAxisFont());
    const QFontMetricsF metrics(painter.font());
    const double baseline = place.foot - 1.0 - (signHeight - metrics.capHeight()) / 2.0;
    for (const TimelineLabel& label : labels) {
        painter.setPen(theme.*label.ink);
        drawTabular(painter, {place.left + label.left, baseline}, label.text);
    }
}

QRectF timelineHandle(const TimelinePlace& place, std::int64_t step) {
    const QFontMetricsF metrics(strongAxisFont());
    const double width = std::max(22.0, tabularWidth(metrics, countText(step)) + 12.0);
    const double left = std::floor(place.placeX(step)) + 0.5 - width / 2.0;
    const double top = place.foot + TimelinePlace::chipTop;
    return {std::clamp(left, place.whole.left(), std::max(place.whole.left(), place.whole.right() - width)), top, width,
            std::ceil(metrics.height()) + 1.0};
}

void paintTimelineTrack(QPainter& painter, const TimelinePlace& place, const TimelineMoment& moment,
                        const Theme& theme) {
    painter.setRenderHint(QPainter::Antialiasing);
    const auto stretch = [&](double from, double to, const QColor& color) {
        const double left = std::clamp(from, place.left, place.left + place.scale.width);
        const double right = std::clamp(to, left, place.left + place.scale.width);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawRoundedRect(QRectF(left, place.foot, right - left, TimelinePlace::track), 2.0, 2.0);
    };
    QColor ahead = theme.accent;
    ahead.setAlphaF(0.35F);
    stretch(place.left, place.left + place.scale.width, theme.border);
    if (moment.past)
        stretch(place.left, place.placeX(moment.head), ahead);
    stretch(place.left, place.placeX(moment.step), theme.accent);
    const QRectF chip = timelineHandle(place, moment.step);
    paintMore(painter, place, moment, theme);
    paintSteps(painter, place, chip, theme);
    paintHandle(painter, place, moment, chip, theme);
    painter.setBrush(Qt::NoBrush);
}

} // namespace flatline
