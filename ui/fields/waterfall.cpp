#include "ui/fields/waterfall.h"

#include "ui/charts/axis_range.h"
#include "ui/theme/tabular.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

constexpr double rowHeight = 22.0;
constexpr double barHeight = 14.0;
constexpr double headHeight = 15.0; ///< "silent", "fires"
constexpr double axisHeight = 18.0;
constexpr double gap = 10.0;
constexpr double leastBar = 1.5;

QFont strong(TextRole role) {
    QFont font = fontFor(role);
    font.setWeight(QFont::DemiBold);
    return font;
}

/// The picture's columns and scale.
struct Measures {
    double labels = 0.0; ///< width
    QRectF bars;         ///< between the labels and the numbers, all rows
    AxisRange range;

    [[nodiscard]] double placeX(double value) const {
        return bars.left() + (value - range.from) / range.span() * bars.width();
    }
    [[nodiscard]] double rowTop(std::size_t row) const { return bars.top() + rowHeight * static_cast<double>(row); }
};

AxisRange rangeOf(const std::vector<SumRow>& rows) {
    AxisRange range;
    for (const SumRow& row : rows)
        for (const double end : {row.from, row.to})
            if (std::isfinite(end))
                range = {std::min(range.from, end), std::max(range.to, end)};
    const double room = range.span() > 0.0 ? 0.06 * range.span() : 1.0;
    return {range.from - room, range.to + room};
}

Measures measure(const Waterfall& waterfall, const QRectF& box) {
    const QFontMetricsF metrics(strong(TextRole::Body));
    const QFontMetricsF notes(fontFor(TextRole::Axis));
    double labels = 0.0;
    double numbers = 0.0;
    for (const SumRow& row : waterfall.rows) {
        const double note = row.note.isEmpty() ? 0.0 : gap + notes.horizontalAdvance(row.note);
        labels = std::max(labels, metrics.horizontalAdvance(row.label) + note);
        numbers = std::max(numbers, tabularWidth(metrics, signedText(row.value())));
    }
    Measures found;
    found.labels = std::min(labels, 0.5 * box.width());
    const double left = box.left() + found.labels + gap;
    found.bars = {left, box.top() + headHeight, std::max(20.0, box.right() - numbers - gap - left),
                  rowHeight * static_cast<double>(waterfall.rows.size())};
    found.range = rangeOf(waterfall.rows);
    return found;
}

QRectF barOf(const Measures& measures, const SumRow& row, std::size_t index) {
    const double from = measures.placeX(row.from);
    const double to = measures.placeX(row.to);
    const double width = std::max(leastBar, std::abs(to - from));
    return {std::min(from, to), measures.rowTop(index) + (rowHeight - barHeight) / 2.0, width, barHeight};
}

void paintGround(QPainter& painter, const Measures& measures, bool margin, const Theme& theme) {
    const QRectF& bars = measures.bars;
    const double zero = std::round(measures.placeX(0.0)) + 0.5;
    painter.setFont(fontFor(TextRole::Axis));
    const QFontMetricsF metrics(painter.font());
    if (margin) {
        QColor tint = theme.dead;
        tint.setAlphaF(0.07F);
        painter.fillRect(QRectF(bars.topLeft(), QPointF(zero, bars.bottom())), tint);
        const double baseline = bars.top() - 4.0;
        const QString silent = QCoreApplication::translate("report", "silent");
        const QString fires = QCoreApplication::translate("report", "fires");
        painter.setPen(theme.dead);
        if (zero - bars.left() > metrics.horizontalAdvance(silent) + 4.0)
            painter.drawText(QPointF(zero - 5.0 - metrics.horizontalAdvance(silent), baseline), silent);
        painter.setPen(theme.alive);
        if (bars.right() - zero > metrics.horizontalAdvance(fires) + 4.0)
            painter.drawText(QPointF(zero + 5.0, baseline), fires);
    }
    const double baseline = bars.bottom() + 4.0 + metrics.ascent();
    for (const double tick : linearTicks(measures.range, 4)) {
        const double x = std::round(measures.placeX(tick)) + 0.5;
        painter.setPen(QPen(theme.grid, 1.0));
        painter.drawLine(QPointF(x, bars.top()), QPointF(x, bars.bottom()));
        const QString text = numberText(tick);
        painter.setPen(theme.muted);
        drawTabular(painter, {x - tabularWidth(metrics, text) / 2.0, baseline}, text);
    }
    painter.setPen(QPen(theme.text, 1.5));
    painter.drawLine(QPointF(zero, bars.top()), QPointF(zero, bars.bottom()));
}

/// Below 0 a total is hatched, as all that is dead.
void paintBar(QPainter& painter, const QRectF& bar, const SumRow& row, const Theme& theme) {
    const QColor color = row.value() > 0.0 ? theme.alive : theme.dead;
    if (!row.total || row.value() > 0.0) {
        painter.fillRect(bar, color);
        return;
    }
    QColor hatch = color;
    hatch.setAlphaF(0.6F);
    painter.fillRect(bar, theme.surface);
    painter.fillRect(bar, hatchBrush(hatch, painter.device()->devicePixelRatioF()));
    painter.setPen(QPen(color, 1.0));
    painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5));
}

void paintWords(QPainter& painter, const Measures& measures, const QRectF& box, const SumRow& row, std::size_t index,
                const Theme& theme) {
    const QRectF line(box.left(), measures.rowTop(index), measures.labels, rowHeight);
    const QFont font = row.total ? strong(TextRole::Body) : fontFor(TextRole::Body);
    painter.setFont(font);
    const QFontMetricsF metrics(font);
    painter.setPen(theme.text);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(row.label, Qt::ElideRight, line.width()));
    const QString number = row.total ? numberText(row.value()) : signedText(row.value());
    painter.setFont(strong(TextRole::Body));
    painter.setPen(row.value() > 0.0 ? theme.alive : theme.dead);
    const QFontMetricsF bold(painter.font());
    drawTabular(painter, {box.right() - tabularWidth(bold, number), line.center().y() + bold.capHeight() / 2.0},
                number);
    painter.setFont(fontFor(TextRole::Axis));
    painter.setPen(theme.muted);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, row.note);
}

} // namespace

double waterfallHeight(const Waterfall& waterfall) {
    return waterfall.rows.empty() ? 0.0
                                  : headHeight + rowHeight * static_cast<double>(waterfall.rows.size()) + axisHeight;
}

QRectF waterfallBar(const Waterfall& waterfall, const QRectF& box, std::size_t row) {
    return barOf(measure(waterfall, box), waterfall.rows[row], row);
}

void paintWaterfall(QPainter& painter, const Waterfall& waterfall, const QRectF& box, const Theme& theme) {
    if (waterfall.rows.empty())
        return;
    const Measures measures = measure(waterfall, box);
    painter.setRenderHint(QPainter::Antialiasing, false);
    paintGround(painter, measures, waterfall.margin, theme);
    for (std::size_t i = 0; i < waterfall.rows.size(); ++i) {
        const SumRow& row = waterfall.rows[i];
        const QRectF bar = barOf(measures, row, i);
        if (i + 1 < waterfall.rows.size()) { // down to where the next one begins
            const double x = std::round(measures.placeX(row.to)) + 0.5;
            painter.setPen(QPen(theme.line, 1.0));
            painter.drawLine(QPointF(x, bar.top()), QPointF(x, bar.bottom() + rowHeight - barHeight));
        }
        paintBar(painter, bar, row, theme);
        paintWords(painter, measures, box, row, i, theme);
    }
}

} // namespace flatline
