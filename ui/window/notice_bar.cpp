#include "ui/window/notice_bar.h"

#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

#include <algorithm>

namespace flatline {

namespace {
constexpr int textLeft = 16;
}

NoticeBar::NoticeBar(QWidget* parent)
    : QWidget(parent)
    , m_line(new QHBoxLayout(this))
    , m_text(new QLabel(this)) {
    m_line->setContentsMargins(textLeft, 5, 12, 6);
    m_line->setSpacing(8);
    m_line->addWidget(m_text, 1);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Notice"));
    hide();
}

void NoticeBar::say(const QString& text, const std::vector<Answer>& answers) {
    for (QWidget* button : m_buttons)
        button->deleteLater();
    m_buttons.clear();
    m_share = -1.0;
    for (const Answer& answer : answers) {
        auto* button = new ActionButton(ActionButton::Look::Plain, {}, answer.text, this);
        button->setHeight(26);
        button->setToolTip(answer.help);
        connect(button, &QPushButton::clicked, this, [this, act = answer.act] {
            withdraw();
            act();
        });
        m_line->addWidget(button);
        m_buttons.push_back(button);
    }
    m_text->setText(text);
    setAccessibleDescription(text);
    show();
    update();
}

void NoticeBar::showProgress(const QString& text, double share) {
    m_text->setText(text);
    m_share = std::clamp(share, 0.0, 1.0);
    update();
}

void NoticeBar::withdraw() {
    hide();
    m_text->clear();
}

QString NoticeBar::text() const {
    return m_text->text();
}

void NoticeBar::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.surface);
    painter.fillRect(QRect(0, 0, 4, height()), theme.accent);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.border);
    if (m_share < 0.0)
        return;
    painter.fillRect(QRect(0, height() - 3, width(), 3), theme.sunken);
    painter.fillRect(QRectF(0, height() - 3, width() * m_share, 3), theme.accent);
}

} // namespace flatline
