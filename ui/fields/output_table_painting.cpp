#include "ui/fields/output_table.h"
#include "ui/theme/tabular.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

namespace flatline {

namespace {

constexpr double headLine = 15.0;
constexpr double footLine = 17.0;
constexpr double leastRow = 14.0;
constexpr double mostRow = 30.0;
constexpr double gap = 10.0; ///< between groups
constexpr double inset = 4.0;
constexpr double mostColumn = 110.0;
constexpr double mostScale = 1.6;

QFont strong() {
    QFont font = fontFor(TextRole::Axis);
    font.setWeight(QFont::DemiBold);
    return font;
}

QString say(const char* text) {
    return QCoreApplication::translate("outputs", text);
}

/// The table's measures in a box.
struct Grid {
    QRectF box;
    double names = 0.0; ///< width of the first column
    double rowTop = 0.0;
    double rowHeight = 0.0;
    std::vector<std::size_t> rows;

    [[nodiscard]] QRectF cell(std::size_t line, double left, double width) const {
        return {left, rowTop + static_cast<double>(line) * rowHeight, width, rowHeight};
    }
    [[nodiscard]] double footTop() const { return rowTop + static_cast<double>(rows.size()) * rowHeight + 4.0; }
};

double namesWidth(const OutputTable& table) {
    double widest = 0.0;
    const QFontMetricsF metrics(strong());
    for (const QString& name : table.names)
        widest = std::max(widest, metrics.horizontalAdvance(name));
    for (const char* foot : {"loss", "gradient"})
        widest = std::max(widest, metrics.horizontalAdvance(say(foot)));
    return widest + 8.0;
}

double columnsOf(const OutputTable& table) {
    double columns = 0.0;
    for (const OutputGroup& group : table.groups)
        columns += static_cast<double>(group.columns.size());
    return columns;
}

/// With all rows and columns as large as they get.
QSizeF fullSize(const OutputTable& table) {
    return {namesWidth(table) + gap * static_cast<double>(table.groups.size()) + mostColumn * columnsOf(table),
            2.0 * headLine + 2.0 + mostRow * static_cast<double>(table.names.size()) + 2.0 * footLine + 6.0};
}

double scaleIn(const QSizeF& room, const OutputTable& table) {
    const QSizeF full = fullSize(table);
    return std::clamp(std::min(room.width() / full.width(), room.height() / full.height()), 1.0, mostScale);
}

Grid gridIn(const QRectF& box, const OutputTable& table) {
    Grid grid{box, 0.0, box.top() + 2.0 * headLine + 2.0, 0.0, {}};
    grid.names = std::min(namesWidth(table), 0.3 * box.width());
    const double tall = box.bottom() - 2.0 * footLine - 6.0 - grid.rowTop;
    grid.rows = rowsShown(table, static_cast<std::size_t>(std::max(1.0, std::floor(tall / leastRow))));
    grid.rowHeight = std::clamp(tall / static_cast<double>(grid.rows.size()), leastRow, mostRow);
    return grid;
}

/// What the other columns share.
double columnsRoom(const Grid& grid, const OutputTable& table) {
    return grid.box.width() - grid.names - gap * static_cast<double>(table.groups.size());
}

/// Of a group's head and foot.
double total(std::span<const double> widths) {
    return std::accumulate(widths.begin(), widths.end(), 0.0);
}

double baselineIn(const QRectF& place, const QFontMetricsF& metrics) {
    return place.center().y() + metrics.capHeight() / 2.0;
}

void drawRight(QPainter& painter, const QRectF& place, const QString& text) {
    const QFontMetricsF metrics(painter.font());
    drawTabular(painter, {place.right() - inset - tabularWidth(metrics, text), baselineIn(place, metrics)}, text);
}

void paintNames(QPainter& painter, const Grid& grid, const OutputTable& table, const Theme& theme) {
    for (std::size_t line = 0; line < grid.rows.size(); ++line) {
        const std::size_t row = grid.rows[line];
        const bool own = table.own[row] != 0;
        const QRectF place(grid.box.left(), grid.rowTop + static_cast<double>(line) * grid.rowHeight, grid.names,
                           grid.rowHeight);
        painter.setFont(own ? strong() : fontFor(TextRole::Axis));
        painter.setPen(own ? theme.text : theme.muted);
        const QFontMetricsF metrics(painter.font());
        const QString name =
            metrics.elidedText(table.names[static_cast<qsizetype>(row)], Qt::ElideRight, place.width() - 10.0);
        painter.drawText(QPointF(place.left() + 7.0, baselineIn(place, metrics)), name);
        if (own) // a bar at the edge: not by weight alone
            painter.fillRect(QRectF(place.left(), place.top() + 2.0, 3.0, place.height() - 4.0), theme.text);
    }
}

void paintCell(QPainter& painter, const QRectF& place, const OutputCell& cell, bool own, const Theme& theme) {
    QColor ink = theme.text;
    ink.setAlphaF(own ? 0.30F : 0.15F);
    const QRectF ground = place.adjusted(1.0, 1.5, -1.0, -1.5);
    if (cell.bar > 0.0)
        painter.fillRect(QRectF(ground.left(), ground.top(), std::max(1.0, std::min(1.0, cell.bar) * ground.width()),
                                ground.height()),
                         ink);
    if (cell.silent) {
        QColor silence = theme.dead;
        silence.setAlphaF(0.45F);
        painter.fillRect(ground, hatchBrush(silence, painter.device()->devicePixelRatioF()));
    }
    painter.setFont(own ? strong() : fontFor(TextRole::Axis));
    painter.setPen(cell.silent ? theme.dead : theme.text);
    drawRight(painter, place, cell.text);
}

void paintHead(QPainter& painter, const Grid& grid, const OutputGroup& group, double left,
               std::span<const double> widths, const Theme& theme) {
    painter.setFont(strong());
    painter.setPen(theme.text);
    const double wide = total(widths);
    QFontMetricsF metrics(painter.font());
    const QRectF line(left, grid.box.top(), wide, headLine);
    const QString title = metrics.elidedText(group.title, Qt::ElideRight, wide);
    painter.drawText(QPointF(left, baselineIn(line, metrics)), title);
    const double behind = metrics.horizontalAdvance(title) + 5.0;
    painter.setFont(fontFor(TextRole::Axis));
    painter.setPen(theme.muted);
    metrics = QFontMetricsF(painter.font());
    const QString used = say(QT_TRANSLATE_NOOP("outputs", "in use"));
    if (group.inUse && behind + metrics.horizontalAdvance(used) <= wide + gap)
        painter.drawText(QPointF(left + behind, baselineIn(line, metrics)), used);
    QRectF place(left, grid.box.top() + headLine, 0.0, headLine);
    for (std::size_t i = 0; i < widths.size(); ++i) {
        place.setWidth(widths[i]);
        drawRight(painter, place, group.columns[static_cast<qsizetype>(i)]);
        place.moveLeft(place.right());
    }
    painter.setPen(QPen(group.inUse ? theme.text : theme.line, group.inUse ? 1.5 : 1.0));
    painter.drawLine(QPointF(left, grid.rowTop - 1.0), QPointF(left + wide, grid.rowTop - 1.0));
}

void paintFoot(QPainter& painter, const Grid& grid, const OutputGroup& group, double left, double wide,
               const Theme& theme) {
    if (group.loss.isEmpty())
        return;
    const QRectF loss(left, grid.footTop(), wide, footLine);
    const QRectF gradient = loss.translated(0.0, footLine);
    painter.setFont(strong());
    painter.setPen(group.infinite ? theme.dead : theme.text);
    const QFontMetricsF metrics(painter.font());
    const QString words =
        metrics.horizontalAdvance(group.loss) <= wide ? group.loss : group.loss.section(QLatin1Char(':'), 0, 0);
    drawRight(painter, loss, words);
    if (group.silent) {
        QColor silence = theme.dead;
        silence.setAlphaF(0.35F);
        painter.fillRect(gradient.adjusted(1.0, 1.0, -1.0, -1.0),
                         hatchBrush(silence, painter.device()->devicePixelRatioF()));
    }
    painter.setPen(group.silent ? theme.dead : theme.text);
    drawRight(painter, gradient, group.gradient);
}

void paintFootNames(QPainter& painter, const Grid& grid, const OutputTable& table, const Theme& theme) {
    painter.setFont(fontFor(TextRole::Axis));
    painter.setPen(theme.muted);
    const QFontMetricsF metrics(painter.font());
    double top = grid.footTop();
    for (const char* foot : {QT_TRANSLATE_NOOP("outputs", "loss"), QT_TRANSLATE_NOOP("outputs", "gradient")}) {
        painter.drawText(QPointF(grid.box.left() + 7.0, baselineIn({0.0, top, 1.0, footLine}, metrics)), say(foot));
        top += footLine;
    }
    const auto left = static_cast<std::size_t>(table.names.size()) - grid.rows.size();
    if (left > 0)
        painter.drawText(QPointF(grid.box.left() + 7.0, grid.box.top() + headLine + metrics.ascent()),
                         say(QT_TRANSLATE_NOOP("outputs", "%1 more")).arg(countText(static_cast<qint64>(left))));
}

} // namespace

std::vector<double> columnWidths(const OutputTable& table, double room) {
    const QFontMetricsF metrics(strong());
    const auto needOf = [&](const QString& text) { return std::ceil(tabularWidth(metrics, text)) + inset + 2.0; };
    std::vector<double> needs;
    for (const OutputGroup& group : table.groups)
        for (qsizetype i = 0; i < group.columns.size(); ++i) {
            double need = needOf(group.columns[i]);
            for (const std::vector<OutputCell>& row : group.cells)
                need = std::max(need, needOf(row[static_cast<std::size_t>(i)].text));
            needs.push_back(need);
        }
    if (needs.empty())
        return needs;
    const auto count = static_cast<double>(needs.size());
    const double alike = std::min(mostColumn, room / count);
    const double needed = total(needs);
    if (alike >= *std::ranges::max_element(needs) || needed <= 0.0)
        return std::vector<double>(needs.size(), alike);
    const double rest = std::max(0.0, room - needed) / count;
    for (double& width : needs)
        width = width * std::min(1.0, room / needed) + rest;
    return needs;
}

void paintOutputTable(QPainter& painter, const QRectF& box, const OutputTable& table, const Theme& theme) {
    if (table.names.isEmpty())
        return;
    const double scale = scaleIn(box.size(), table);
    painter.save();
    painter.translate(box.topLeft());
    painter.scale(scale, scale);
    const Grid grid = gridIn(QRectF(QPointF(), box.size() / scale), table);
    paintNames(painter, grid, table, theme);
    double left = grid.names + gap;
    const std::vector<double> all = columnWidths(table, columnsRoom(grid, table));
    std::size_t first = 0;
    for (const OutputGroup& group : table.groups) {
        const auto widths = std::span(all).subspan(first, static_cast<std::size_t>(group.columns.size()));
        first += widths.size();
        paintHead(painter, grid, group, left, widths, theme);
        for (std::size_t line = 0; line < grid.rows.size(); ++line) {
            const std::size_t row = grid.rows[line];
            double at = left;
            for (std::size_t i = 0; i < group.cells[row].size(); at += widths[i], ++i)
                paintCell(painter, grid.cell(line, at, widths[i]), group.cells[row][i], table.own[row] != 0, theme);
        }
        paintFoot(painter, grid, group, left, total(widths), theme);
        left += total(widths) + gap;
    }
    paintFootNames(painter, grid, table, theme);
    painter.restore();
}

double drawnTableHeight(const QSizeF& room, const OutputTable& table) {
    return std::min(room.height(), scaleIn(room, table) * fullSize(table).height());
}

} // namespace flatline
