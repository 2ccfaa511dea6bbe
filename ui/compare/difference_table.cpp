#include "ui/compare/difference_table.h"

#include "ui/theme/tabular.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <numeric>
#include <utility>

namespace flatline {
namespace {

constexpr int lineHeight = 26;
constexpr int headHeight = 32;
constexpr double inset = 12.0;
constexpr double least = 54.0; ///< of a run's column
constexpr double gap = 4.0;    ///< between columns
constexpr double leastNames = 80.0;
constexpr double signSide = 18.0;

QFont strong() {
    QFont font = fontFor(TextRole::Body);
    font.setWeight(QFont::DemiBold);
    return font;
}

QColor ink(DifferenceRow::Tone tone, const Theme& theme) {
    return tone == DifferenceRow::Tone::Better  ? theme.alive
           : tone == DifferenceRow::Tone::Worse ? theme.dead
                                                : theme.text;
}

/// A column of figures.
struct Column {
    double end;  ///< the figures' right edge
    double room; ///< for the widest of them
};

/// From the left; the last is the difference's, where there is one. All are as wide, but where one needs more than its
/// share and the others can spare it.
std::vector<Column> layOutColumns(double width, std::vector<double> needs, double names) {
    if (needs.empty())
        return {};
    const auto count = static_cast<double>(needs.size());
    const double room = width - 2 * inset - names;
    const double each = std::max(least, room / count);
    for (double& need : needs)
        need += gap;
    const double all = std::accumulate(needs.begin(), needs.end(), 0.0);
    const bool equal = std::ranges::max(needs) <= each || all > width - 2 * inset - leastNames;
    std::vector<Column> columns;
    double end = width - inset;
    for (auto need = needs.rbegin(); need != needs.rend(); ++need) {
        const double wide = equal ? each : *need + std::max(0.0, room - all) / count;
        columns.insert(columns.begin(), {end, wide - gap});
        end -= wide;
    }
    return columns;
}

/// Right-aligned; in tabular digits where it fits, else shortened.
void drawFigure(QPainter& painter, const Column& column, const QRectF& line, const QString& text) {
    const auto [right, room] = column;
    const QFontMetricsF metrics(painter.font());
    const double width = tabularWidth(metrics, text);
    if (width > room) {
        painter.drawText(QRectF(right - room, line.top(), room, line.height()), Qt::AlignRight | Qt::AlignVCenter,
                         metrics.elidedText(text, Qt::ElideRight, room));
        return;
    }
    drawTabular(painter, {right - width, line.center().y() + (metrics.ascent() - metrics.descent()) / 2.0}, text);
}

} // namespace

void DifferenceTable::showRows(std::vector<DifferenceRow> rows, std::size_t columns) {
    m_rows = std::move(rows);
    if (std::exchange(m_columns, columns) != columns)
        m_needs.clear();
    // Never narrower than before, so that nothing moves to and fro while figures change.
    m_needs.resize(columns + (tellsDifferences() ? 1 : 0), 0.0);
    const QFontMetricsF metrics(fontFor(TextRole::Body));
    const QFontMetricsF strongMetrics(strong());
    for (const DifferenceRow& row : m_rows) {
        for (std::size_t i = 0; i < std::min(columns, static_cast<std::size_t>(row.values.size())); ++i)
            m_needs[i] = std::max(m_needs[i], tabularWidth(metrics, row.values[static_cast<qsizetype>(i)]));
        if (tellsDifferences())
            m_needs.back() = std::max(m_needs.back(), tabularWidth(strongMetrics, row.difference));
    }
    setFixedHeight((columns > 0 ? headHeight : 0) + lineHeight * static_cast<int>(m_rows.size()));
    update();
}

QString DifferenceTable::text() const {
    QStringList lines;
    for (const DifferenceRow& row : m_rows) {
        QStringList words;
        for (qsizetype i = 0; i < row.values.size(); ++i)
            words << runLetter(static_cast<std::size_t>(i)) + QLatin1Char(' ') + row.values[i];
        if (!row.difference.isEmpty())
            words << tr("difference %1").arg(row.difference);
        lines << (words.isEmpty() ? row.name : row.name + QStringLiteral(": ") + words.join(QStringLiteral(", ")));
    }
    return lines.join(QStringLiteral(". "));
}

void DifferenceTable::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    const QFontMetricsF metrics(fontFor(TextRole::Body));
    double names = 0.0;
    for (const DifferenceRow& row : m_rows)
        names = std::max(names, row.id.isEmpty() ? 0.0 : metrics.horizontalAdvance(row.name));
    const bool differences = tellsDifferences();
    const std::vector<Column> columns = layOutColumns(width(), m_needs, std::min(names + gap, 0.42 * width()));
    QRectF line(0.0, 0.0, width(), headHeight);
    if (m_columns > 0) {
        for (std::size_t i = 0; i < m_columns; ++i)
            paintRunSign(painter, {columns[i].end - signSide, line.center().y() - signSide / 2, signSide, signSide}, i,
                         theme);
        painter.setFont(fontFor(TextRole::Body));
        painter.setPen(theme.muted);
        if (differences)
            drawFigure(painter, columns.back(), line, tr("B − A"));
        line = {0.0, headHeight, static_cast<double>(width()), lineHeight};
    }
    for (const DifferenceRow& row : m_rows) {
        painter.setPen(theme.grid);
        painter.drawLine(line.bottomLeft(), line.bottomRight());
        const bool head = row.id.isEmpty();
        painter.setFont(head ? strong() : fontFor(TextRole::Body));
        painter.setPen(head ? theme.text : theme.muted);
        const double left = columns.empty() ? width() : columns.front().end - columns.front().room;
        painter.drawText(line.adjusted(inset, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         row.values.isEmpty() && row.difference.isEmpty()
                             ? row.name
                             : metrics.elidedText(row.name, Qt::ElideRight, left - inset));
        painter.setFont(fontFor(TextRole::Body));
        for (qsizetype i = 0; i < row.values.size(); ++i) {
            painter.setPen(theme.*runSign(static_cast<std::size_t>(i)).ink);
            drawFigure(painter, columns[static_cast<std::size_t>(i)], line, row.values[i]);
        }
        painter.setFont(strong());
        painter.setPen(ink(row.tone, theme));
        if (differences)
            drawFigure(painter, m_columns == 0 ? Column{columns.back().end, width() * 0.6} : columns.back(), line,
                       row.difference);
        line.translate(0.0, lineHeight);
    }
}

bool DifferenceTable::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int top = m_columns > 0 ? headHeight : 0;
    const int index = (help->pos().y() - top) / lineHeight;
    if (help->pos().y() < top || index >= static_cast<int>(m_rows.size()))
        return QWidget::event(event);
    const DifferenceRow& row = m_rows[static_cast<std::size_t>(index)];
    QString words = row.help;
    if (row.tone != DifferenceRow::Tone::Plain)
        words +=
            QLatin1Char('\n') + (row.tone == DifferenceRow::Tone::Better ? tr("Better than A.") : tr("Worse than A."));
    QToolTip::showText(help->globalPos(), words, this);
    return true;
}

} // namespace flatline
