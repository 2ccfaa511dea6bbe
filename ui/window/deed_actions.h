#pragma once

#include "core/settings/intervention.h"
#include "ui/views/view.h"

#include <QObject>

namespace flatline {

class Actions;
class ControlPanel;

/// What the Run menu does to the run's parameters, as the controls stand: the kick, the warming of the biases, the
/// reset of the dead. What cannot be done says why.
class DeedActions : public QObject {
    Q_OBJECT
public:
    DeedActions(const Actions& actions, ControlPanel& controls, QObject* window);

    void kick();
    void showFrame(const Frame& frame);

signals:
    void kickAhead(const flatline::ThermalKick& kick); ///< before it is made: what was guessed of it is noted
    void actionWished(const flatline::Action& action);
    void problemFound(const QString& text);

private:
    void warm();
    void resetDead();

    const Actions& m_actions;
    ControlPanel& m_controls;
};

} // namespace flatline
