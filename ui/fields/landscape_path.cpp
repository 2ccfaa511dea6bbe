#include "ui/fields/landscape_path.h"

#include "ui/fields/dead_text.h"
#include "ui/fields/glyph.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QRadialGradient>

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

constexpr double ballRadius = 6.5;
constexpr double labelGap = 2.0;

/// Where the sign of the kick stands; nothing where it is outside or under the ball.
std::optional<QPointF> boltPlace(const LandscapeLayout& layout, const LandscapeScene& scene) {
    const std::optional<PathPoint> kicked = kickPlace(scene.surface, scene.kick);
    if (!kicked.has_value() || !scene.show.path)
        return std::nullopt;
    const QPointF place = layout.place(kicked->a, kicked->b, scene.surface.extent);
    const QPointF fromBall = place - layout.plot.center();
    const bool hidden = !layout.plot.contains(place) || std::hypot(fromBall.x(), fromBall.y()) < ballRadius;
    return hidden ? std::nullopt : std::optional(place);
}

QRectF around(QPointF middle, double radius) {
    return {middle.x() - radius, middle.y() - radius, 2.0 * radius, 2.0 * radius};
}

/// The first place beside `sign` that is inside the plot and free: on the preferred side of it, on the other, right,
/// left, then at the corners.
std::optional<QRectF> freePlace(QSizeF words, const QRectF& sign, bool belowFirst, const QRectF& plot,
                                const std::vector<QRectF>& taken) {
    const double above = sign.top() - words.height() - labelGap;
    const double below = sign.bottom() + labelGap;
    const double first = belowFirst ? below : above;
    const double second = belowFirst ? above : below;
    const double right = sign.right() + labelGap;
    const double left = sign.left() - words.width() - labelGap;
    const double column = std::clamp(sign.center().x() - words.width() / 2.0, plot.left() + 4.0,
                                     std::max(plot.left() + 4.0, plot.right() - words.width() - 4.0));
    const double row = sign.center().y() - words.height() / 2.0;
    for (const QPointF corner :
         {QPointF(column, first), QPointF(column, second), QPointF(right, row), QPointF(left, row),
          QPointF(right, first), QPointF(left, first), QPointF(right, second), QPointF(left, second)}) {
        const QRectF box(corner, words);
        if (plot.contains(box) &&
            std::none_of(taken.begin(), taken.end(), [&](const QRectF& other) { return other.intersects(box); }))
            return box;
    }
    return std::nullopt;
}

} // namespace

std::optional<PathPoint> kickPlace(const Surface& surface, const std::optional<std::int64_t>& kick) {
    std::optional<PathPoint> found;
    if (kick.has_value())
        for (const PathPoint& point : surface.path)
            if (point.step <= *kick)
                found = point;
    return found;
}

void paintBolt(QPainter& painter, QPointF middle) {
    painter.setPen(QPen(casingColor(), 1.5));
    painter.setBrush(Qt::white);
    painter.drawEllipse(middle, boltRadius, boltRadius);
    paintGlyph(painter, Glyph::Bolt, around(middle, 6.5), themeFor(false).kick);
}

void paintPath(QPainter& painter, const LandscapeLayout& layout, const LandscapeScene& scene) {
    const double extent = scene.surface.extent;
    QPolygonF line;
    for (const PathPoint& point : scene.surface.path) {
        const QPointF place = layout.place(point.a, point.b, extent);
        // Far outside, where a raw step may lie, the line is cut by the frame anyway; keep the numbers sane.
        const double reach = 20.0 * std::max(layout.plot.width(), layout.plot.height());
        line.append({std::clamp(place.x(), -reach, reach), std::clamp(place.y(), -reach, reach)});
    }
    if (line.isEmpty())
        return;
    line.append(layout.plot.center());
    paintLines(painter, line, QPen(casingColor(), 4.0, Qt::SolidLine, Qt::SquareCap));
    paintLines(painter, line, QPen(Qt::white, 2.0, Qt::SolidLine, Qt::SquareCap));
    if (const std::optional<QPointF> place = boltPlace(layout, scene))
        paintBolt(painter, *place);
}

void paintBall(QPainter& painter, const LandscapeLayout& layout) {
    const QPointF centre = layout.plot.center();
    QRadialGradient shine(centre - QPointF(2.0, 2.5), ballRadius * 1.4);
    shine.setColorAt(0.0, Qt::white);
    shine.setColorAt(0.55, QColor(0xF2, 0xF4, 0xF7));
    shine.setColorAt(1.0, QColor(0xA9, 0xB2, 0xBD));
    painter.setPen(QPen(casingColor(), 1.5));
    painter.setBrush(shine);
    painter.drawEllipse(centre, ballRadius, ballRadius);
}

std::vector<LandscapeLabel> landscapeLabels(const LandscapeLayout& layout, const LandscapeScene& scene,
                                            const QFontMetricsF& metrics) {
    const QRectF ball = around(layout.plot.center(), ballRadius + 1.0);
    const std::optional<QPointF> bolt = boltPlace(layout, scene);
    std::vector<QRectF> taken{ball};
    if (bolt.has_value())
        taken.push_back(around(*bolt, boltRadius + 1.0));
    // Away from each other: between them goes the path.
    const bool boltAbove = bolt.has_value() && bolt->y() < ball.center().y();
    std::vector<LandscapeLabel> labels;
    const auto add = [&](const QString& text, const QRectF& sign, bool belowFirst) {
        const QSizeF words(metrics.horizontalAdvance(text), metrics.height());
        if (const std::optional<QRectF> box = freePlace(words, sign, belowFirst, layout.plot, taken)) {
            labels.push_back({*box, text});
            taken.push_back(*box);
        }
    };
    QString now = QCoreApplication::translate("fields", "now %1").arg(numberText(scene.surface.centre));
    if (liesStill(scene.surface))
        now += QStringLiteral(" · ") + QCoreApplication::translate("fields", "does not roll");
    add(now, ball, boltAbove);
    if (bolt.has_value())
        add(QCoreApplication::translate("fields", "kick, step %1").arg(shortCountText(qint64{*scene.kick})), taken[1],
            !boltAbove);
    return labels;
}

void paintLabels(QPainter& painter, const LandscapeLayout& layout, const LandscapeScene& scene) {
    const QFontMetricsF metrics(painter.font());
    for (const LandscapeLabel& label : landscapeLabels(layout, scene, metrics))
        paintCasedText(painter, {label.box.left(), label.box.top() + metrics.ascent()}, label.text);
}

} // namespace flatline
