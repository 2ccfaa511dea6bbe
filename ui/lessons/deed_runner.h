#pragma once

#include "ui/lessons/lesson_hands.h"

#include <QObject>

#include <deque>
#include <variant>

namespace flatline {

/// An experiment that is started anew, as a task before deeds.
struct StartRun {
    Settings settings;
    bool operator==(const StartRun&) const = default;
};
using LessonTask = std::variant<StartRun, Deed>;

/// Does tasks one after the other, each when the one before has come true: stretches of training take their time. The
/// run's stop condition is borrowed for them and put back. UI thread.
class DeedRunner : public QObject {
    Q_OBJECT
public:
    enum class Pace {
        AsSet, ///< at the speed that the user has set: to be watched
        Full   ///< as fast as it goes; the speed is put back afterwards
    };
    explicit DeedRunner(const LessonHands& hands, QObject* parent = nullptr);

    /// In the place of what was under way.
    void start(std::vector<LessonTask> tasks, Pace pace);
    /// From where the user has paused it.
    void goOn();
    /// Pauses the run and forgets what is left.
    void stop();
    [[nodiscard]] bool busy() const { return m_busy; }
    /// In a stretch of training that somebody has paused before its end.
    [[nodiscard]] bool paused() const { return m_paused; }
    /// Every frame's snapshot.
    void follow(const Snapshot& snapshot);

signals:
    void done();
    void failed(const QString& why); ///< something could not be done, the rest is given up
    void lostRun();                  ///< another run has taken the place of the one that was trained; given up

private:
    bool endStretch(const Snapshot& snapshot);
    void begin(const LessonTask& task, const Snapshot& snapshot);
    void obey(const Deed& deed, const Snapshot& snapshot);
    void kick(const Deed& deed, const Snapshot& snapshot);
    void warm(const Deed& deed, const Snapshot& snapshot);
    void reset(const Deed& deed, const Snapshot& snapshot);
    void set(const Deed& deed, const Snapshot& snapshot);
    void restart(const Deed& deed, const Snapshot& snapshot);
    void train(const Deed& deed, const Snapshot& snapshot);
    void giveBack();
    void fail(const QString& why);

    const LessonHands& m_hands;
    std::deque<LessonTask> m_tasks;
    Pace m_pace = Pace::AsSet;
    bool m_busy = false;
    bool m_paused = false;
    bool m_acted = false;                ///< the snapshot to come says whether it could be done
    std::optional<std::int64_t> m_goal;  ///< of the stretch of training under way
    std::optional<StopCondition> m_kept; ///< as the user had it
    std::uint64_t m_run = 0;             ///< that is being trained
};

} // namespace flatline
