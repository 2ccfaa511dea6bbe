#include "ui/charts/end_shape.h"
#include "ui/charts/label_room.h"
#include "ui/charts/plot_painting.h"
#include "ui/charts/plot_points.h"
#include "ui/theme/tabular.h"

#include <QFontMetricsF>
#include <QPolygonF>

#include <algorithm>
#include <cmath>

namespace flatline {

namespace {

void paintBolt(QPainter& painter, const QPointF& middle, const QColor& color) {
    // The bolt of resources/icons, 12 px high.
    QPolygonF bolt{{{9.2, 1.8}, {3.6, 9.2}, {7.2, 9.2}, {6.4, 14.2}, {12.4, 6.6}, {8.6, 6.6}}};
    for (QPointF& point : bolt)
        point = middle + (point - QPointF(8, 8)) * 0.85;
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(bolt);
    painter.setBrush(Qt::NoBrush);
}

/// Lets words be read over bars and curves.
void paintVeil(QPainter& painter, const PlotScene& scene, const QRectF& ground) {
    QColor veil = scene.theme.surface;
    veil.setAlphaF(0.75F);
    painter.fillRect(ground, veil);
}

void paintReferences(QPainter& painter, const PlotScene& scene, LabelRoom& room) {
    painter.setFont(fontFor(TextRole::Axis));
    const QFontMetricsF metrics(painter.font());
    for (const PlotReference& reference : scene.content.references) {
        const auto value = axisValue(reference.y, scene.content.logarithmic);
        if (!value || *value < scene.y.from || *value > scene.y.to)
            continue;
        const double y = std::round(scene.placeY(*value)) - 0.5;
        painter.setPen(QPen(scene.theme.line, 1.0, Qt::DotLine));
        painter.drawLine(QPointF(scene.area.left(), y), QPointF(scene.area.right(), y));
        const QRectF ground = room.besideLine(y, {metrics.horizontalAdvance(reference.label) + 4.0, metrics.height()});
        if (ground.isEmpty())
            continue;
        if (y - ground.bottom() > metrics.height() / 2.0) { // so far up that one has to be told what it means
            painter.setPen(QPen(scene.theme.muted, 1.0));
            const double x = std::round(room.strokeDown(ground, y).value_or(ground.center().x())) + 0.5;
            painter.drawLine(QPointF(x, ground.bottom()), QPointF(x, y));
        }
        room.take(ground);
        paintVeil(painter, scene, ground);
        painter.setPen(scene.theme.muted);
        painter.drawText(QPointF(ground.left() + 2.0, ground.top() + metrics.ascent()), reference.label);
    }
}

void paintMarkLine(QPainter& painter, const PlotScene& scene, const PlotMark& mark) {
    const double x = std::floor(scene.placeX(mark.x)) + 0.5;
    const bool solid = mark.kick || mark.jolt;
    painter.setPen(QPen(scene.theme.kick, solid ? 1.5 : 1.0, solid ? Qt::SolidLine : Qt::DotLine, Qt::FlatCap));
    const double top = scene.area.top() - std::min(3, scene.content.margins.top());
    painter.drawLine(QPointF(x, top), QPointF(x, scene.area.bottom() - 1.0));
}

/// Words in the upper part of a hole that has room for them.
void paintHoleLabels(QPainter& painter, const PlotScene& scene) {
    painter.setFont(strongAxisFont());
    const QFontMetricsF metrics(painter.font());
    for (const PlotHole& hole : scene.content.holes) {
        const double left = std::max(scene.placeX(hole.from), scene.area.left());
        const double right = std::min(scene.placeX(hole.to), scene.area.right());
        const double width = metrics.horizontalAdvance(hole.label);
        if (hole.label.isEmpty() || right - left < width + 12.0)
            continue;
        const QRectF ground((left + right - width) / 2.0 - 4.0, scene.area.top() + 8.0, width + 8.0, metrics.height());
        painter.fillRect(ground, scene.theme.surface);
        painter.setPen(scene.theme.text);
        painter.drawText(QPointF(ground.left() + 4.0, ground.top() + metrics.ascent()), hole.label);
    }
}

/// Labels of the marks, kicks before settings and new before old; what would overlap another label stays unwritten.
void paintMarkLabels(QPainter& painter, const PlotScene& scene, const LabelRoom& room) {
    painter.setFont(strongAxisFont());
    const QFontMetricsF metrics(painter.font());
    const double baseline = scene.area.top() - 8.0;
    std::vector<QRectF> taken;
    if (!scene.content.yTitle.isEmpty())
        taken.emplace_back(0.0, 0.0, metrics.horizontalAdvance(scene.content.yTitle) + 6.0, scene.area.top());
    for (const bool kicks : {true, false}) {
        for (auto mark = scene.content.marks.rbegin(); mark != scene.content.marks.rend(); ++mark) {
            if ((mark->kick || mark->jolt) != kicks || mark->label.isEmpty())
                continue;
            const double bolt = mark->kick ? 12.0 : 0.0;
            const double width = bolt + tabularWidth(metrics, mark->label);
            const double most = std::max(0.0, scene.whole.width() - width);
            const double line = scene.placeX(mark->x);
            double left = std::clamp(line - width / 2.0, 0.0, most);
            if (const auto& moment = scene.content.cursor; moment && mark->x <= moment->x) // not half under its veil
                left = std::min(left, std::max({0.0, line - width, scene.placeX(moment->x) - width - 2.0}));
            QRectF place(left - 4.0, 0.0, width + 8.0, scene.area.top());
            if (!room.free(place)) { // words of a curve's end that reach up there
                left = std::clamp(line - width, 0.0, most);
                place.moveLeft(left - 4.0);
            }
            const auto meets = [&](const QRectF& other) { return other.intersects(place); };
            if (!room.free(place) || std::ranges::any_of(taken, meets))
                continue;
            taken.push_back(place);
            if (mark->kick)
                paintBolt(painter, {left + 4.0, baseline - metrics.capHeight() / 2.0}, scene.theme.kick);
            painter.setPen(scene.theme.kick);
            drawTabular(painter, {left + bolt, baseline}, mark->label);
        }
    }
}

/// For words that a line leads to: the first of these places, or above or below one of them, that covers nothing.
QRectF clearPlace(const PlotScene& scene, const LabelRoom& room, std::initializer_list<QRectF> places) {
    const QRectF first = room.offLevels(*places.begin());
    if (room.blank(first))
        return first;
    const QRectF inside(scene.area.topLeft() - QPointF(0.0, 4.0), QPointF(scene.whole.right(), scene.area.bottom()));
    for (const double lines : {0.0, -1.0, 1.0, -2.0, 2.0})
        for (const QRectF& place : places)
            if (const QRectF moved = room.offLevels(place.translated(0.0, lines * place.height()));
                room.blank(moved) && inside.contains(moved))
                return moved;
    return first;
}

/// In their order, at the other side of their place where they would cross a mark, and clear of curves and level lines
/// where a line leads to them; what would overlap other words stays unwritten.
void paintNotes(QPainter& painter, const PlotScene& scene, LabelRoom& room) {
    painter.setFont(fontFor(TextRole::Axis));
    const QFontMetricsF metrics(painter.font());
    for (const PlotNote& note : scene.content.notes) {
        const auto value = axisValue(note.y, scene.content.logarithmic);
        if (!value)
            continue;
        const QPointF place(scene.placeX(note.x),
                            std::clamp(scene.placeY(*value), scene.area.top() + 5.0, scene.area.bottom()));
        // Words beside a rising curve without a line to it: clear of its stroke.
        const double gap = note.leader ? 12.0 : 10.0;
        const double lift = note.leader ? 0.0 : 6.0;
        const double width = tabularWidth(metrics, note.text);
        const double middle = place.y() - lift;
        const QRectF right(place.x() + gap - 1.0, middle - metrics.capHeight(), width + 2.0, 2.0 * metrics.capHeight());
        const QRectF left = right.translated(-2.0 * gap - width, 0.0);
        QRectF ground = note.leftOf ? left : right;
        const QRectF other = note.leftOf ? right : left;
        if (!room.unmarked(ground) && room.unmarked(other) && scene.area.left() <= other.left() &&
            other.right() <= scene.whole.right())
            ground = other;
        else if (note.leader && !room.unmarked(ground) && room.unmarked(room.behindMarks(right)))
            ground = room.behindMarks(right);
        if (note.leader)
            ground = clearPlace(scene, room, {ground, right, left});
        if (ground.isEmpty() || !room.free(ground))
            continue;
        room.take(ground);
        if (note.leader) {
            painter.setPen(QPen(scene.theme.line, 1.0));
            const double end = ground.center().x() < place.x() ? ground.right() + 1.0 : ground.left() - 1.0;
            painter.drawLine(place, QPointF(end, ground.center().y()));
        }
        paintVeil(painter, scene, ground);
        painter.setPen(scene.theme.*note.ink);
        drawTabular(painter, {ground.left() + 1.0, ground.center().y() + metrics.capHeight() / 2.0}, note.text);
    }
}

struct EndLabel {
    const PlotCurve* curve;
    QPointF end;
    double middle; ///< of the words
};

void paintEndSign(QPainter& painter, const PlotScene& scene, const EndLabel& label) {
    const QColor ink = scene.theme.*label.curve->ink;
    if (label.curve->end == PlotCurve::End::None)
        return;
    const bool ring = label.curve->end == PlotCurve::End::Ring;
    painter.setPen(QPen(ink, ring ? 1.5 : 0.0));
    painter.setBrush(ring ? scene.theme.surface : ink);
    paintEndShape(painter, label.curve->end, label.end, 3.0);
    painter.setBrush(Qt::NoBrush);
}

double behindName(const PlotScene& scene, const PlotCurve& curve, const QFontMetricsF& metrics) {
    return scene.content.stackedLabels ? 0.0 : tabularWidth(metrics, curve.name + QLatin1Char(' '));
}

/// What the words at a curve's end cover.
QRectF endGround(const PlotScene& scene, const EndLabel& label, const QFontMetricsF& metrics) {
    const PlotCurve& curve = *label.curve;
    const double half = scene.content.stackedLabels ? metrics.height() / 2.0 - 0.5 : 0.0;
    const double width = std::max(tabularWidth(metrics, curve.name),
                                  behindName(scene, curve, metrics) + tabularWidth(metrics, curve.value));
    const double tall = metrics.capHeight() + 2.0 * half + 4.0;
    return {label.end.x() + 7.0, label.middle - tall / 2.0, width + 4.0, tall};
}

void paintEndWords(QPainter& painter, const PlotScene& scene, const EndLabel& label) {
    const QFontMetricsF metrics(painter.font());
    const PlotCurve& curve = *label.curve;
    if (curve.name.isEmpty() && curve.value.isEmpty())
        return;
    const QColor ink = scene.theme.*curve.ink;
    const QColor nameInk = curve.nameInk != nullptr ? scene.theme.*curve.nameInk : ink;
    const double left = label.end.x() + 9.0;
    const double centre = label.middle + metrics.capHeight() / 2.0;
    const double half = scene.content.stackedLabels ? metrics.height() / 2.0 - 0.5 : 0.0;
    paintVeil(painter, scene, endGround(scene, label, metrics));
    painter.setPen(nameInk);
    drawTabular(painter, {left, centre - half}, curve.name);
    painter.setPen(ink);
    drawTabular(painter, {left + behindName(scene, curve, metrics), centre + half}, curve.value);
}

/// Words stay inside the widget and off the x axis, and those that would overlap move apart: first down, then, where
/// the bottom stops them, up again. Where there is too little room for all they stand closer.
void spread(std::vector<EndLabel>& labels, const PlotScene& scene, double height) {
    std::sort(labels.begin(), labels.end(), [](const EndLabel& a, const EndLabel& b) { return a.middle < b.middle; });
    const double room = scene.area.bottom() - scene.whole.top();
    height = std::min(height, room / static_cast<double>(std::max<std::size_t>(1, labels.size())));
    double least = scene.whole.top() + height / 2.0;
    for (EndLabel& label : labels) {
        label.middle = std::max(label.middle, least);
        least = label.middle + height;
    }
    double limit = scene.area.bottom() - height / 2.0;
    for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
        label->middle = std::min(label->middle, limit);
        limit = label->middle - height;
    }
}

std::vector<EndLabel> endLabels(const PlotScene& scene, const LabelRoom& room) {
    std::vector<EndLabel> labels;
    for (std::size_t i = 0; i < scene.content.curves.size(); ++i) {
        const PlotCurve& curve = scene.content.curves[i];
        const QList<QPointF>& line = room.lines()[i];
        if (line.isEmpty() || (curve.name.isEmpty() && curve.end == PlotCurve::End::None))
            continue;
        const QPointF end(scene.placeX(line.back().x()),
                          std::clamp(scene.placeY(line.back().y()), scene.area.top(), scene.area.bottom()));
        labels.push_back({&curve, end, end.y()});
    }
    const double height = QFontMetricsF(strongAxisFont()).height();
    spread(labels, scene, scene.content.stackedLabels ? 2.0 * height : height);
    return labels;
}

void paintEnds(QPainter& painter, const PlotScene& scene, const std::vector<EndLabel>& labels) {
    painter.setFont(strongAxisFont());
    for (const EndLabel& label : labels) {
        paintEndSign(painter, scene, label);
        paintEndWords(painter, scene, label);
    }
}

} // namespace

void paintAbove(QPainter& painter, const PlotScene& scene) {
    painter.setRenderHint(QPainter::Antialiasing);
    LabelRoom room(scene);
    const std::vector<EndLabel> ends = endLabels(scene, room);
    const QFontMetricsF endMetrics(strongAxisFont());
    for (const EndLabel& label : ends)
        if (!label.curve->name.isEmpty() || !label.curve->value.isEmpty())
            room.take(endGround(scene, label, endMetrics));
    paintHoleLabels(painter, scene);
    for (const PlotMark& mark : scene.content.marks)
        paintMarkLine(painter, scene, mark);
    if (scene.content.markLabels)
        paintMarkLabels(painter, scene, room);
    paintNotes(painter, scene, room);
    paintReferences(painter, scene, room);
    paintEnds(painter, scene, ends);
}

} // namespace flatline
