#pragma once

#include "ui/window/session.h"

#include <QElapsedTimer>
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
    [[nodiscard]] bool restoring() const { return m_goal.has_value(); }
    /// Writes the session of the moment, on the other thread, unless it is written already.
    void save();
    /// The window is being closed: writes it now.
    void finish();

signals:
    void restored(); ///< the session's step is reached, or it was given up

private:
    enum class Phase { Opening, Judging, Replaying, Offered };

    [[nodiscard]] SessionState now() const;
    void follow();
    void beginReplay();
    void replay();
    void judgePace(std::int64_t step);
    void showReplay();
    void offer(double seconds, std::int64_t step);
    void giveBack();
    void drop();
    void stay();
    void arrive();

    Lab& m_lab;
    MainWindow& m_window;
    SessionFiles m_files;
    QTimer m_timer;
    QThreadPool m_writer; ///< one thread: what comes later is written later
    SessionState m_saved;
    std::optional<SessionState> m_goal; ///< while a session is being brought back
    Phase m_phase = Phase::Opening;     ///< of that
    std::uint64_t m_run = 0;            ///< the run of the goal; while it is being opened, the one before
    QElapsedTimer m_replayed;
    bool m_troubled = false; ///< it has been said that nothing can be written
};

} // namespace flatline
