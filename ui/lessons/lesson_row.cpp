#include "ui/lessons/lesson_row.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace flatline {

namespace {
constexpr int left = 44; ///< of the words: the number stands before them
constexpr int right = 12;
constexpr int inset = 7;
constexpr int gap = 2;
constexpr int signSide = 16;
} // namespace

LessonRow::LessonRow(const Lesson& lesson, int number, bool finished, QWidget* parent)
    : QAbstractButton(parent)
    , m_id(QString::fromStdString(lesson.id))
    , m_goal(QString::fromStdString(lesson.goal))
    , m_time(tr("%1 min").arg(numberText(lesson.minutes)))
    , m_number(number)
    , m_finished(finished) {
    setText(QString::fromStdString(lesson.title));
    setAccessibleName(tr("Lesson %1: %2").arg(number).arg(text()));
    setAccessibleDescription(
        QStringList{m_goal, m_time, finished ? tr("finished") : QString()}.join(QLatin1String(", ")));
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

int LessonRow::heightForWidth(int width) const {
    const QRect room(0, 0, width - left - right, 1000);
    return 2 * inset + QFontMetrics(fontFor(TextRole::ViewTitle)).height() + gap +
           fontMetrics().boundingRect(room, Qt::TextWordWrap, m_goal).height();
}

QSize LessonRow::sizeHint() const {
    return {560, heightForWidth(std::max(200, width()))};
}

void LessonRow::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (underMouse() || isDown()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.selectedFill);
        painter.drawRoundedRect(rect(), 5, 5);
    }
    const QFont titleFont = fontFor(TextRole::ViewTitle);
    const int titleHeight = QFontMetrics(titleFont).height();
    const QRect title(left, inset, width() - left - right, titleHeight);
    painter.setPen(theme.muted);
    painter.drawText(title, Qt::AlignRight | Qt::AlignVCenter, m_time);
    if (m_finished)
        flatline::icon(QStringLiteral("check"), theme.accent)
            .paint(&painter, QRect(left - signSide - 10, title.center().y() - signSide / 2, signSide, signSide));
    else
        painter.drawText(QRect(0, inset, left - 10, titleHeight), Qt::AlignRight | Qt::AlignVCenter,
                         QString::number(m_number));
    painter.drawText(QRect(left, inset + titleHeight + gap, width() - left - right, height()), Qt::TextWordWrap,
                     m_goal);
    painter.setPen(theme.text);
    painter.setFont(titleFont);
    painter.drawText(title, Qt::AlignLeft | Qt::AlignVCenter, text());
}

} // namespace flatline
