#include "ui/window/session_keeper.h"

#include "ui/theme/theme.h"
#include "ui/window/class_actions.h"
#include "ui/window/lab.h"
#include "ui/window/lesson_actions.h"
#include "ui/window/main_window.h"
#include "ui/window/notice_bar.h"
#include "ui/window/status_text.h"
#include "ui/window/view_choices.h"
#include "ui/window/view_grid.h"

#include <algorithm>

namespace flatline {

namespace {

constexpr int saveTime = 30'000; ///< ms

} // namespace

SessionKeeper::SessionKeeper(Lab& lab, MainWindow& window, SessionFiles files)
    : m_lab(lab)
    , m_window(window)
    , m_files(std::move(files))
    , m_replay(lab, window) {
    m_writer.setMaxThreadCount(1);
    m_timer.setInterval(saveTime);
    connect(&m_timer, &QTimer::timeout, this, &SessionKeeper::save);
    connect(&m_replay, &RunReplay::opened, this, &SessionKeeper::layOut);
    connect(&m_replay, &RunReplay::ended, this, &SessionKeeper::restored);
    connect(&m_replay, &RunReplay::arrived, this, &SessionKeeper::arrive);
    connect(&m_window.forClass(), &ClassActions::arrived, this, &SessionKeeper::save);
    connect(&m_window, &MainWindow::closing, this, &SessionKeeper::finish);
    m_timer.start();
}

SessionKeeper::~SessionKeeper() {
    m_writer.waitForDone();
}

/// While a session is being brought back, that one: half of it would be less than there was.
SessionState SessionKeeper::now() const {
    if (m_replay.goal())
        return *m_replay.goal();
    const Frame& frame = m_lab.frame();
    SessionState state;
    state.experiment = frame.snapshot->experiment;
    state.step = std::max(frame.snapshot->head, frame.snapshot->now.step);
    state.running = m_lab.running();
    state.selectedLayer = frame.selected.layer;
    state.selectedNeuron = frame.selected.neuron;
    state.choices = m_window.lessons().ownChoices();
    state.lesson = m_window.lessons().openName();
    if (state.lesson.isEmpty())
        state.stops = frame.snapshot->stopCondition;
    state.before = m_window.lessons().runBefore();
    state.lessonPage = static_cast<int>(m_window.lessons().openPage());
    if (const int row = m_window.views().ownExpanded(); row >= 0)
        state.filling = QString::fromLatin1(ViewGrid::rows()[static_cast<std::size_t>(row)]->id);
    if (m_window.forClass().isOpen())
        m_window.forClass().addTo(state);
    return state;
}

void SessionKeeper::save() {
    if (!sessionsWanted() || (!m_replay.goal() && m_lab.frame().snapshot->dataset == nullptr))
        return;
    SessionState state = now();
    state.ended = false;
    if (m_replay.goal())
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
    if (!m_replay.goal() && m_lab.frame().snapshot->dataset == nullptr)
        return;
    SessionState state = now();
    state.ended = true;
    (void)m_files.save(state); // the window is gone: nobody could be told
}

void SessionKeeper::restore(const SessionState& session) {
    m_replay.start(session,
                   {tr("Bringing back the last session."), tr("Bringing back the last session: step %1 of %2."),
                    tr("The last session had come to step %1. To go there once more takes some %2."),
                    tr("The last session's experiment, at step %1.")});
    save(); // that it is being attempted
}

void SessionKeeper::layOut(const SessionState& session) {
    m_window.views().expand(session.filling.isEmpty() ? -1 : ViewGrid::rowOf(session.filling));
    restoreViewChoices(m_window.views(), session.choices);
    m_lab.select({session.selectedLayer, session.selectedNeuron});
    if (!session.views.isEmpty() || session.controls)
        m_window.forClass().reopen(session);
}

void SessionKeeper::arrive(const SessionState& session) {
    if (!session.lesson.isEmpty())
        m_window.lessons().reopen(session.lesson, static_cast<std::size_t>(session.lessonPage), session.before);
    m_lab.post(StopConditionCommand{session.stops});
    save(); // the attempt has worked
    if (session.running && m_lab.frame().snapshot->state != RunState::Diverged)
        m_lab.post(RunCommand{});
    const QString back =
        tr("The last session is back: %1, step %2.")
            .arg(QString::fromStdString(session.experiment.name), countText(qint64{m_lab.frame().snapshot->now.step}));
    const bool fewControls = m_window.forClass().isOpen() && session.controls;
    if (session.ended && !fewControls) {
        m_window.announce(back);
        return;
    }
    QString said = session.ended ? back : tr("Flatline did not end properly the last time.") + QLatin1Char(' ') + back;
    std::vector<NoticeBar::Answer> answers{{tr("OK"), tr("Close this notice."), [] {}}};
    if (fewControls) {
        said += QLatin1Char(' ') + tr("Only the controls that matter are shown.");
        answers.push_back(m_window.forClass().wayBack());
    }
    if (!session.ended)
        answers.push_back({tr("Start afresh"),
                           tr("Leave that session and open the experiment that the lab begins with."),
                           [this] { m_window.startAfresh(); }});
    m_window.notice().say(said, answers);
}

} // namespace flatline
