#include "ui/charts/plot_painting.h"

#include "ui/charts/plot_points.h"
#include "ui/charts/plot_series.h"
#include "ui/theme/tabular.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace flatline {

namespace {

constexpr double leastGap = 14.0; ///< between two labels of the x axis

void horizontal(QPainter& painter, double left, double right, double y) {
    painter.drawLine(QPointF(left, y), QPointF(right, y));
}

QPolygonF placed(const PlotScene& scene, QPolygonF outline) {
    for (QPointF& point : outline)
        point = {scene.placeX(point.x()), scene.placeY(point.y())};
    return outline;
}

/// Areas go without antialiasing: their edges lie below a line, and smoothing them costs as much as the whole rest.
void paintAreas(QPainter& painter, const PlotScene& scene) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setClipRect(scene.area);
    painter.setPen(Qt::NoPen);
    for (const PlotMark& mark : scene.content.marks) {
        if (mark.until <= mark.x)
            continue;
        QColor tint = scene.theme.kick;
        tint.setAlphaF(0.16F);
        const double left = scene.placeX(mark.x);
        const double width = std::max(2.0, scene.placeX(mark.until) - left);
        painter.fillRect(QRectF(left, scene.area.top(), width, scene.area.height()), tint);
    }
    QColor silence = scene.theme.line;
    silence.setAlphaF(0.55F);
    for (const PlotHole& hole : scene.content.holes) {
        const double left = scene.placeX(hole.from);
        const QRectF stretch(left, scene.area.top(), std::max(2.0, scene.placeX(hole.to) - left), scene.area.height());
        painter.fillRect(stretch, hatchBrush(silence, scene.ratio));
    }
    for (const PlotCurve& curve : scene.content.curves) {
        const QColor ink = scene.theme.*curve.ink;
        if (curve.band)
            paintBand(painter, scene, curve);
        const QList<QPointF> line = curve.hatched ? linePoints(curve, scene.content.logarithmic) : QList<QPointF>();
        if (line.isEmpty())
            continue;
        QPolygonF outline = placed(scene, QPolygonF(line));
        outline.prepend({outline.first().x(), scene.area.bottom()});
        outline.append({outline.last().x(), scene.area.bottom()});
        painter.setPen(Qt::NoPen);
        QColor fill = ink;
        fill.setAlphaF(0.07F);
        painter.setBrush(fill);
        painter.drawPolygon(outline);
        fill.setAlphaF(0.45F);
        painter.setBrush(hatchBrush(fill, scene.ratio));
        painter.drawPolygon(outline);
    }
    painter.restore();
}

std::vector<double> yTicks(const PlotScene& scene) {
    if (!scene.content.yTicks.empty())
        return scene.content.yTicks;
    if (!scene.content.logarithmic)
        return linearTicks(scene.y, scene.area.height() < 44.0 ? 2 : 3);
    std::vector<double> ticks = logTicks({std::pow(10.0, scene.y.from), std::pow(10.0, scene.y.to)}, 3);
    for (double& tick : ticks)
        tick = std::log10(tick);
    return ticks;
}

void paintYAxis(QPainter& painter, const PlotScene& scene) {
    const QFontMetricsF metrics(painter.font());
    for (const double tick : yTicks(scene)) {
        const double y = std::round(scene.placeY(tick)) - 0.5;
        if (y < scene.area.bottom() - 1.0) {
            painter.setPen(QPen(scene.theme.grid, 1.0));
            horizontal(painter, scene.area.left(), scene.area.right(), y);
        }
        const QString text = numberText(scene.content.logarithmic ? std::pow(10.0, tick) : tick);
        painter.setPen(scene.theme.muted);
        const double left = scene.area.left() - 7.0 - tabularWidth(metrics, text);
        drawTabular(painter, {left, y + metrics.capHeight() / 2.0}, text);
    }
    if (scene.content.yTitle.isEmpty())
        return;
    painter.setPen(scene.theme.muted);
    painter.drawText(QPointF(2.0, scene.area.top() - 8.0),
                     metrics.elidedText(scene.content.yTitle, Qt::ElideRight, scene.whole.width() - 4.0));
}

void paintXAxis(QPainter& painter, const PlotScene& scene) {
    painter.setPen(QPen(scene.theme.line, 1.0));
    const double bottom = std::round(scene.area.bottom()) - 0.5;
    horizontal(painter, scene.area.left(), scene.area.right(), bottom);
    if (!scene.content.xLabels)
        return;
    const QFontMetricsF metrics(painter.font());
    const double baseline = bottom + 5.0 + metrics.ascent();
    const QRectF moment = cursorChip(scene);
    for (const double tick : xTicks(scene)) {
        const double x = std::floor(scene.placeX(tick)) + 0.5;
        painter.setPen(QPen(scene.theme.line, 1.0));
        painter.drawLine(QPointF(x, bottom), QPointF(x, bottom + 3.0));
        const QString text = xTickText(tick, scene.x);
        const double half = tabularWidth(metrics, text) / 2.0 + 3.0;
        if (x + half > moment.left() && x - half < moment.right())
            continue;
        painter.setPen(scene.theme.muted);
        drawTabular(painter, {x - tabularWidth(metrics, text) / 2.0, baseline}, text);
    }
    painter.setPen(scene.theme.muted);
    const double middle = scene.area.center().x() - metrics.horizontalAdvance(scene.content.xTitle) / 2.0;
    painter.drawText(QPointF(middle, baseline + metrics.height() - 1.0), scene.content.xTitle);
}

} // namespace

QString xTickText(double tick, AxisRange range) {
    constexpr double million = 1e6;
    if (tick != 0.0 && std::max(std::abs(range.from), std::abs(range.to)) >= million)
        return QCoreApplication::translate("charts", "%1 M", "million").arg(numberText(tick / million));
    return std::abs(tick) >= 1000.0 ? countText(std::llround(tick)) : numberText(tick);
}

std::vector<double> xTicks(const PlotScene& scene) {
    const QFontMetricsF metrics(fontFor(TextRole::Axis));
    for (int most = 8; most > 2; --most) {
        const std::vector<double> ticks = linearTicks(scene.x, most);
        double widest = 0.0;
        for (const double tick : ticks)
            widest = std::max(widest, tabularWidth(metrics, xTickText(tick, scene.x)));
        const double apart = ticks.size() < 2 ? scene.area.width() : scene.placeX(ticks[1]) - scene.placeX(ticks[0]);
        if (apart >= widest + leastGap)
            return ticks;
    }
    return linearTicks(scene.x, 2);
}

QFont strongAxisFont() {
    QFont font = fontFor(TextRole::Axis);
    font.setWeight(QFont::DemiBold);
    return font;
}

void paintBelow(QPainter& painter, const PlotScene& scene) {
    painter.fillRect(scene.whole, scene.theme.surface);
    painter.setFont(fontFor(TextRole::Axis));
    if (scene.content.yLabels)
        paintYAxis(painter, scene);
    paintAreas(painter, scene);
    paintXAxis(painter, scene);
    paintBars(painter, scene);
    paintLowerCurves(painter, scene);
}

} // namespace flatline
