#pragma once

#include "ui/window/run_replay.h"

#include <QObject>
#include <QThreadPool>
#include <QTimer>

namespace flatline {

class Lab;
class MainWindow;

/// Keeps a window's session: writes it every 30 seconds on a thread of its own, and once more when the window is
/// closed; brings back the one before, by replaying its run. UI thread.
class SessionKeeper : public QObject {
    Q_OBJECT
public:
    SessionKeeper(Lab& lab, MainWindow& window, SessionFiles files);
    ~SessionKeeper() override; ///< waits for what is being written

    /// Opens the session's experiment and goes to the step it had reached, as fast as it goes. What would take much
    /// longer than 10 seconds is offered instead.
    void restore(const SessionState& session);
    /// From then on until its step is reached, or it was given up.
    [[nodiscard]] bool restoring() const { return m_replay.goal().has_value(); }
    /// Writes the session of the moment, on the other thread, unless it is written already.
    void save();
    /// The window is being closed: writes it now.
    void finish();

signals:
    void restored(); ///< the session's step is reached, or it was given up

private:
    [[nodiscard]] SessionState now() const;
    void layOut(const SessionState& session);
    void arrive(const SessionState& session);

    Lab& m_lab;
    MainWindow& m_window;
    SessionFiles m_files;
    QTimer m_timer;
    QThreadPool m_writer; ///< one thread: what comes later is written later
    SessionState m_saved;
    RunReplay m_replay;
    bool m_troubled = false; ///< it has been said that nothing can be written
};

} // namespace flatline
