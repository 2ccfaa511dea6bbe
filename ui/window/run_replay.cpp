#include "ui/window/run_replay.h"

#include "ui/theme/theme.h"
#include "ui/window/lab.h"
#include "ui/window/main_window.h"
#include "ui/window/notice_bar.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace flatline {

namespace {

constexpr qint64 judgeTime = 800; ///< ms of replay after which its pace is known
constexpr double patience = 10.0; ///< s of replay that are not asked about

QString stepText(std::int64_t step) {
    return countText(qint64{step});
}

} // namespace

RunReplay::RunReplay(Lab& lab, MainWindow& window)
    : m_lab(lab)
    , m_window(window) {
    connect(&m_lab, &Lab::frameReady, this, &RunReplay::follow);
}

void RunReplay::start(const SessionState& goal, Words words) {
    m_goal = goal;
    m_words = std::move(words);
    m_phase = Phase::Opening;
    m_run = m_lab.frame().snapshot->run;
    m_lab.post(StartExperiment{goal.experiment});
}

void RunReplay::follow() {
    if (!m_goal)
        return;
    const Snapshot& snapshot = *m_lab.frame().snapshot;
    if (m_phase == Phase::Opening) {
        // What cannot be opened stays as it was kept, until something else is opened.
        if (snapshot.run == m_run || !snapshot.dataset || snapshot.state == RunState::Loading)
            return;
        m_run = snapshot.run;
        if (snapshot.experiment == m_goal->experiment)
            begin();
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
        m_window.notice().showProgress(m_words.progress.arg(stepText(snapshot.now.step), stepText(m_goal->step)),
                                       static_cast<double>(snapshot.now.step) / static_cast<double>(m_goal->step));
    }
}

void RunReplay::begin() {
    m_phase = Phase::Judging;
    m_since.start();
    emit opened(*m_goal);
    if (m_goal->step == 0)
        arrive();
    else
        train();
}

void RunReplay::train() {
    m_lab.post(SpeedCommand{0.0});
    m_lab.post(StopConditionCommand{{.atStep = m_goal->step}});
    m_lab.post(RunCommand{});
}

/// Before that moment a word would only flash.
void RunReplay::judgePace(std::int64_t step) {
    if (m_since.elapsed() < judgeTime)
        return;
    const double pace = 1000.0 * static_cast<double>(step) / static_cast<double>(m_since.elapsed());
    const double seconds = static_cast<double>(m_goal->step - step) / std::max(pace, 1e-3);
    if (seconds > patience)
        offer(seconds, step);
    else
        showReplay();
}

void RunReplay::showReplay() {
    m_phase = Phase::Replaying;
    m_window.notice().say(
        m_words.busy, {{tr("Stop here"), tr("Leave the run at the step that it has come to."), [this] { stay(); }}});
}

void RunReplay::offer(double seconds, std::int64_t step) {
    constexpr double secondsSaid = 90.0; // beyond it minutes are
    m_phase = Phase::Offered;
    m_lab.post(PauseCommand{});
    giveBack();
    const QString duration = seconds < secondsSaid
                                 ? tr("%1 seconds").arg(countText(std::llround(seconds)))
                                 : tr("%1 minutes").arg(countText(std::llround(std::ceil(seconds / 60.0))));
    const auto goOn = [this] {
        showReplay();
        train();
    };
    m_window.notice().say(
        m_words.offer.arg(stepText(m_goal->step), duration),
        {{tr("Go there"), tr("Train the same run again up to that step, as fast as it goes."), goOn},
         {tr("Stay at step %1").arg(stepText(step)), tr("Leave the run where it is now."), [this] { stay(); }}});
}

/// Speed and stops as the user has them.
void RunReplay::giveBack() {
    m_lab.post(StopConditionCommand{});
    m_lab.post(SpeedCommand{m_window.speed()});
}

void RunReplay::drop() {
    const bool replayed = m_phase == Phase::Judging || m_phase == Phase::Replaying;
    m_goal.reset();
    m_window.notice().withdraw();
    if (replayed)
        giveBack();
    emit ended();
}

void RunReplay::stay() {
    m_lab.post(PauseCommand{});
    drop();
    m_window.announce(m_words.stayed.arg(stepText(m_lab.frame().snapshot->now.step)));
}

void RunReplay::arrive() {
    const SessionState goal = *m_goal;
    m_lab.post(PauseCommand{}); // it stands already; now the window knows
    drop();
    emit arrived(goal);
}

} // namespace flatline
