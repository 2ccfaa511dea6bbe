#include "ui/inspector/legend_entry.h"

#include "ui/widgets/cached_picture.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace flatline {

LegendEntry::LegendEntry(QWidget* parent)
    : QWidget(parent)
    , m_words(new QLabel(this)) {
    m_words->setTextFormat(Qt::RichText);
    m_words->setWordWrap(true);
    m_words->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_words->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Minimum);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(24, 0, 0, 0);
    line->addWidget(m_words);
}

void LegendEntry::showEntry(Glyph glyph, QColor Theme::*ink, const QString& heading, const QString& text) {
    if (glyph == m_glyph && ink == m_ink && heading == m_heading && text == m_text)
        return;
    m_glyph = glyph;
    m_ink = ink;
    m_heading = heading;
    m_text = text;
    write();
    update();
}

void LegendEntry::write() {
    const Theme& theme = themeOf(this);
    m_words->setText(
        QStringLiteral("<span style='color:%1;font-weight:600'>%2</span><br>"
                       "<span style='color:%3'>%4</span>")
            .arg((theme.*m_ink).name(), m_heading.toHtmlEscaped(), theme.muted.name(), m_text.toHtmlEscaped()));
}

void LegendEntry::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintGlyph(painter, m_glyph, QRectF(0.0, 1.0, 16.0, 16.0), themeOf(this).*m_ink);
}

void LegendEntry::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (changesLook(*event))
        write();
}

} // namespace flatline
