#include "ui/charts/plot_series.h"

#include "ui/charts/plot_points.h"
#include "ui/theme/pixels.h"

#include <QImage>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace flatline {

namespace {

constexpr double dashLength = 4.0; ///< in widths of the pen
constexpr double dashGap = 2.5;
constexpr double endless = 1e9;   ///< a dash that no line comes to the end of
constexpr double barWidth = 0.86; ///< of its share of the axis
constexpr double farAway = 20.0;  ///< heights or widths of the area: beyond it a line would only cost time

/// The rows of pixels that a band covers in each column, from its top to below its bottom; empty: `to` <= `from`.
struct Rows {
    int from = 0;
    int to = 0;
};

std::vector<Rows> bandRows(const PlotScene& scene, const QPolygonF& outline) {
    const qsizetype last = outline.size() - 1; // the highest values from the left, then the lowest ones back
    std::vector<Rows> rows(static_cast<std::size_t>(std::lround(scene.area.width() * scene.ratio)));
    const int tall = static_cast<int>(std::lround(scene.area.height() * scene.ratio));
    qsizetype k = 0;
    for (std::size_t column = 0; column < rows.size(); ++column) {
        const double x = scene.area.left() + (static_cast<double>(column) + 0.5) / scene.ratio;
        while (k + 1 <= last / 2 && outline[k + 1].x() < x)
            ++k;
        if (k + 1 > last / 2 || outline[k].x() > x)
            continue;
        const double share = (x - outline[k].x()) / (outline[k + 1].x() - outline[k].x());
        const auto row = [&](qsizetype before, qsizetype after) {
            const double y = outline[before].y() + share * (outline[after].y() - outline[before].y());
            return static_cast<int>(
                std::clamp(std::ceil((y - scene.area.top()) * scene.ratio - 0.5), 0.0, static_cast<double>(tall)));
        };
        rows[column] = {row(k, k + 1), row(last - k, last - k - 1)};
    }
    return rows;
}

/// Pixel by pixel: see threadedRows.
void paintBandRows(QPainter& painter, const PlotScene& scene, const QPolygonF& outline, const QColor& fill) {
    const std::vector<Rows> rows = bandRows(scene, outline);
    int top = std::numeric_limits<int>::max();
    int bottom = 0;
    for (const Rows& column : rows)
        if (column.from < column.to) {
            top = std::min(top, column.from);
            bottom = std::max(bottom, column.to);
        }
    if (top >= bottom)
        return;
    QImage image(static_cast<int>(rows.size()), bottom - top, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    const QRgb ink = qPremultiply(fill.rgba());
    for (int y = 0; y < image.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (std::size_t column = 0; column < rows.size(); ++column)
            if (rows[column].from <= y + top && y + top < rows[column].to)
                line[column] = ink;
    }
    image.setDevicePixelRatio(scene.ratio);
    painter.drawImage(QPointF(scene.area.left(), scene.area.top() + top / scene.ratio), image);
}

/// The line without the corners that no eye finds: strokes shorter than they are wide come out pale.
QPolygonF thinned(const QPolygonF& line) {
    constexpr double shortest = 1.0;
    constexpr double longest = 12.0; ///< what is made of several, so that a bend stays one
    constexpr double bend = 0.05;
    QPolygonF kept;
    for (const QPointF& point : line) {
        if (kept.size() > 1) {
            const QLineF chord(kept[kept.size() - 2], point);
            const QPointF beside = kept.back() - chord.p1();
            const double off = std::abs(chord.dx() * beside.y() - chord.dy() * beside.x());
            if (chord.length() < longest && off < bend * chord.length() &&
                QPointF::dotProduct(beside, point - kept.back()) >= 0.0) {
                kept.back() = point;
                continue;
            }
        }
        if (kept.isEmpty() || QLineF(kept.back(), point).length() >= shortest)
            kept.append(point);
    }
    if (kept.size() > 1)
        kept.back() = line.back();
    return kept;
}

/// A line's dashes and its pieces from corner to corner, one by one: as one outline they take ten times as long.
QList<QLineF> strokes(const QPolygonF& line, const QRectF& seen, double on, double off) {
    QList<QLineF> pieces;
    double passed = 0.0; // of a dash and its gap
    for (qsizetype k = 1; k < line.size(); ++k) {
        const QLineF whole(line[k - 1], line[k]);
        const double length = whole.length();
        const bool outside =
            std::max(whole.y1(), whole.y2()) < seen.top() || std::min(whole.y1(), whole.y2()) > seen.bottom() ||
            std::max(whole.x1(), whole.x2()) < seen.left() || std::min(whole.x1(), whole.x2()) > seen.right();
        for (double at = outside ? length : 0.0; at < length;) {
            const bool drawn = passed < on;
            const double until = std::min(length, at + (drawn ? on : on + off) - passed);
            if (drawn)
                pieces.append({whole.pointAt(at / length), whole.pointAt(until / length)});
            passed += until - at;
            at = until;
            if (passed >= on + off - 1e-9)
                passed = 0.0;
            else if (std::abs(passed - on) < 1e-9)
                passed = on;
        }
        if (outside)
            passed = std::fmod(passed + length, on + off);
    }
    return pieces;
}

} // namespace

QPen curvePen(const PlotCurve& curve, const Theme& theme) {
    QPen pen(theme.*curve.ink, curve.width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    if (curve.steps)
        pen.setJoinStyle(Qt::MiterJoin);
    if (curve.pen != Qt::SolidLine)
        pen.setDashPattern({dashLength, dashGap});
    return pen;
}

void paintBand(QPainter& painter, const PlotScene& scene, const PlotCurve& curve) {
    QPolygonF outline = bandOutline(curve, scene.content.logarithmic);
    for (QPointF& point : outline)
        point = {scene.placeX(point.x()), scene.placeY(point.y())};
    QColor fill = scene.theme.*curve.ink;
    fill.setAlphaF(0.16F);
    if (onPixels(painter) && scene.ratio == std::floor(scene.ratio)) {
        paintBandRows(painter, scene, outline, fill);
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawPolygon(outline);
}

void paintBars(QPainter& painter, const PlotScene& scene) {
    const PlotBars& bars = scene.content.bars;
    const double share = scene.area.width() / static_cast<double>(std::max<std::size_t>(1, bars.heights.size()));
    const double bottom = scene.placeY(0.0);
    painter.save();
    painter.setClipRect(scene.area.adjusted(-plotOverlap, -plotOverlap, plotOverlap, plotOverlap));
    for (std::size_t i = 0; i < bars.heights.size(); ++i) {
        if (!std::isfinite(bars.heights[i]) || bars.heights[i] <= 0.0)
            continue;
        const double left = scene.area.left() + (static_cast<double>(i) + (1.0 - barWidth) / 2.0) * share;
        const double top = std::max(scene.placeY(bars.heights[i]), scene.area.top() - farAway * scene.area.height());
        const QRectF bar(left, top, barWidth * share, bottom - top);
        const bool filled = bars.filled[i] != 0;
        painter.setPen(filled ? QPen(Qt::NoPen) : QPen(scene.theme.line, 1.0));
        painter.setBrush(filled ? QBrush(scene.theme.*bars.ink) : QBrush(Qt::NoBrush));
        painter.drawRect(bar);
    }
    painter.restore();
}

std::size_t firstChartCurve(const PlotContent& content) {
    const auto last = std::find_if(content.curves.rbegin(), content.curves.rend(),
                                   [](const PlotCurve& curve) { return curve.pen != Qt::SolidLine; });
    return static_cast<std::size_t>(content.curves.rend() - last);
}

void paintLowerCurves(QPainter& painter, const PlotScene& scene) {
    const QRectF seen = scene.area.adjusted(-plotOverlap, -plotOverlap, plotOverlap, plotOverlap);
    const double wide = farAway * scene.area.width();
    const double tall = farAway * scene.area.height();
    painter.save();
    painter.setClipRect(seen);
    painter.setBrush(Qt::NoBrush);
    for (std::size_t i = 0; i < firstChartCurve(scene.content); ++i) {
        const PlotCurve& curve = scene.content.curves[i];
        QPolygonF line(linePoints(curve, scene.content.logarithmic));
        for (QPointF& point : line)
            point = {std::clamp(scene.placeX(point.x()), seen.left() - wide, seen.right() + wide),
                     std::clamp(scene.placeY(point.y()), seen.top() - tall, seen.bottom() + tall)};
        const QPen pen = curvePen(curve, scene.theme);
        if (!onPixels(painter)) {
            painter.setPen(pen);
            painter.drawPolyline(line);
            continue;
        }
        const double dash = curve.pen == Qt::SolidLine ? endless : dashLength * pen.widthF();
        painter.setPen(QPen(pen.color(), pen.widthF(), Qt::SolidLine, Qt::FlatCap));
        painter.drawLines(strokes(thinned(line), seen, dash, dashGap * pen.widthF()));
    }
    painter.restore();
}

} // namespace flatline
