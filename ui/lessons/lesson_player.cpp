#include "ui/lessons/lesson_player.h"

#include "ui/lessons/deeds.h"
#include "ui/window/status_text.h"

#include <utility>

namespace flatline {

LessonPlayer::LessonPlayer(LessonHands hands, QObject* parent)
    : QObject(parent)
    , m_hands(std::move(hands))
    , m_runner(m_hands) {
    connect(&m_runner, &DeedRunner::done, this, &LessonPlayer::tasksDone);
    connect(&m_runner, &DeedRunner::failed, this, &LessonPlayer::giveUp);
    connect(&m_runner, &DeedRunner::lostRun, this,
            [this] { giveUp(tr("The run is another one now. The page can be set up again.")); });
}

void LessonPlayer::open(std::shared_ptr<const Lesson> lesson, const LessonPlace& place, std::size_t page, Opening how) {
    close();
    m_lesson = std::move(lesson);
    m_place = place;
    m_taken.assign(pages(), {});
    m_at = page < pages() ? page : 0;
    m_finished = false;
    m_runAt.reset();
    emit opened();
    emit pageTurned();
    if (how == Opening::SetUp)
        setUp();
    else
        arrive();
    announce();
}

void LessonPlayer::close() {
    if (!isOpen())
        return;
    m_runner.stop();
    m_lesson.reset();
    m_settingUp = m_arrived = false;
    emit closed();
}

LessonPlayer::Stage LessonPlayer::stage() const {
    const LessonPage& page = current();
    const Taken& taken = m_taken[m_at];
    if (!page.question && !page.action)
        return Stage::Reading;
    if (taken.done)
        return Stage::Revealed;
    return page.question && !taken.locked ? Stage::Predicting : Stage::Acting;
}

bool LessonPlayer::right() const {
    return current().question && choice() == current().question->right;
}

bool LessonPlayer::canAct() const {
    return stage() == Stage::Acting && hasDeed() && !m_settingUp && (!m_runner.busy() || m_runner.paused());
}

QString LessonPlayer::deedLabel() const {
    if (!hasDeed())
        return {};
    if (pausedInDeed())
        return tr("Go on");
    const PageAction& action = *current().action;
    return action.label.empty() ? deedsText(action.deeds) : QString::fromStdString(action.label);
}

void LessonPlayer::choose(std::size_t choice) {
    if (stage() != Stage::Predicting || choice >= current().question->choices.size())
        return;
    m_taken[m_at].choice = choice;
    emit changed();
}

void LessonPlayer::lockIn() {
    if (stage() != Stage::Predicting || !choice())
        return;
    m_taken[m_at].locked = true;
    judge();
    announce();
}

void LessonPlayer::act() {
    if (!canAct())
        return;
    if (m_runner.paused())
        m_runner.goOn();
    else
        m_runner.start({current().action->deeds.begin(), current().action->deeds.end()}, DeedRunner::Pace::AsSet);
    announce();
}

void LessonPlayer::next() {
    if (lastPage())
        emit lessonEnded();
    else
        turnTo(m_at + 1);
}

void LessonPlayer::back() {
    if (m_at > 0)
        turnTo(m_at - 1);
}

void LessonPlayer::turnTo(std::size_t page) {
    if (page >= pages() || page == m_at)
        return;
    m_runner.stop();
    m_settingUp = m_arrived = m_deedsDone = false;
    m_at = page;
    emit pageTurned();
    if (!m_taken[page].done)
        setUp();
    announce();
}

void LessonPlayer::setUpAgain() {
    m_runner.stop();
    m_taken[m_at] = {};
    m_runAt.reset();
    emit pageTurned();
    setUp();
    announce();
}

/// Whether the run is where the page begins already: it is as the page found it, or goes on from the page before.
bool LessonPlayer::runFits() const {
    if (!m_runAt || !m_snapshot || m_snapshot->run != m_run)
        return false;
    if (m_runAt == m_at)
        return m_snapshot->now.step == m_step && m_snapshot->experiment.interventions.size() == m_interventions;
    return !current().stage.experiment && *m_runAt + 1 == m_at && m_taken[*m_runAt].done;
}

void LessonPlayer::setUp() {
    m_arrived = m_deedsDone = false;
    m_settingUp = false;
    const Result<std::vector<LessonTask>> tasks = wayTo(m_at);
    if (!tasks)
        return giveUp(errorText(tasks.error()));
    if (tasks.value().empty())
        return arrive();
    m_settingUp = true;
    m_runAt.reset();
    m_runner.start(tasks.value(), DeedRunner::Pace::Full);
}

/// From where the run is to where the page begins: nothing where it goes on, else from the last experiment on, with
/// the deeds of the pages between.
Result<std::vector<LessonTask>> LessonPlayer::wayTo(std::size_t page) const {
    std::vector<LessonTask> tasks;
    if (runFits())
        return tasks;
    std::size_t from = page;
    while (from > 0 && !m_lesson->pages[from].stage.experiment)
        --from;
    const LessonPage& first = m_lesson->pages[from];
    if (!first.stage.experiment)
        return tasks; // the lesson takes the run as it finds it
    const PageStage& stage = first.stage;
    const Result<Settings> settings = m_hands.openExperiment(*m_lesson, *stage.experiment, stage.set, stage.line);
    if (!settings)
        return settings.error();
    tasks.emplace_back(StartRun{settings.value()});
    if (stage.steps > 0) {
        Deed train;
        train.kind = Deed::Kind::RunTo;
        train.steps = stage.steps;
        tasks.emplace_back(train);
    }
    for (std::size_t i = from; i < page; ++i)
        if (const auto& action = m_lesson->pages[i].action)
            for (const Deed& deed : deedsOf(*action))
                tasks.emplace_back(deed);
    return tasks;
}

/// The run is what the page needs.
void LessonPlayer::arrive() {
    m_settingUp = false;
    m_arrived = true;
    m_runAt = m_at;
    if (!m_snapshot)
        return;
    m_run = m_snapshot->run;
    m_step = m_snapshot->now.step;
    m_interventions = m_snapshot->experiment.interventions.size();
    m_awaiting.begin(current().action ? current().action->until : std::vector<Awaited>(), *m_snapshot);
    emit arrived();
    if (stage() == Stage::Reading)
        finishPage();
}

void LessonPlayer::tasksDone() {
    if (m_settingUp) {
        arrive();
    } else {
        m_deedsDone = true;
        judge();
    }
    announce();
}

void LessonPlayer::giveUp(const QString& why) {
    m_settingUp = false;
    emit problemFound(why);
    announce();
}

void LessonPlayer::showFrame(const Frame& frame) {
    const bool first = !std::exchange(m_snapshot, frame.snapshot);
    if (!isOpen())
        return;
    if (first && m_arrived)
        arrive();
    if (m_arrived)
        m_awaiting.see(*m_snapshot);
    m_runner.follow(*m_snapshot);
    if (!isOpen())
        return;
    judge();
    announce();
}

/// Whether the page is done.
void LessonPlayer::judge() {
    if (!m_arrived || stage() != Stage::Acting || m_runner.busy())
        return;
    const auto& action = current().action;
    if (!action || (action->until.empty() ? m_deedsDone : m_awaiting.fulfilled()))
        finishPage();
}

void LessonPlayer::finishPage() {
    if (std::exchange(m_taken[m_at].done, true))
        return;
    m_run = m_snapshot ? m_snapshot->run : 0;
    emit pageDone();
    if (lastPage() && !std::exchange(m_finished, true))
        emit finished();
}

void LessonPlayer::announce() {
    if (!isOpen())
        return;
    const Shown now{stage(), m_settingUp, acting(), pausedInDeed()};
    if (std::exchange(m_shown, now) != now)
        emit changed();
}

} // namespace flatline
