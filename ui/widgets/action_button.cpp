#include "ui/widgets/action_button.h"

#include "ui/theme/theme.h"

#include <QAction>
#include <QPainter>

namespace flatline {

namespace {
constexpr int iconSide = 16;
constexpr int padding = 11;
constexpr int gap = 7;
} // namespace

ActionButton::ActionButton(Look look, const QString& iconName, const QString& text, QWidget* parent)
    : QPushButton(text, parent)
    , m_look(look)
    , m_iconName(iconName) {
    QFont emphasized = font();
    emphasized.setWeight(QFont::DemiBold);
    setFont(emphasized);
    setAutoDefault(false);
    setFocusPolicy(Qt::TabFocus); // after a click Space still runs and pauses, not the button anew
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(text);
}

ActionButton::ActionButton(Look look, QAction* action, const QString& iconName, const QString& text, QWidget* parent)
    : ActionButton(look, iconName, text, parent) {
    setProperty("inMenu", true); // the palette lists the action already
    setToolTip(action->toolTip());
    setEnabled(action->isEnabled());
    connect(this, &QPushButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, this, [this, action] {
        setToolTip(action->toolTip());
        setEnabled(action->isEnabled());
    });
}

void ActionButton::setIconName(const QString& name) {
    if (name == m_iconName)
        return;
    m_iconName = name;
    update();
}

void ActionButton::setLook(Look look) {
    m_look = look;
    update();
}

void ActionButton::setIconOnly(bool iconOnly) {
    if (m_iconOnly == iconOnly)
        return;
    m_iconOnly = iconOnly;
    updateGeometry();
    update();
}

void ActionButton::setHeight(int height) {
    m_height = height;
    updateGeometry();
}

QSize ActionButton::sizeHint() const {
    if (m_iconOnly || text().isEmpty())
        return {scaled(m_height + 4), scaled(m_height)};
    const int icon = m_iconName.isEmpty() ? 0 : scaled(iconSide + gap);
    return {scaled(2 * padding) + icon + fontMetrics().horizontalAdvance(text()) + 1, scaled(m_height)};
}

void ActionButton::paintEvent(QPaintEvent*) {
    const Theme& theme = themeOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool filled = m_look != Look::Plain && isEnabled();
    QColor fill = m_look == Look::Primary ? theme.accent : m_look == Look::Kick ? theme.kick : theme.surface;
    if (!filled)
        fill = isEnabled() ? theme.surface : theme.sunken;
    if (isDown() || isChecked())
        fill = filled ? fill.darker(115) : theme.selectedFill;
    else if (underMouse() && isEnabled())
        fill = filled ? fill.lighter(theme.dark ? 108 : 112) : theme.selectedFill;
    const QColor ink = !isEnabled()              ? theme.muted
                       : m_look == Look::Primary ? theme.onAccent
                       : m_look == Look::Kick    ? theme.onKick
                                                 : theme.text;
    painter.setPen(filled ? QPen(fill, 1) : QPen(isEnabled() ? theme.line : theme.border, 1));
    painter.setBrush(fill);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.drawRoundedRect(frame, 5, 5);
    const int side = scaled(iconSide);
    const int between = scaled(gap);
    const bool words = !m_iconOnly && !text().isEmpty();
    const int icons = m_iconName.isEmpty() ? 0 : side;
    const int textWidth = words ? fontMetrics().horizontalAdvance(text()) : 0;
    int x = (width() - icons - textWidth - (icons > 0 && words ? between : 0)) / 2;
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    if (mirrored && words && icons > 0)
        painter.drawPixmap(x + textWidth + between, (height() - side) / 2,
                           flatline::icon(m_iconName, ink).pixmap(QSize(side, side), devicePixelRatioF()));
    else if (icons > 0) {
        painter.drawPixmap(x, (height() - side) / 2,
                           flatline::icon(m_iconName, ink).pixmap(QSize(side, side), devicePixelRatioF()));
        x += icons + between;
    }
    if (words) {
        painter.setPen(ink);
        painter.drawText(QRect(x, 0, textWidth + 2, height()), Qt::AlignLeft | Qt::AlignVCenter, text());
    }
}

} // namespace flatline
