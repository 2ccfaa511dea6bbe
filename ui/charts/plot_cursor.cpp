#include "ui/charts/plot_painting.h"
#include "ui/charts/plot_points.h"
#include "ui/theme/tabular.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace flatline {

namespace {

double columnOf(const PlotScene& scene, double x) {
    return std::clamp(std::floor(scene.placeX(x)), scene.area.left(), scene.area.right()) + 0.5;
}

/// Room for words beside a line, at its top; at the other side where there is none.
QRectF boxBeside(const PlotScene& scene, double column, const QStringList& words, const QFontMetricsF& metrics) {
    double width = 0.0;
    for (const QString& line : words)
        width = std::max(width, tabularWidth(metrics, line));
    QRectF box(column + 8.0, scene.area.top() + 2.0, width + 12.0,
               metrics.height() * static_cast<double>(words.size()) + 6.0);
    if (box.right() > scene.whole.right())
        box.moveRight(column - 8.0);
    return box;
}

/// Whether a box covers the words at a curve's end, about where these stand.
bool coversAnEnd(const PlotScene& scene, const QRectF& box, const QFontMetricsF& metrics) {
    return std::ranges::any_of(scene.content.curves, [&](const PlotCurve& curve) {
        if (curve.name.isEmpty() || curve.points.empty())
            return false;
        const auto y = axisValue(curve.points.back().value, scene.content.logarithmic);
        const QPointF end(scene.placeX(curve.points.back().step) + 7.0, y ? scene.placeY(*y) : scene.area.top());
        const double half = (scene.content.stackedLabels ? 1.0 : 0.5) * metrics.height();
        return QRectF(end.x(), end.y() - half, metrics.horizontalAdvance(curve.name), 2.0 * half).intersects(box);
    });
}

void paintWords(QPainter& painter, const PlotScene& scene, const QRectF& box, const QStringList& words) {
    const QFontMetricsF metrics(painter.font());
    painter.setPen(QPen(scene.theme.line, 1.0));
    painter.setBrush(scene.theme.surface);
    painter.drawRoundedRect(box, 4.0, 4.0);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(scene.theme.text);
    double baseline = box.top() + 3.0 + metrics.ascent();
    for (const QString& line : words) {
        drawTabular(painter, {box.left() + 6.0, baseline}, line);
        baseline += metrics.height();
    }
}

/// The step, on the x axis.
void paintCursorChip(QPainter& painter, const PlotScene& scene, double step) {
    const QRectF chip = cursorChip(scene);
    if (chip.isEmpty())
        return;
    painter.setFont(strongAxisFont());
    const QFontMetricsF metrics(painter.font());
    painter.setPen(Qt::NoPen);
    painter.setBrush(scene.theme.accent);
    painter.drawRoundedRect(chip, 4.0, 4.0);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(scene.theme.onAccent);
    drawTabular(painter, {chip.left() + 5.0, chip.center().y() + metrics.capHeight() / 2.0},
                countText(std::llround(step)));
}

/// What came later fades, its marks' words above the axes included; not the axis's title, which stands there, too.
void paintFuture(QPainter& painter, const PlotScene& scene, double column) {
    QColor veil = scene.theme.surface;
    veil.setAlphaF(0.62F);
    const double top = scene.area.top();
    const double title = QFontMetricsF(fontFor(TextRole::Axis)).horizontalAdvance(scene.content.yTitle) + 4.0;
    const double above = scene.content.yTitle.isEmpty() ? column : std::max(column, scene.whole.left() + title);
    painter.fillRect(QRectF(QPointF(above, scene.whole.top()), QPointF(scene.whole.right(), top)), veil);
    // A curve at the bottom is half below the axis, which itself does not fade.
    const double bottom = std::round(scene.area.bottom());
    painter.fillRect(QRectF(QPointF(column, top), QPointF(scene.whole.right(), bottom + 1.0)), veil);
    painter.setPen(QPen(scene.theme.line, 1.0));
    painter.drawLine(QPointF(column, bottom - 0.5), QPointF(scene.area.right(), bottom - 0.5));
}

} // namespace

QRectF cursorBox(const PlotScene& scene) {
    if (!scene.content.cursor || scene.content.cursor->words.isEmpty())
        return {};
    const QFontMetricsF metrics(strongAxisFont());
    const double column = columnOf(scene, scene.content.cursor->x);
    const QRectF box = boxBeside(scene, column, scene.content.cursor->words, metrics);
    const QRectF before = box.translated(column - 8.0 - box.right(), 0.0);
    return coversAnEnd(scene, box, metrics) && before.left() > scene.area.left() ? before : box;
}

QRectF cursorChip(const PlotScene& scene) {
    if (!scene.content.cursor || !scene.content.xLabels)
        return {};
    const QFontMetricsF metrics(strongAxisFont());
    const double width = tabularWidth(metrics, countText(std::llround(scene.content.cursor->x))) + 10.0;
    const double middle = std::floor(scene.placeX(scene.content.cursor->x)) + 0.5;
    const double left = std::clamp(middle - width / 2.0, scene.whole.left(), scene.whole.right() - width);
    return {left, std::round(scene.area.bottom()) + 2.0, width, std::ceil(metrics.height()) + 1.0};
}

void paintCursor(QPainter& painter, const PlotScene& scene) {
    if (!scene.content.cursor)
        return;
    const PlotCursor& cursor = *scene.content.cursor;
    const double column = columnOf(scene, cursor.x);
    paintFuture(painter, scene, column);
    painter.setPen(QPen(scene.theme.accent, 1.5, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(QPointF(column, scene.area.top() - std::min(3, scene.content.margins.top())),
                     QPointF(column, scene.area.bottom()));
    for (const PlotCursor::Dot& dot : cursor.dots)
        if (const auto y = axisValue(dot.y, scene.content.logarithmic)) {
            painter.setPen(QPen(scene.theme.surface, 1.0));
            painter.setBrush(scene.theme.*dot.ink);
            const double place = std::clamp(scene.placeY(*y), scene.area.top(), scene.area.bottom());
            painter.drawEllipse(QPointF(column, place), 4.0, 4.0);
        }
    painter.setBrush(Qt::NoBrush);
    paintCursorChip(painter, scene, cursor.x);
    painter.setFont(strongAxisFont());
    if (!cursor.words.isEmpty())
        paintWords(painter, scene, cursorBox(scene), cursor.words);
}

void paintCrosshair(QPainter& painter, const PlotScene& scene, double x, const QStringList& words) {
    if (words.isEmpty())
        return;
    const double column = std::floor(scene.placeX(x)) + 0.5;
    painter.setPen(QPen(scene.theme.line, 1.0));
    painter.drawLine(QPointF(column, scene.area.top()), QPointF(column, scene.area.bottom()));
    painter.setFont(fontFor(TextRole::Axis));
    paintWords(painter, scene, boxBeside(scene, column, words, QFontMetricsF(painter.font())), words);
}

} // namespace flatline
