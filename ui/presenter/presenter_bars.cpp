#include "ui/presenter/presenter_bars.h"

#include "ui/lessons/deeds.h"
#include "ui/lessons/lesson_pane.h"
#include "ui/lessons/lesson_player.h"
#include "ui/theme/theme.h"
#include "ui/timeline/timeline.h"
#include "ui/widgets/action_button.h"
#include "ui/window/actions.h"

#include <QHBoxLayout>
#include <QLabel>

#include <algorithm>

namespace flatline {

namespace {

using Look = ActionButton::Look;
constexpr double titlePoints = 20.0; ///< of the screen, whatever the scale
constexpr int runWidth = 124;        ///< Run and Pause: the button does not jump

} // namespace

PresenterHead::PresenterHead(const Actions& actions, LessonPlayer& player, QWidget* parent)
    : QFrame(parent)
    , m_player(player)
    , m_title(new QLabel(this))
    , m_place(new QLabel(this))
    , m_back(new ActionButton(Look::Plain, actions[ActionId::PreviousPage], QStringLiteral("left"), tr("Back"), this))
    , m_next(new ActionButton(Look::Plain, actions[ActionId::NextPage], QStringLiteral("right"), tr("Next"), this)) {
    setProperty("role", "panel");
    auto* leave = new ActionButton(Look::Plain, actions[ActionId::Present], QStringLiteral("close"),
                                   tr("Leave the presentation"), this);
    leave->setToolTip(tr("Leave the presentation (Esc)."));
    for (ActionButton* button : {m_back, m_next, leave})
        button->setIconOnly(true);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_place->setProperty("role", "muted");
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(24, 8, 16, 8);
    line->setSpacing(8);
    line->addWidget(m_title, 1);
    line->addWidget(m_place);
    line->addSpacing(8);
    for (QWidget* button : {m_back, m_next, leave})
        line->addWidget(button);
}

void PresenterHead::showTitle(const QString& experiment) {
    QFont font = fontFor(TextRole::PresenterTitle);
    font.setPointSizeF(titlePoints);
    m_title->setFont(font);
    const bool lesson = m_player.isOpen();
    m_title->setText(lesson ? QString::fromStdString(m_player.lesson().title) : experiment);
    m_place->setText(lesson ? lessonPlaceText(m_player) : QString());
    m_back->setVisible(lesson);
    m_next->setVisible(lesson);
}

PresenterFoot::PresenterFoot(const Actions& actions, LessonPlayer& player, QWidget* parent)
    : QFrame(parent)
    , m_player(player)
    , m_run(new ActionButton(Look::Plain, actions[ActionId::Run], QStringLiteral("play"), tr("Run"), this))
    , m_deed(new ActionButton(Look::Primary, QStringLiteral("play"), QString(), this))
    , m_timeline(new Timeline(this)) {
    setProperty("role", "panel");
    auto* step = new ActionButton(Look::Plain, actions[ActionId::Step], QStringLiteral("step"), tr("Step"), this);
    m_timeline->setThin(true);
    m_run->setFixedWidth(runWidth);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(24, 8, 16, 8);
    line->setSpacing(10);
    for (QWidget* part : std::initializer_list<QWidget*>{m_run, step, m_deed})
        line->addWidget(part);
    line->addWidget(m_timeline, 1);
    connect(m_deed, &QPushButton::clicked, &m_player, &LessonPlayer::act);
    connect(&m_player, &LessonPlayer::changed, this, &PresenterFoot::showDeed);
    connect(&m_player, &LessonPlayer::pageTurned, this, &PresenterFoot::showDeed);
    connect(&m_player, &LessonPlayer::closed, this, &PresenterFoot::showDeed);
}

void PresenterFoot::showFrame(const Frame& frame, bool running) {
    m_timeline->showFrame(frame);
    m_run->setText(running ? tr("Pause") : tr("Run"));
    m_run->setAccessibleName(m_run->text());
    m_run->setIconName(running ? QStringLiteral("pause") : QStringLiteral("play"));
}

/// Locked until something has been predicted.
void PresenterFoot::showDeed() {
    m_deed->setVisible(m_player.isOpen() && m_player.hasDeed());
    if (!m_player.isOpen() || !m_player.hasDeed())
        return;
    const bool locked = m_player.stage() == LessonPlayer::Stage::Predicting;
    m_deed->setText(m_player.deedLabel());
    m_deed->setAccessibleName(m_deed->text());
    m_deed->setIconName(locked ? QStringLiteral("lock") : QStringLiteral("play"));
    m_deed->setEnabled(m_player.canAct());
    m_deed->setToolTip(locked ? tr("First comes your prediction.") : deedsText(m_player.current().action->deeds));
    m_deed->updateGeometry();
}

} // namespace flatline
