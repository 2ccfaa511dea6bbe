#include "ui/lessons/welcome_card.h"

#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"

#include <QApplication>
#include <QFrame>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QSettings>
#include <QVBoxLayout>

namespace flatline {

namespace {
constexpr auto seenKey = "welcome/seen";
constexpr int cardWidth = 480;
constexpr int buttonHeight = 40;
} // namespace

bool WelcomeCard::wanted() {
    return !QSettings().value(QLatin1String(seenKey), false).toBool();
}

WelcomeCard::WelcomeCard(int lessons, QWidget* window)
    : QWidget(window)
    , m_card(new QFrame(this)) {
    m_card->setProperty("role", "popover");
    m_card->setFixedWidth(cardWidth);
    setAccessibleName(tr("Welcome"));
    auto* column = new QVBoxLayout(m_card);
    column->setContentsMargins(32, 26, 32, 28);
    column->setSpacing(6);
    auto* title = new QLabel(tr("Neurons can die."), m_card);
    title->setFont(fontFor(TextRole::PresenterTitle));
    auto* about =
        new QLabel(tr("A ReLU neuron that is negative on all its data gets no gradient: it cannot learn its way "
                      "back. Here you can watch it happen, find out why, and try what helps."),
                   m_card);
    about->setWordWrap(true);
    about->setProperty("role", "muted");
    column->addWidget(title);
    column->addWidget(about);
    m_choices = {
        addChoice(tr("Take the first lesson"),
                  tr("%n lessons of a few minutes each, from the start.", nullptr, lessons),
                  &WelcomeCard::lessonWished),
        addChoice(tr("Just look around"), tr("The lab with a healthy network. Space runs and pauses."),
                  &WelcomeCard::playWished),
        addChoice(tr("Open a file…"), tr("An experiment, a table of your own or a lesson."), &WelcomeCard::fileWished)};
    m_choices.front()->setLook(ActionButton::Look::Primary);
    window->installEventFilter(this);
    setGeometry(window->rect());
    raise();
    show();
    m_choices.front()->setFocus(Qt::TabFocusReason);
}

ActionButton* WelcomeCard::addChoice(const QString& title, const QString& about, void (WelcomeCard::*wished)()) {
    auto* column = static_cast<QVBoxLayout*>(m_card->layout());
    auto* button = new ActionButton(ActionButton::Look::Plain, {}, title, m_card);
    button->setHeight(buttonHeight);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setAccessibleDescription(about);
    auto* caption = new QLabel(about, m_card);
    caption->setProperty("role", "caption");
    caption->setWordWrap(true);
    column->addSpacing(8);
    column->addWidget(button);
    column->addWidget(caption);
    button->installEventFilter(this);
    connect(button, &QPushButton::clicked, this, [this, wished] { choose(wished); });
    return button;
}

void WelcomeCard::choose(void (WelcomeCard::*wished)()) {
    QSettings().setValue(QLatin1String(seenKey), true);
    hide();
    emit(this->*wished)();
    deleteLater();
}

bool WelcomeCard::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize)
        setGeometry(parentWidget()->rect());
    if (event->type() == QEvent::ShortcutOverride && watched != parentWidget() &&
        (static_cast<QKeyEvent*>(event)->modifiers() & ~(Qt::KeypadModifier | Qt::ShiftModifier)) == 0) {
        event->accept(); // a letter would be a shortcut of the lab below
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void WelcomeCard::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_card->adjustSize();
    m_card->move((width() - m_card->width()) / 2, std::max(0, (height() - m_card->height()) / 2));
}

/// The keyboard stays in the card: what lies below is covered.
bool WelcomeCard::focusNextPrevChild(bool next) {
    const auto here = std::find(m_choices.begin(), m_choices.end(), QApplication::focusWidget());
    const auto count = static_cast<std::ptrdiff_t>(m_choices.size());
    const auto at = here == m_choices.end() ? 0 : (here - m_choices.begin() + (next ? 1 : count - 1)) % count;
    m_choices[static_cast<std::size_t>(at)]->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

void WelcomeCard::keyPressEvent(QKeyEvent* event) {
    auto* button = qobject_cast<QAbstractButton*>(QApplication::focusWidget());
    const int key = event->key();
    if (key == Qt::Key_Escape)
        choose(&WelcomeCard::playWished);
    else if (key == Qt::Key_Down || key == Qt::Key_Up)
        focusNextPrevChild(key == Qt::Key_Down);
    else if ((key == Qt::Key_Return || key == Qt::Key_Enter) && button != nullptr && isAncestorOf(button))
        button->click();
    // All other keys end here: they would be wishes to a lab that cannot be seen.
}

void WelcomeCard::paintEvent(QPaintEvent*) {
    QColor veil = themeOf(this).background;
    veil.setAlphaF(0.82F);
    QPainter(this).fillRect(rect(), veil);
}

} // namespace flatline
