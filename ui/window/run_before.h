#pragma once

#include "ui/window/run_replay.h"

#include <QObject>

#include <optional>

namespace flatline {

class Lab;
class MainWindow;

/// The run that a lesson took the place of. It is remembered when the lesson is opened, and offered when the lesson is
/// closed: who wants to play on with the lesson's run is not thrown out of it. UI thread.
class RunBefore : public QObject {
    Q_OBJECT
public:
    RunBefore(Lab& lab, MainWindow& window);

    /// The run as it stands, unless one is remembered; or nothing was done to what the lab begins with.
    void remember();
    void remember(const std::optional<KeptRun>& run) { m_run = run; } ///< a session was brought back
    [[nodiscard]] const std::optional<KeptRun>& run() const { return m_run; }
    /// Says what there was, and asks whether it is to come back; nothing where there was none, or it is there still.
    /// Another experiment that is opened is an answer, too.
    void offer();

signals:
    void announced(const QString& news);

private:
    void follow();
    void bringBack(const KeptRun& run);

    Lab& m_lab;
    MainWindow& m_window;
    std::optional<KeptRun> m_run;
    bool m_offering = false;
    std::optional<std::uint64_t> m_offeredIn; ///< the run in which it is being offered, once that is known
    RunReplay m_replay;
};

} // namespace flatline
