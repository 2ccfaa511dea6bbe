#include "ui/theme/tabular.h"

#include "ui/theme/pixels.h"

#include <QFontMetricsF>
#include <QGlyphRun>
#include <QPainter>
#include <QRawFont>

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

/// Single characters, drawn together: on pixels, one by one they cost a layout of text each. Files keep their texts.
class Glyphs {
public:
    explicit Glyphs(const QPainter& painter) {
        if (onPixels(painter))
            m_font = QRawFont::fromFont(painter.font());
    }
    /// False for what is not one glyph of the font.
    bool add(const QPointF& place, const QString& piece) {
        if (!m_font.isValid() || piece.size() != 1)
            return false;
        const QList<quint32> found = m_font.glyphIndexesForString(piece);
        if (found.size() != 1 || found.front() == 0)
            return false;
        m_glyphs.append(found.front());
        m_places.append(place);
        return true;
    }
    void draw(QPainter& painter) const {
        if (m_glyphs.isEmpty())
            return;
        QGlyphRun run;
        run.setRawFont(m_font);
        run.setGlyphIndexes(m_glyphs);
        run.setPositions(m_places);
        painter.drawGlyphRun({}, run);
    }

private:
    QRawFont m_font;
    QList<quint32> m_glyphs;
    QList<QPointF> m_places;
};

} // namespace

qreal tabularWidth(const QFontMetricsF& metrics, const QString& text) {
    qreal width = 0.0;
    eachPiece(metrics, text, [&width](const QString&, qreal piece) { width += piece; });
    return width;
}

void drawTabular(QPainter& painter, const QPointF& left, const QString& text) {
    const QFontMetricsF metrics(painter.font(), painter.device());
    Glyphs glyphs(painter);
    QPointF place = left;
    eachPiece(metrics, text, [&](const QString& piece, qreal width) {
        const QPointF at = place + QPointF((width - pieceWidth(metrics, piece)) / 2.0, 0.0);
        if (!glyphs.add(at, piece))
            painter.drawText(at, piece);
        place.rx() += width;
    });
    glyphs.draw(painter);
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
