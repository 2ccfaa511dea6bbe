#include "ui/window/deed_actions.h"

#include "ui/controls/control_panel.h"
#include "ui/window/actions.h"

namespace flatline {

DeedActions::DeedActions(const Actions& actions, ControlPanel& controls, QObject* window)
    : QObject(window)
    , m_actions(actions)
    , m_controls(controls) {
    connect(m_actions[ActionId::Kick], &QAction::triggered, this, &DeedActions::kick);
    connect(m_actions[ActionId::Warm], &QAction::triggered, this, &DeedActions::warm);
    connect(m_actions[ActionId::ResetDead], &QAction::triggered, this, &DeedActions::resetDead);
}

void DeedActions::kick() {
    const std::optional<ThermalKick> kick = m_controls.kick();
    if (!kick)
        return emit problemFound(m_controls.kickProblem());
    emit kickAhead(*kick);
    emit actionWished(*kick);
}

void DeedActions::warm() {
    const BiasWarming warming = m_controls.doses().warming;
    if (const QString problem = m_controls.warmProblem(); !problem.isEmpty())
        return emit problemFound(problem);
    emit actionWished(warming);
}

void DeedActions::resetDead() {
    emit actionWished(ResetNeurons{});
}

void DeedActions::showFrame(const Frame& frame) {
    const bool any = frame.snapshot->dataset != nullptr && !frame.snapshot->now.layers.empty();
    m_actions[ActionId::Warm]->setEnabled(any);
    m_actions[ActionId::ResetDead]->setEnabled(any && frame.snapshot->now.dead() > 0);
}

} // namespace flatline
