#include "ui/theme/tabular.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace flatline {

namespace {

qreal digitWidth(const QFontMetricsF& metrics) {
    qreal widest = 0.0;
    for (char16_t digit = u'0'; digit <= u'9'; ++digit)
        widest = std::max(widest, metrics.horizontalAdvance(QChar(digit)));
    return widest;
}

/// A single character's advance is known without laying out a text.
qreal pieceWidth(const QFontMetricsF& metrics, const QString& piece) {
    return piece.size() == 1 ? metrics.horizontalAdvance(piece.front()) : metrics.horizontalAdvance(piece);
}

/// Calls visit(piece, width of the piece) for each digit and each run of other characters.
template <class Visit>
void eachPiece(const QFontMetricsF& metrics, const QString& text, Visit visit) {
    const qreal cell = digitWidth(metrics);
    qsizetype from = 0;
    while (from < text.size()) {
        qsizetype to = from;
        while (to < text.size() && !text[to].isDigit())
            ++to;
        const bool digit = to == from;
        const QString piece = text.mid(from, digit ? 1 : to - from);
        visit(piece, digit ? cell : pieceWidth(metrics, piece));
        from += piece.size();
    }
}

} // namespace

qreal tabularWidth(const QFontMetricsF& metrics, const QString& text) {
    qreal width = 0.0;
    eachPiece(metrics, text, [&width](const QString&, qreal piece) { width += piece; });
    return width;
}

void drawTabular(QPainter& painter, const QPointF& left, const QString& text) {
    const QFontMetricsF metrics(painter.font(), painter.device());
    QPointF place = left;
    eachPiece(metrics, text, [&](const QString& piece, qreal width) {
        const qreal slack = width - pieceWidth(metrics, piece);
        painter.drawText(place + QPointF(slack / 2.0, 0.0), piece);
        place.rx() += width;
    });
}

NumberLabel::NumberLabel(const QString& reserve, QWidget* parent)
    : QLabel(parent)
    , m_reserve(reserve) {
    setTextFormat(Qt::PlainText);
}

QSize NumberLabel::sizeHint() const {
    ensurePolished();
    const QFontMetricsF metrics(font());
    if (metrics.height() != m_height) {
        m_height = metrics.height();
        m_widest = tabularWidth(metrics, m_reserve);
    }
    m_widest = std::max(m_widest, tabularWidth(metrics, text()));
    const QMargins margins = contentsMargins();
    return {static_cast<int>(std::ceil(m_widest)) + margins.left() + margins.right(),
            static_cast<int>(std::ceil(m_height)) + margins.top() + margins.bottom()};
}

void NumberLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    painter.setFont(font());
    const QFontMetricsF metrics(font());
    const QRectF room = contentsRect();
    const qreal slack = room.width() - tabularWidth(metrics, text());
    const bool right = alignment().testFlag(Qt::AlignRight);
    const bool centre = alignment().testFlag(Qt::AlignHCenter);
    const qreal left = room.left() + (right ? slack : centre ? slack / 2.0 : 0.0);
    const qreal baseline = room.center().y() + (metrics.ascent() - metrics.descent()) / 2.0;
    drawTabular(painter, {left, baseline}, text());
}

} // namespace flatline
