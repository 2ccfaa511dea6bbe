#include "ui/window/run_before.h"

#include "ui/theme/theme.h"
#include "ui/window/lab.h"
#include "ui/window/main_window.h"
#include "ui/window/notice_bar.h"

#include <algorithm>
#include <utility>

namespace flatline {

namespace {

KeptRun runOf(const Snapshot& snapshot) {
    return {snapshot.experiment, std::max(snapshot.head, snapshot.now.step)};
}

QString nameOf(const KeptRun& run) {
    return QString::fromStdString(run.experiment.name);
}

} // namespace

RunBefore::RunBefore(Lab& lab, MainWindow& window)
    : QObject(&window)
    , m_lab(lab)
    , m_window(window)
    , m_replay(lab, window) {
    connect(&m_lab, &Lab::frameReady, this, &RunBefore::follow);
    connect(&m_replay, &RunReplay::arrived, this, [this](const SessionState& goal) {
        emit announced(tr("Your run is back: %1, step %2.")
                           .arg(QString::fromStdString(goal.experiment.name), countText(qint64{goal.step})));
    });
}

void RunBefore::remember() {
    const Snapshot& snapshot = *m_lab.frame().snapshot;
    if (m_run || !snapshot.dataset)
        return;
    m_offering = false;
    KeptRun now = runOf(snapshot);
    if (now != KeptRun{})
        m_run = std::move(now);
}

void RunBefore::offer() {
    const std::optional<KeptRun> run = std::exchange(m_run, std::nullopt);
    const Snapshot& snapshot = *m_lab.frame().snapshot;
    if (!run || *run == runOf(snapshot))
        return;
    m_offering = true;
    m_offeredIn.reset();
    m_window.notice().say(
        tr("Before the lesson you had: %1, step %2.").arg(nameOf(*run), countText(qint64{run->step})),
        {{tr("Bring it back"), tr("Train that run again up to its step. It comes back to the last bit."),
          [this, run] { bringBack(*run); }},
         {tr("Stay here"), tr("Go on with the lesson's run."), [this] { m_offering = false; }}});
}

// What was on its way when the lesson was closed may bring one more run: that is not an answer.
void RunBefore::follow() {
    if (!m_offering || (!m_offeredIn && !m_lab.settled()))
        return;
    const std::uint64_t run = m_lab.frame().snapshot->run;
    if (m_offeredIn.value_or(run) != run) {
        m_offering = false;
        m_window.notice().withdraw();
    }
    m_offeredIn = run;
}

void RunBefore::bringBack(const KeptRun& run) {
    m_offering = false;
    SessionState goal;
    goal.experiment = run.experiment;
    goal.step = run.step;
    m_replay.start(goal, {tr("Bringing back your run."), tr("Bringing back your run: step %1 of %2."),
                          tr("Your run had come to step %1. To go there once more takes some %2."),
                          tr("Your run's experiment, at step %1.")});
}

} // namespace flatline
