#include "ui/lessons/page_body.h"

#include "ui/lessons/choice_button.h"
#include "ui/lessons/choice_list.h"
#include "ui/lessons/deeds.h"
#include "ui/lessons/lesson_player.h"
#include "ui/lessons/lesson_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/action_button.h"

#include <QLabel>
#include <QVBoxLayout>

namespace flatline {

namespace {

using Stage = LessonPlayer::Stage;
constexpr int buttonHeight = 34;

QLabel* words(const char* role, QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setProperty("role", role);
    label->setWordWrap(true);
    return label;
}

ActionButton* wideButton(ActionButton::Look look, const QString& icon, const QString& text, QWidget* parent) {
    auto* button = new ActionButton(look, icon, text, parent);
    button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    button->setHeight(buttonHeight);
    return button;
}

} // namespace

PageBody::PageBody(LessonPlayer& player, QWidget* parent)
    : QFrame(parent)
    , m_player(player)
    , m_title(words("", this))
    , m_text(new LessonText(this))
    , m_rule(new QFrame(this))
    , m_question(new LessonText(this))
    , m_choices(new ChoiceList(this))
    , m_lock(wideButton(ActionButton::Look::Primary, QStringLiteral("check"), tr("Lock in my prediction"), this))
    , m_deed(wideButton(ActionButton::Look::Primary, QStringLiteral("play"), {}, this))
    , m_wait(words("muted", this))
    , m_outcome(words("heading", this))
    , m_revealed(words("", this))
    , m_reveal(new LessonText(this)) {
    setProperty("role", "plain");
    for (QLabel* heading : {m_title, m_revealed})
        heading->setFont(fontFor(TextRole::Vitals));
    m_rule->setProperty("role", "rule");
    m_lock->setToolTip(tr("Your prediction stands; then comes what decides it (Enter)."));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 12, 14);
    column->setSpacing(10);
    for (QWidget* part : std::initializer_list<QWidget*>{m_title, m_text, m_rule, m_question, m_choices, m_lock, m_deed,
                                                         m_wait, m_outcome, m_revealed, m_reveal})
        column->addWidget(part);
    column->addStretch();
    connect(m_choices, &ChoiceList::chosen, &m_player, &LessonPlayer::choose);
    connect(m_lock, &QPushButton::clicked, &m_player, &LessonPlayer::lockIn);
    connect(m_deed, &QPushButton::clicked, &m_player, &LessonPlayer::act);
}

void PageBody::showPage() {
    const LessonPage& page = m_player.current();
    m_title->setText(QString::fromStdString(page.title));
    m_text->showText(QString::fromStdString(page.text));
    m_text->setAccessibleName(m_title->text());
    m_question->setVisible(page.question.has_value());
    m_rule->setVisible(page.question.has_value());
    if (page.question)
        m_question->showText(QStringLiteral("**%1**").arg(QString::fromStdString(page.question->text)));
    m_question->setAccessibleName(tr("Question"));
    m_revealed->setText(QString::fromStdString(page.revealTitle));
    m_reveal->showText(QString::fromStdString(page.reveal));
    m_reveal->setAccessibleName(m_revealed->text());
    showState();
}

void PageBody::showState() {
    m_choices->showPage(m_player);
    m_lock->setVisible(m_player.stage() == Stage::Predicting);
    m_lock->setEnabled(m_player.choice().has_value());
    showDeed();
    showOutcome();
}

void PageBody::showDeed() {
    const Stage stage = m_player.stage();
    const bool open = stage == Stage::Predicting || stage == Stage::Acting;
    m_deed->setVisible(open && m_player.hasDeed());
    m_deed->setText(m_player.deedLabel());
    m_deed->setAccessibleName(m_deed->text());
    m_deed->setEnabled(m_player.canAct());
    m_deed->setIconName(stage == Stage::Predicting ? QStringLiteral("lock") : QStringLiteral("play"));
    m_deed->setToolTip(stage == Stage::Predicting
                           ? tr("First comes your prediction.")
                           : deedsText(m_player.hasDeed() ? m_player.current().action->deeds : std::vector<Deed>()));
    const QString wait = waitText();
    m_wait->setText(wait);
    m_wait->setVisible(!wait.isEmpty());
}

QString PageBody::waitText() const {
    if (m_player.settingUp())
        return tr("The stage is being set…");
    if (m_player.stage() != Stage::Acting)
        return {};
    if (m_player.pausedInDeed())
        return tr("Paused on the way.");
    if (m_player.acting())
        return tr("Under way…");
    return m_player.hasDeed() ? QString() : tr("Now do it yourself; the lesson goes on when it has come.");
}

QString PageBody::outcomeText() const {
    if (m_player.stage() != Stage::Revealed || !m_player.choice())
        return {};
    return m_player.right() ? tr("As you predicted.") : tr("It came otherwise than you predicted.");
}

void PageBody::showOutcome() {
    const bool revealed = m_player.stage() == Stage::Revealed;
    const QString outcome = outcomeText();
    m_outcome->setText(outcome);
    m_outcome->setVisible(!outcome.isEmpty());
    m_revealed->setVisible(revealed && !m_player.current().revealTitle.empty());
    m_reveal->setVisible(m_revealed->isVisibleTo(this));
}

QWidget* PageBody::next() const {
    switch (m_player.stage()) {
    case Stage::Predicting:
        return m_player.choice() ? static_cast<QWidget*>(m_lock) : m_choices->first();
    case Stage::Acting:
        return m_deed->isEnabled() && m_player.hasDeed() ? m_deed : nullptr;
    case Stage::Reading:
    case Stage::Revealed:
        break;
    }
    return nullptr;
}

QWidget* PageBody::outcome() const {
    if (m_player.stage() != Stage::Revealed)
        return nullptr;
    return m_outcome->isVisibleTo(this) ? m_outcome : m_revealed;
}

} // namespace flatline
