#include "ui/window/banner.h"

#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

namespace flatline {

namespace {
constexpr int textLeft = 36;
}

Banner::Banner(QWidget* parent)
    : QWidget(parent)
    , m_text(new QLabel(this)) {
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(textLeft, 6, 12, 6);
    line->addWidget(m_text);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setAccessibleName(tr("Alarm"));
    hide();
}

void Banner::showAlarm(const QString& text) {
    if (m_text->text() != text) {
        m_text->setText(text);
        setAccessibleDescription(text);
    }
    setVisible(!text.isEmpty());
}

void Banner::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.surface);
    painter.fillRect(QRect(0, 0, 4, height()), theme.kick);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.border);
    painter.drawPixmap(QPoint(12, (height() - 16) / 2),
                       icon(QStringLiteral("triangle"), theme.kick).pixmap(QSize(16, 16), devicePixelRatioF()));
}

} // namespace flatline
