#include "ui/lessons/deed_runner.h"

#include "core/settings/setting_table.h"
#include "ui/window/status_text.h"

#include <array>

namespace flatline {

namespace {
constexpr std::int64_t longestWait = 100'000; ///< steps until a death that may never come
}

DeedRunner::DeedRunner(const LessonHands& hands, QObject* parent)
    : QObject(parent)
    , m_hands(hands) {}

void DeedRunner::start(std::vector<LessonTask> tasks, Pace pace) {
    if (m_busy)
        stop();
    m_tasks.assign(tasks.begin(), tasks.end());
    m_pace = pace;
    m_busy = true;
    m_acted = false;
    if (pace == Pace::Full)
        m_hands.post(SpeedCommand{0.0});
    m_hands.post(LiveCommand{}); // whose frame, too, is the first that counts
}

void DeedRunner::goOn() {
    if (m_paused)
        m_hands.post(RunCommand{});
}

void DeedRunner::stop() {
    if (!m_busy)
        return;
    if (m_goal)
        m_hands.post(PauseCommand{});
    giveBack();
}

/// Speed and stops as the user has them.
void DeedRunner::giveBack() {
    m_tasks.clear();
    m_goal.reset();
    m_busy = m_paused = m_acted = false;
    if (m_kept)
        m_hands.post(StopConditionCommand{*m_kept});
    m_kept.reset();
    if (m_pace == Pace::Full)
        m_hands.post(SpeedCommand{m_hands.speed()});
}

void DeedRunner::fail(const QString& why) {
    giveBack();
    emit failed(why);
}

void DeedRunner::follow(const Snapshot& snapshot) {
    const bool starts = !m_tasks.empty() && std::holds_alternative<StartRun>(m_tasks.front());
    if (!m_busy || !m_hands.settled() || (snapshot.state == RunState::Loading && !starts))
        return;
    if (std::exchange(m_acted, false) && snapshot.error && snapshot.state != RunState::Diverged)
        return fail(errorText(*snapshot.error));
    if (m_goal && !endStretch(snapshot))
        return;
    if (m_tasks.empty()) {
        giveBack();
        emit done();
        return;
    }
    const LessonTask task = std::move(m_tasks.front());
    m_tasks.pop_front();
    begin(task, snapshot);
}

/// Whether the stretch of training is over, and what comes next may begin.
bool DeedRunner::endStretch(const Snapshot& snapshot) {
    if (snapshot.run != m_run) {
        giveBack();
        emit lostRun();
        return false;
    }
    if (snapshot.state == RunState::Running) {
        m_paused = false;
        return false;
    }
    m_paused = snapshot.state == RunState::Paused && !snapshot.stopped && snapshot.now.step < *m_goal;
    if (m_paused)
        return false;
    m_goal.reset();
    return true;
}

void DeedRunner::begin(const LessonTask& task, const Snapshot& snapshot) {
    if (const auto* deed = std::get_if<Deed>(&task))
        return obey(*deed, snapshot);
    m_acted = true;
    m_hands.post(StartExperiment{std::get<StartRun>(task).settings});
}

void DeedRunner::obey(const Deed& deed, const Snapshot& snapshot) {
    struct Row {
        Deed::Kind kind;
        void (DeedRunner::*obey)(const Deed& deed, const Snapshot& snapshot);
    };
    static constexpr std::array rows{
        Row{Deed::Kind::Kick, &DeedRunner::kick},       Row{Deed::Kind::Warm, &DeedRunner::warm},
        Row{Deed::Kind::Reset, &DeedRunner::reset},     Row{Deed::Kind::Set, &DeedRunner::set},
        Row{Deed::Kind::RunTo, &DeedRunner::train},     Row{Deed::Kind::RunFor, &DeedRunner::train},
        Row{Deed::Kind::Restart, &DeedRunner::restart}, Row{Deed::Kind::RunUntilDeath, &DeedRunner::train}};
    m_acted = true;
    for (const Row& row : rows)
        if (row.kind == deed.kind)
            return (this->*row.obey)(deed, snapshot);
}

void DeedRunner::kick(const Deed& deed, const Snapshot&) {
    ThermalKick kick;
    if (deed.strength > 0.0)
        kick.strength = deed.strength;
    else
        kick = m_hands.kick().value_or(kick);
    m_hands.act(kick);
}

void DeedRunner::warm(const Deed& deed, const Snapshot&) {
    BiasWarming warming = m_hands.warming();
    if (deed.strength > 0.0)
        warming.gamma = deed.strength;
    m_hands.act(warming);
}

void DeedRunner::reset(const Deed&, const Snapshot&) {
    m_hands.act(ResetNeurons{});
}

void DeedRunner::restart(const Deed&, const Snapshot&) {
    m_hands.post(ResetCommand{});
}

void DeedRunner::set(const Deed& deed, const Snapshot& snapshot) {
    Settings changed = snapshot.settings;
    Result<void> set = setSettingFromText(changed, deed.path, deed.value);
    if (set)
        set = m_hands.change({{deed.path, findSetting(deed.path)->get(changed)}});
    if (!set)
        return fail(errorText(set.error()));
    m_hands.post(StopConditionCommand{snapshot.stopCondition}); // for its frame: there may have been nothing to change
}

void DeedRunner::train(const Deed& deed, const Snapshot& snapshot) {
    if (snapshot.state == RunState::Running) { // first stand still: the goal counts from an exact step
        m_hands.post(PauseCommand{});
        m_tasks.emplace_front(deed);
        return;
    }
    const bool untilDeath = deed.kind == Deed::Kind::RunUntilDeath;
    const std::int64_t from = deed.kind == Deed::Kind::RunTo ? 0 : snapshot.now.step;
    m_goal = from + (untilDeath ? longestWait : deed.steps);
    m_run = snapshot.run;
    if (!m_kept)
        m_kept = snapshot.stopCondition;
    m_hands.post(StopConditionCommand{{.nextDeath = untilDeath, .atStep = m_goal}});
    if (snapshot.now.step < *m_goal)
        m_hands.post(RunCommand{});
}

} // namespace flatline
