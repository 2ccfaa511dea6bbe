#include "ui/window/run_actions.h"

#include "ui/window/actions.h"
#include "ui/window/edit_text.h"
#include "ui/window/status_text.h"
#include "ui/window/stop_dialog.h"
#include "ui/window/transport_bar.h"

#include <QRandomGenerator>

#include <utility>

namespace flatline {

namespace {
constexpr int largestRandomSeed = 99999;
} // namespace

RunActions::RunActions(Lab* lab, const Parts& parts, QWidget* window)
    : QObject(window)
    , m_lab(lab)
    , m_parts(parts)
    , m_window(window) {
    if (m_lab != nullptr)
        m_frame = m_lab->frame();
    connectActions();
    connect(&m_parts.controls, &ControlPanel::wished, this, &RunActions::change);
    connect(&m_parts.controls, &ControlPanel::actionWished, this, &RunActions::act);
    connect(&m_parts.transport, &TransportBar::speedWished, this, [this](double speed) { post(SpeedCommand{speed}); });
    connect(&m_parts.transport, &TransportBar::seedWished, this, [this](qint64 seed) {
        change({{"seed", static_cast<std::int64_t>(seed)}});
    });
}

void RunActions::connectActions() {
    const auto on = [this](ActionId id, auto call) { connect(m_parts.actions[id], &QAction::triggered, this, call); };
    on(ActionId::Undo, [this] { takeBack(m_frame.snapshot->undo, tr("Undone: %1."), UndoCommand{}); });
    on(ActionId::Redo, [this] { takeBack(m_frame.snapshot->redo, tr("Done again: %1."), RedoCommand{}); });
    on(ActionId::DiscardBranch, [this] { post(DiscardBranchCommand{}); });
    on(ActionId::StepBack, [this] { post(StepBackCommand{}); });
    on(ActionId::ResumeHere, [this] { post(ResumeHereCommand{}); });
    on(ActionId::BackToLive, [this] { post(LiveCommand{}); });
    on(ActionId::StopAtDeath, [this] { toggleStopAtDeath(); });
    on(ActionId::StopWhen, [this] { askStopCondition(); });
    on(ActionId::Run, [this] { toggle(); });
    on(ActionId::Step, [this] { post(StepCommand{}); });
    on(ActionId::Epoch, [this] { post(EpochCommand{}); });
    on(ActionId::Reset, [this] { post(ResetCommand{}); });
    on(ActionId::NewSeed, [this] { newSeed(); });
}

void RunActions::post(Command command) {
    if (m_lab == nullptr)
        return;
    m_parts.controls.flush(); // what was set before comes before
    m_restartNews.clear();
    m_lab->post(std::move(command));
    m_parts.transport.showRunning(m_lab->running());
    m_parts.actions.showRunning(m_lab->running());
}

void RunActions::act(const Action& action) {
    post(ActCommand{action});
}

void RunActions::change(const SettingWish& changes) {
    if (m_lab == nullptr)
        return;
    const Settings before = m_lab->next();
    if (const Result<void> changed = m_lab->change(changes); !changed)
        emit announced(errorText(changed.error()));
    else if (!differsOnlyLive(before, m_lab->next()))
        m_restartNews = restartText(before, m_lab->next());
}

void RunActions::start(const Settings& experiment) {
    post(StartExperiment{experiment});
    emit announced(tr("Opened: %1.").arg(QString::fromStdString(experiment.name)));
}

void RunActions::toggle() {
    if (m_lab == nullptr)
        return;
    if (m_lab->running())
        post(PauseCommand{});
    else
        post(RunCommand{});
}

/// Changes of settings together, as a control would wish them; deeds one by one.
void RunActions::perform(const CureRow& cure, const CureDoses& doses) {
    SettingWish changes;
    for (const Action& action : cure.actions(m_frame.snapshot->settings, doses)) {
        if (const auto* one = std::get_if<SettingChange>(&action))
            changes.push_back(*one);
        else
            act(action);
    }
    if (!changes.empty())
        change(changes);
}

void RunActions::takeBack(const std::optional<EditNote>& note, const QString& news, Command command) {
    if (!note)
        return;
    post(std::move(command));
    emit announced(news.arg(editText(*note)));
}

void RunActions::toggleStopAtDeath() {
    StopCondition condition = m_frame.snapshot->stopCondition;
    condition.nextDeath = !condition.nextDeath;
    post(StopConditionCommand{condition});
}

void RunActions::askStopCondition() {
    StopDialog dialog(m_frame.snapshot->stopCondition, m_window);
    if (dialog.exec() == QDialog::Accepted)
        post(StopConditionCommand{dialog.condition()});
}

void RunActions::newSeed() {
    change({{"seed", static_cast<std::int64_t>(QRandomGenerator::global()->bounded(1, largestRandomSeed))}});
}

void RunActions::showFrame(const Frame& frame) {
    const bool newRun = m_frame.snapshot && m_frame.snapshot->run != frame.snapshot->run;
    m_frame = frame;
    if (newRun && !m_restartNews.isEmpty())
        emit announced(std::exchange(m_restartNews, {}));
}

} // namespace flatline
