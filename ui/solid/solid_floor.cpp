#include "ui/solid/solid_floor.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace flatline {
namespace {

constexpr std::array ticks{-1.0, -0.5, 0.0, 0.5, 1.0};
constexpr double tickLength = 5.0;

QPolygonF quad(const Projection& projection, double left, double bottom, double right, double top) {
    return {projection.of({left, bottom, 0.0}).at, projection.of({right, bottom, 0.0}).at,
            projection.of({right, top, 0.0}).at, projection.of({left, top, 0.0}).at};
}

/// Under every cell with a corner that is not finite.
QPainterPath holes(const Surface& surface, const Projection& projection) {
    QPainterPath path;
    path.setFillRule(Qt::WindingFill);
    const double cells = surface.side - 1;
    const auto place = [cells](int index) { return 2.0 * index / cells - 1.0; };
    for (int row = 0; row + 1 < surface.side; ++row) {
        const double* lower = surface.loss.data() + static_cast<std::ptrdiff_t>(row) * surface.side;
        const double* upper = lower + surface.side;
        const auto gone = [&](int column) {
            return !std::isfinite(lower[column]) || !std::isfinite(upper[column]) ||
                   !std::isfinite(lower[column + 1]) || !std::isfinite(upper[column + 1]);
        };
        for (int column = 0; column + 1 < surface.side; ++column) {
            if (!gone(column))
                continue;
            int end = column + 1; // neighbours in a row are one piece
            while (end + 1 < surface.side && gone(end))
                ++end;
            path.addPolygon(quad(projection, place(column), place(row), place(end), place(row + 1)));
            column = end;
        }
    }
    return path;
}

/// An edge of the floor along one of the axes.
struct Edge {
    bool alongFirst = true;
    double other = -1.0; ///< the coordinate that stays

    [[nodiscard]] Space at(double place) const {
        return alongFirst ? Space{place, other, 0.0} : Space{other, place, 0.0};
    }
};

/// Of the two along that axis the one that stands lower on the picture.
Edge nearEdge(bool alongFirst, const Projection& projection) {
    const Edge one{alongFirst, -1.0};
    const Edge two{alongFirst, 1.0};
    return projection.of(one.at(0.0)).at.y() >= projection.of(two.at(0.0)).at.y() ? one : two;
}

/// `corner`: the tick that is left out, since the other axis has one there.
void paintAxis(QPainter& painter, const Edge& edge, const QString& name, std::optional<double> corner,
               const SolidScene& scene, const Projection& projection, const Theme& theme) {
    const QFontMetricsF metrics(painter.font());
    const double length = QLineF(projection.of(edge.at(-1.0)).at, projection.of(edge.at(1.0)).at).length();
    const int every = length > 190.0 ? 1 : length > 90.0 ? 2 : 4;
    const QPointF from = projection.of(edge.at(-1.0)).at;
    const QPointF to = projection.of(edge.at(1.0)).at;
    const QPointF along = from.x() <= to.x() ? to - from : from - to;
    const QPointF down = QPointF(-along.y(), along.x()) / std::max(1e-6, length);
    double reach = 0.0; // of the figures, straight away from the edge
    double side = 1.0;
    for (std::size_t k = 0; k < ticks.size(); k += static_cast<std::size_t>(every)) {
        if (ticks[k] == corner)
            continue;
        const QPointF at = projection.of(edge.at(ticks[k])).at;
        Space beyond = edge.at(ticks[k]);
        (edge.alongFirst ? beyond.y : beyond.x) *= 1.1;
        const QPointF out = projection.of(beyond).at - at;
        const QPointF unit = out / std::max(1e-6, std::hypot(out.x(), out.y()));
        painter.setPen(QPen(theme.line, 1.0));
        painter.drawLine(at, at + unit * tickLength);
        const QString text = numberText(ticks[k] * scene.surface->extent);
        const double width = metrics.horizontalAdvance(text);
        const QPointF middle =
            at + unit * (tickLength + 3.0) + QPointF(unit.x() * width / 2.0, unit.y() * metrics.height() / 2.0);
        const QPointF off = middle - at;
        side = QPointF::dotProduct(off, down) >= 0.0 ? 1.0 : -1.0;
        reach = std::max(reach, side * QPointF::dotProduct(off, down) +
                                    (std::abs(down.x()) * width + std::abs(down.y()) * metrics.height()) / 2.0);
        painter.setPen(theme.muted);
        painter.drawText(QRectF(middle.x() - 40.0, middle.y() - 10.0, 80.0, 20.0), Qt::AlignCenter, text);
    }
    // The name runs along the edge, outside the figures.
    painter.save();
    painter.translate(projection.of(edge.at(0.0)).at + side * down * (reach + 3.0 + metrics.height() / 2.0));
    painter.rotate(std::atan2(along.y(), along.x()) * 180.0 / std::numbers::pi);
    painter.setPen(theme.text);
    painter.drawText(QRectF(-length / 2.0 - 40.0, -10.0, length + 80.0, 20.0), Qt::AlignCenter,
                     metrics.elidedText(name, Qt::ElideRight, length + 80.0));
    painter.restore();
}

} // namespace

void paintFloor(QPainter& painter, const SolidScene& scene, const Projection& projection, const Theme& theme) {
    painter.setPen(QPen(theme.line, 1.0));
    painter.setBrush(theme.sunken);
    painter.drawPolygon(quad(projection, -1.0, -1.0, 1.0, 1.0));
    painter.setPen(QPen(theme.border, 1.0));
    for (int k = -3; k <= 3; ++k) {
        const double at = k / 4.0;
        painter.drawLine(projection.of({at, -1.0, 0.0}).at, projection.of({at, 1.0, 0.0}).at);
        painter.drawLine(projection.of({-1.0, at, 0.0}).at, projection.of({1.0, at, 0.0}).at);
    }
    const QPainterPath gone = holes(*scene.surface, projection);
    if (gone.isEmpty())
        return;
    QBrush hatch;
    hatch.setTextureImage(notFiniteImage({16, 16}, 8));
    painter.setPen(Qt::NoPen);
    painter.setBrush(hatch);
    painter.drawPath(gone);
}

void paintFloorAxes(QPainter& painter, const SolidScene& scene, const Projection& projection, const Theme& theme) {
    painter.setFont(fontFor(TextRole::Axis));
    const Edge first = nearEdge(true, projection);
    const Edge second = nearEdge(false, projection);
    paintAxis(painter, first, scene.firstAxis, std::nullopt, scene, projection, theme);
    paintAxis(painter, second, scene.secondAxis, first.other, scene, projection, theme);
}

} // namespace flatline
