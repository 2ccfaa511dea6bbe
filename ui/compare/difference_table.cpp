#include "ui/compare/difference_table.h"

#include "ui/theme/tabular.h"

#include <QFontMetricsF>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>

namespace flatline {
namespace {

constexpr int lineHeight = 26;
constexpr int headHeight = 32;
constexpr double inset = 12.0;
constexpr double least = 54.0; ///< of a run's column
constexpr double gap = 4.0;    ///< between columns
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

/// Where the columns of figures end, from the left; the last is the difference's, where there is one.
std::vector<double> columnEnds(double width, std::size_t columns, bool differences, double names) {
    const std::size_t count = columns + (differences ? 1 : 0);
    std::vector<double> ends(count);
    const double each = count == 0 ? 0.0 : std::max(least, (width - 2 * inset - names) / static_cast<double>(count));
    for (std::size_t i = 0; i < count; ++i)
        ends[i] = width - inset - each * static_cast<double>(count - 1 - i);
    return ends;
}

/// Right-aligned; in tabular digits where it fits, else shortened.
void drawFigure(QPainter& painter, double right, double room, const QRectF& line, const QString& text) {
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
    m_columns = columns;
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
    const std::vector<double> ends = columnEnds(width(), m_columns, differences, std::min(names + gap, 0.42 * width()));
    QRectF line(0.0, 0.0, width(), headHeight);
    const double room = ends.size() > 1 ? ends[1] - ends[0] - gap : width() / 2.0;
    if (m_columns > 0) {
        for (std::size_t i = 0; i < m_columns; ++i)
            paintRunSign(painter, {ends[i] - signSide, line.center().y() - signSide / 2, signSide, signSide}, i, theme);
        painter.setFont(fontFor(TextRole::Body));
        painter.setPen(theme.muted);
        if (differences)
            drawFigure(painter, ends.back(), room, line, tr("B − A"));
        line = {0.0, headHeight, static_cast<double>(width()), lineHeight};
    }
    for (const DifferenceRow& row : m_rows) {
        painter.setPen(theme.grid);
        painter.drawLine(line.bottomLeft(), line.bottomRight());
        const bool head = row.id.isEmpty();
        painter.setFont(head ? strong() : fontFor(TextRole::Body));
        painter.setPen(head ? theme.text : theme.muted);
        const double left = ends.empty() ? width() : ends.front() - room;
        painter.drawText(line.adjusted(inset, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         row.values.isEmpty() && row.difference.isEmpty()
                             ? row.name
                             : metrics.elidedText(row.name, Qt::ElideRight, left - inset));
        painter.setFont(fontFor(TextRole::Body));
        for (qsizetype i = 0; i < row.values.size(); ++i) {
            painter.setPen(theme.*runSign(static_cast<std::size_t>(i)).ink);
            drawFigure(painter, ends[static_cast<std::size_t>(i)], room, line, row.values[i]);
        }
        painter.setFont(strong());
        painter.setPen(ink(row.tone, theme));
        if (differences && !ends.empty())
            drawFigure(painter, ends.back(), m_columns == 0 ? width() * 0.6 : room, line, row.difference);
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
