#include "ui/help/help_popup.h"

#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace flatline {

namespace {

constexpr int sheetWidth = 380;
constexpr int gap = 8;

/// Below a control, above it where there is no room; a card or a view is covered from its own left edge on.
QPoint placeFor(const QWidget& about, const QSize& size) {
    const QWidget* window = about.window();
    const QRect room(window->mapToGlobal(QPoint()), window->size());
    const QRect place(about.mapToGlobal(QPoint()), about.size());
    constexpr int large = 100;
    int x = place.left();
    int y = place.bottom() + gap;
    if (place.height() > large) {
        x = place.left() + 2 * gap;
        y = place.top() + 5 * gap;
    } else if (y + size.height() > room.bottom()) {
        y = place.top() - gap - size.height();
    }
    return {std::clamp(x, room.left() + gap, std::max(room.left() + gap, room.right() - size.width() - gap)),
            std::clamp(y, room.top() + gap, std::max(room.top() + gap, room.bottom() - size.height() - gap))};
}

} // namespace

HelpPopup::HelpPopup(const HelpText& help, QWidget* parent, std::function<void()> showKeys)
    : QFrame(parent, Qt::Popup)
    , m_showKeys(std::move(showKeys)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setProperty("role", QStringLiteral("popover"));
    setAccessibleName(tr("Help: %1").arg(help.title));
    auto* title = new QLabel(help.title, this);
    title->setFont(fontFor(TextRole::ViewTitle));
    auto* text = new QLabel(help.text, this);
    text->setTextFormat(Qt::RichText);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    setAccessibleDescription(text->text());
    using Look = ActionButton::Look;
    auto* keys = new ActionButton(Look::Plain, QStringLiteral("help"), tr("All keys (F1)"), this);
    keys->setToolTip(tr("The page with all keys of the program."));
    auto* shut = new ActionButton(Look::Primary, QStringLiteral("close"), tr("Close"), this);
    shut->setToolTip(tr("Close this help (Escape)."));
    for (ActionButton* button : {keys, shut}) {
        button->setHeight(26);
        button->setAccessibleName(button->text());
    }
    auto* line = new QHBoxLayout;
    line->addWidget(keys);
    line->addStretch();
    line->addWidget(shut);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->setSpacing(6);
    column->addWidget(title);
    column->addWidget(text);
    column->addSpacing(6);
    column->addLayout(line);
    setFixedWidth(sheetWidth);
    connect(keys, &QPushButton::clicked, this, &HelpPopup::leave);
    connect(shut, &QPushButton::clicked, this, &QWidget::close);
    shut->setFocus();
}

void HelpPopup::show(const HelpText& help, QWidget* about, const std::function<void()>& showKeys) {
    auto* sheet = new HelpPopup(help, about->window(), showKeys);
    sheet->resize(sheetWidth, sheet->layout()->totalHeightForWidth(sheetWidth));
    sheet->move(placeFor(*about, sheet->size()));
    sheet->QFrame::show();
}

void HelpPopup::leave() {
    QTimer::singleShot(0, parentWidget(), m_showKeys);
    close();
}

void HelpPopup::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_F1)
        leave();
    else if (event->key() == Qt::Key_Escape || event->key() == Qt::Key_Return)
        close();
    else
        QFrame::keyPressEvent(event);
}

} // namespace flatline
