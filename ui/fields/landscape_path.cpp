#include "ui/fields/landscape_path.h"

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
constexpr double boltRadius = 9.0;

/// Sideways so that the words stay inside the plot.
QPointF insidePlot(QPointF baseline, double width, const QRectF& plot) {
    return {std::clamp(baseline.x(), plot.left() + 4.0, std::max(plot.left() + 4.0, plot.right() - width - 4.0)),
            baseline.y()};
}

/// The path's place at the kick: the last one not after it, if the path reaches so far back.
std::optional<PathPoint> kickPlace(const LandscapeScene& scene) {
    std::optional<PathPoint> found;
    if (scene.kick.has_value())
        for (const PathPoint& point : scene.surface.path)
            if (point.step <= *scene.kick)
                found = point;
    return found;
}

} // namespace

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
    const std::optional<PathPoint> kicked = kickPlace(scene);
    if (!kicked.has_value())
        return;
    const QPointF place = layout.place(kicked->a, kicked->b, extent);
    const QPointF fromBall = place - layout.plot.center();
    if (!layout.plot.contains(place) || std::hypot(fromBall.x(), fromBall.y()) < ballRadius)
        return; // outside, or under the ball
    painter.setPen(QPen(casingColor(), 1.5));
    painter.setBrush(Qt::white);
    painter.drawEllipse(place, boltRadius, boltRadius);
    paintGlyph(painter, Glyph::Bolt, QRectF(place.x() - 6.5, place.y() - 6.5, 13.0, 13.0), themeFor(false).kick);
    const QString text = QCoreApplication::translate("fields", "kick, step %1").arg(countText(qint64{*scene.kick}));
    const QFontMetricsF metrics(painter.font());
    QPointF baseline(place.x() + boltRadius + 4.0, place.y() + metrics.capHeight() / 2.0);
    if (std::abs(fromBall.y()) < 40.0 && fromBall.x() < 60.0 && fromBall.x() > -160.0) // not over the ball
        baseline = {place.x() - metrics.horizontalAdvance(text) / 2.0,
                    std::max(place.y(), layout.plot.center().y()) + boltRadius + metrics.height()};
    paintCasedText(painter, insidePlot(baseline, metrics.horizontalAdvance(text), layout.plot), text);
}

void paintBall(QPainter& painter, const LandscapeLayout& layout, const LandscapeScene& scene) {
    const QPointF centre = layout.plot.center();
    QRadialGradient shine(centre - QPointF(2.0, 2.5), ballRadius * 1.4);
    shine.setColorAt(0.0, Qt::white);
    shine.setColorAt(0.55, QColor(0xF2, 0xF4, 0xF7));
    shine.setColorAt(1.0, QColor(0xA9, 0xB2, 0xBD));
    painter.setPen(QPen(casingColor(), 1.5));
    painter.setBrush(shine);
    painter.drawEllipse(centre, ballRadius, ballRadius);
    const QString text = QCoreApplication::translate("fields", "now %1").arg(numberText(scene.surface.centre));
    const double width = QFontMetricsF(painter.font()).horizontalAdvance(text);
    paintCasedText(painter, insidePlot(centre - QPointF(width / 2.0, ballRadius + 6.0), width, layout.plot), text);
}

} // namespace flatline
