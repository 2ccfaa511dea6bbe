#include "ui/views/view_title.h"

#include "ui/theme/theme.h"
#include "ui/views/view.h"

#include <QCoreApplication>
#include <QEvent>
#include <QMenu>
#include <QStyleOptionToolButton>
#include <QStylePainter>

#include <algorithm>

namespace flatline {

namespace {

constexpr int side = 4;
constexpr int arrow = 12;
constexpr int leastText = 44;

QString titleOf(const ViewRow& row) {
    return QCoreApplication::translate("views", row.title);
}

} // namespace

ViewTitle::ViewTitle(const ViewRow& row, QWidget* parent)
    : QToolButton(parent)
    , m_row(row) {
    const QString title = titleOf(row);
    setObjectName(QStringLiteral("title"));
    setText(title);
    setFont(fontFor(TextRole::ViewTitle));
    setToolButtonStyle(Qt::ToolButtonTextOnly);
    setPopupMode(QToolButton::InstantPopup);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    setToolTip(tr("Show another view here (Alt+Down)"));
    setAccessibleName(tr("%1: show another view here").arg(title));
    auto* menu = new QMenu(this);
    menu->setToolTipsVisible(true);
    setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, &ViewTitle::fillMenu);
}

void ViewTitle::changeEvent(QEvent* event) {
    if (event->type() == QEvent::StyleChange)
        setFont(fontFor(TextRole::ViewTitle));
    QToolButton::changeEvent(event);
}

void ViewTitle::fillMenu() {
    menu()->clear();
    int number = 0;
    for (const ViewRow& row : viewTable()) {
        const bool own = QLatin1String(row.id) == QLatin1String(m_row.id);
        QAction* action = menu()->addAction(titleOf(row));
        action->setCheckable(true);
        action->setChecked(own);
        action->setToolTip(QStringLiteral("<p>%1</p>")
                               .arg(QCoreApplication::translate("views", row.help)
                                        .toHtmlEscaped()
                                        .replace('\n', QStringLiteral("<br>"))));
        connect(action, &QAction::triggered, this, [this, own, number] {
            if (!own)
                emit viewChosen(number);
        });
        if (own)
            menu()->setActiveAction(action);
        ++number;
    }
}

QSize ViewTitle::sizeHint() const {
    const QFontMetrics metrics(font());
    return {metrics.horizontalAdvance(text()) + 2 * side + arrow + 6, std::max(24, metrics.height() + 4)};
}

QSize ViewTitle::minimumSizeHint() const {
    return {std::min(leastText + 2 * side + arrow, sizeHint().width()), sizeHint().height()};
}

void ViewTitle::paintEvent(QPaintEvent* /*event*/) {
    QStylePainter painter(this);
    QStyleOptionToolButton option;
    initStyleOption(&option);
    option.text.clear();
    option.features &= ~(QStyleOptionToolButton::HasMenu | QStyleOptionToolButton::MenuButtonPopup);
    painter.drawComplexControl(QStyle::CC_ToolButton, option);
    const int room = width() - 2 * side - arrow - 2;
    const QString shown = fontMetrics().elidedText(text(), Qt::ElideRight, room);
    painter.setFont(font());
    painter.setPen(themeOf(this).text);
    painter.drawText(QRect(side, 0, room, height()), Qt::AlignVCenter | Qt::AlignLeft, shown);
    const int left = side + std::min(room, fontMetrics().horizontalAdvance(shown)) + 3;
    flatline::icon(QStringLiteral("down"), themeOf(this).muted)
        .paint(&painter, left, (height() - arrow) / 2, arrow, arrow);
}

} // namespace flatline
