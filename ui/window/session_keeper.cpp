#include "ui/window/session_keeper.h"

#include "ui/theme/theme.h"
#include "ui/window/lab.h"
#include "ui/window/lesson_actions.h"
#include "ui/window/main_window.h"
#include "ui/window/notice_bar.h"
#include "ui/window/status_text.h"
#include "ui/window/view_choices.h"
#include "ui/window/view_grid.h"

#include <algorithm>
#include <cmath>

namespace flatline {

namespace {

constexpr int saveTime = 30'000;  ///< ms
constexpr qint64 judgeTime = 800; ///< ms of replay after which its pace is known
constexpr double patience = 10.0; ///< s of replay that are not asked about

QString stepText(std::int64_t step) {
    return countText(qint64{step});
}

int rowOf(const QString& id) {
    const auto rows = ViewGrid::rows();
    const auto found =
        std::find_if(rows.begin(), rows.end(), [&id](const ViewRow* row) { return id == QLatin1String(row->id); });
    return found == rows.end() ? -1 : static_cast<int>(found - rows.begin());
}

} // namespace

SessionKeeper::SessionKeeper(Lab& lab, MainWindow& window, SessionFiles files)
    : m_lab(lab)
    , m_window(window)
    , m_files(std::move(files)) {
    m_writer.setMaxThreadCount(1);
    m_timer.setInterval(saveTime);
    connect(&m_timer, &QTimer::timeout, this, &SessionKeeper::save);
    connect(&m_lab, &Lab::frameReady, this, &SessionKeeper::follow);
    connect(&m_window, &MainWindow::closing, this, &SessionKeeper::finish);
    m_timer.start();
}

SessionKeeper::~SessionKeeper() {
    m_writer.waitForDone();
}

/// While a session is being brought back, that one: half of it would be less than there was.
SessionState SessionKeeper::now() const {
    if (m_goal)
        return *m_goal;
    const Frame& frame = m_lab.frame();
    SessionState state;
    state.experiment = frame.snapshot->experiment;
    state.step = std::max(frame.snapshot->head, frame.snapshot->now.step);
    state.running = m_lab.running();
    state.selectedLayer = frame.selected.layer;
    state.selectedNeuron = frame.selected.neuron;
    state.choices = m_window.lessons().ownChoices();
    state.lesson = m_window.lessons().openName();
    state.lessonPage = static_cast<int>(m_window.lessons().openPage());
    if (const int row = m_window.views().ownExpanded(); row >= 0)
        state.filling = QString::fromLatin1(ViewGrid::rows()[static_cast<std::size_t>(row)]->id);
    return state;
}

void SessionKeeper::save() {
    if (!sessionsWanted() || (!m_goal && m_lab.frame().snapshot->dataset == nullptr))
        return;
    SessionState state = now();
    state.ended = false;
    if (m_goal)
        ++state.attempts;
    if (state == m_saved)
        return;
    m_saved = state;
    m_writer.start([this, state] { // the disk may be slow
        if (const Result<void> saved = m_files.save(state); !saved) {
            const QString why = errorText(saved.error());
            QMetaObject::invokeMethod(this, [this, why] {
                if (!std::exchange(m_troubled, true))
                    m_window.announce(tr("This session cannot be kept: %1").arg(why));
            });
        }
    });
}

void SessionKeeper::finish() {
    m_timer.stop();
    m_writer.waitForDone();
    if (!sessionsWanted()) {
        m_files.forget();
        return;
    }
    if (!m_goal && m_lab.frame().snapshot->dataset == nullptr)
        return;
    SessionState state = now();
    state.ended = true;
    (void)m_files.save(state); // the window is gone: nobody could be told
}

void SessionKeeper::restore(const SessionState& session) {
    m_goal = session;
    m_phase = Phase::Opening;
    m_run = m_lab.frame().snapshot->run;
    m_lab.post(StartExperiment{session.experiment});
    save(); // that it is being attempted
}

void SessionKeeper::follow() {
    if (!m_goal)
        return;
    const Snapshot& snapshot = *m_lab.frame().snapshot;
    if (m_phase == Phase::Opening) {
        // What cannot be opened stays as it was kept, until something else is opened.
        if (snapshot.run == m_run || !snapshot.dataset || snapshot.state == RunState::Loading)
            return;
        m_run = snapshot.run;
        if (snapshot.experiment == m_goal->experiment)
            beginReplay();
        else
            drop();
    } else if (snapshot.run != m_run) { // something else has been opened meanwhile
        drop();
    } else if (m_phase == Phase::Offered) {
        if (m_lab.running())
            drop(); // that is an answer, too
    } else if (snapshot.now.step >= m_goal->step || snapshot.state == RunState::Diverged) {
        arrive();
    } else if (!m_lab.running()) {
        stay();
    } else if (m_phase == Phase::Judging) {
        judgePace(snapshot.now.step);
    } else {
        m_window.notice().showProgress(tr("Bringing back the last session: step %1 of %2.")
                                           .arg(stepText(snapshot.now.step), stepText(m_goal->step)),
                                       static_cast<double>(snapshot.now.step) / static_cast<double>(m_goal->step));
    }
}

void SessionKeeper::beginReplay() {
    m_window.views().expand(m_goal->filling.isEmpty() ? -1 : rowOf(m_goal->filling));
    restoreViewChoices(m_window.views(), m_goal->choices);
    m_lab.select({m_goal->selectedLayer, m_goal->selectedNeuron});
    m_phase = Phase::Judging;
    m_replayed.start();
    if (m_goal->step == 0)
        arrive();
    else
        replay();
}

void SessionKeeper::replay() {
    m_lab.post(SpeedCommand{0.0});
    m_lab.post(StopConditionCommand{{.atStep = m_goal->step}});
    m_lab.post(RunCommand{});
}

/// Before that moment a word would only flash.
void SessionKeeper::judgePace(std::int64_t step) {
    if (m_replayed.elapsed() < judgeTime)
        return;
    const double pace = 1000.0 * static_cast<double>(step) / static_cast<double>(m_replayed.elapsed());
    const double seconds = static_cast<double>(m_goal->step - step) / std::max(pace, 1e-3);
    if (seconds > patience)
        offer(seconds, step);
    else
        showReplay();
}

void SessionKeeper::showReplay() {
    m_phase = Phase::Replaying;
    m_window.notice().say(
        tr("Bringing back the last session."),
        {{tr("Stop here"), tr("Leave the run at the step that it has come to."), [this] { stay(); }}});
}

void SessionKeeper::offer(double seconds, std::int64_t step) {
    constexpr double secondsSaid = 90.0; // beyond it minutes are
    m_phase = Phase::Offered;
    m_lab.post(PauseCommand{});
    giveBack();
    const QString duration = seconds < secondsSaid
                                 ? tr("%1 seconds").arg(countText(std::llround(seconds)))
                                 : tr("%1 minutes").arg(countText(std::llround(std::ceil(seconds / 60.0))));
    const auto goOn = [this] {
        showReplay();
        replay();
    };
    m_window.notice().say(
        tr("The last session had come to step %1. To go there once more takes some %2.")
            .arg(stepText(m_goal->step), duration),
        {{tr("Go there"), tr("Train the same run again up to that step, as fast as it goes."), goOn},
         {tr("Stay at step %1").arg(stepText(step)), tr("Leave the run where it is now."), [this] { stay(); }}});
}

/// Speed and stops as the user has them.
void SessionKeeper::giveBack() {
    m_lab.post(StopConditionCommand{});
    m_lab.post(SpeedCommand{m_window.speed()});
}

void SessionKeeper::drop() {
    const bool replayed = m_phase == Phase::Judging || m_phase == Phase::Replaying;
    m_goal.reset();
    m_window.notice().withdraw();
    if (replayed)
        giveBack();
    emit restored();
}

void SessionKeeper::stay() {
    m_lab.post(PauseCommand{});
    drop();
    m_window.announce(tr("The last session's experiment, at step %1.").arg(stepText(m_lab.frame().snapshot->now.step)));
}

void SessionKeeper::arrive() {
    const SessionState session = *m_goal;
    m_lab.post(PauseCommand{}); // it stands already; now the window knows
    drop();
    if (!session.lesson.isEmpty())
        m_window.lessons().reopen(session.lesson, static_cast<std::size_t>(session.lessonPage));
    save(); // the attempt has worked
    if (session.running && m_lab.frame().snapshot->state != RunState::Diverged)
        m_lab.post(RunCommand{});
    const QString back =
        tr("The last session is back: %1, step %2.")
            .arg(QString::fromStdString(session.experiment.name), stepText(m_lab.frame().snapshot->now.step));
    if (session.ended) {
        m_window.announce(back);
        return;
    }
    m_window.notice().say(
        tr("Flatline did not end properly the last time.") + QLatin1Char(' ') + back,
        {{tr("OK"), tr("Close this notice."), [] {}},
         {tr("Start afresh"), tr("Leave that session and open the experiment that the lab begins with."),
          [this] { m_window.startAfresh(); }}});
}

} // namespace flatline
