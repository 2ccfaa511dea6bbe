#pragma once

#include "core/comparison/cures.h"
#include "ui/controls/control_panel.h"
#include "ui/window/lab.h"

#include <QObject>

namespace flatline {

class Actions;
class TransportBar;

/// What the user does to the run: the transport, settings, seeds, undo and when to stop become commands to the lab.
/// What waits in the controls goes first. What came of it is said.
class RunActions : public QObject {
    Q_OBJECT
public:
    /// The parts of the window that it works with.
    struct Parts {
        Actions& actions;
        ControlPanel& controls;
        TransportBar& transport;
    };
    /// lab may be null: then nothing can be done.
    RunActions(Lab* lab, const Parts& parts, QWidget* window);

    void post(Command command);
    void act(const Action& action);
    void change(const SettingWish& changes);
    void start(const Settings& experiment);
    void toggle(); ///< run or pause
    void perform(const CureRow& cure, const CureDoses& doses);
    void showFrame(const Frame& frame);

signals:
    void announced(const QString& news);

private:
    void connectActions();
    void takeBack(const std::optional<EditNote>& note, const QString& news, Command command);
    void toggleStopAtDeath();
    void askStopCondition();
    void newSeed();

    Lab* m_lab;
    Parts m_parts;
    QWidget* m_window;
    Frame m_frame;
    QString m_restartNews; ///< what a restart on its way will have changed: it may yet fail
};

} // namespace flatline
