#pragma once

#include "ui/window/session.h"

#include <QElapsedTimer>
#include <QObject>

#include <optional>

namespace flatline {

class Lab;
class MainWindow;

/// Brings a run back to a moment: opens its experiment, with all that was done by hand, and trains it anew as fast as
/// it goes. What would take much longer than 10 seconds is offered instead. UI thread.
class RunReplay : public QObject {
    Q_OBJECT
public:
    /// What is said meanwhile; %1 and %2 are filled.
    struct Words {
        QString busy;
        QString progress; ///< step %1 of %2
        QString offer;    ///< step %1; it takes %2, "40 seconds"
        QString stayed;   ///< at step %1
    };
    RunReplay(Lab& lab, MainWindow& window);

    /// Replaces what is being brought back already.
    void start(const SessionState& goal, Words words);
    /// What is being brought back; nothing once it is there, or was given up.
    [[nodiscard]] const std::optional<SessionState>& goal() const { return m_goal; }

signals:
    void opened(const flatline::SessionState& goal);  ///< its experiment stands at step 0
    void arrived(const flatline::SessionState& goal); ///< after ended()
    void ended();                                     ///< arrived or given up

private:
    enum class Phase { Opening, Judging, Replaying, Offered };

    void follow();
    void begin();
    void train();
    void judgePace(std::int64_t step);
    void showReplay();
    void offer(double seconds, std::int64_t step);
    void giveBack();
    void drop();
    void stay();
    void arrive();

    Lab& m_lab;
    MainWindow& m_window;
    std::optional<SessionState> m_goal;
    Words m_words;
    Phase m_phase = Phase::Opening;
    std::uint64_t m_run = 0; ///< the run of the goal; while it is being opened, the one before
    QElapsedTimer m_since;   ///< of the replay
};

} // namespace flatline
