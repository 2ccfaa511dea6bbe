#include "core/training/worker.h"

#include "core/base/background_thread.h"
#include "core/training/overflow.h"
#include "core/training/worker_impl.h"

#include <algorithm>

namespace flatline {
namespace {

using Seconds = std::chrono::duration<double>;

constexpr auto publishInterval = std::chrono::milliseconds(16);
constexpr auto rateInterval = std::chrono::milliseconds(250); // over which steps a second are counted
// A picture may take this share of the time, and the fields (the dearest part) this: training goes first.
constexpr int pictureShare = 6;
constexpr auto fieldsInterval = std::chrono::milliseconds(96);

/// Going on or pausing after a mistake does not take its message away, nor does what says how to go on.
bool keepsError(const Command& command) {
    return std::holds_alternative<RunCommand>(command) || std::holds_alternative<PauseCommand>(command) ||
           std::holds_alternative<SpeedCommand>(command) || std::holds_alternative<HistoryCapCommand>(command) ||
           std::holds_alternative<StopConditionCommand>(command);
}

} // namespace

TrainingWorker::Impl::Impl(DatasetLoader data, ParameterLoader parameters)
    : m_loadData(std::move(data))
    , m_loadParameters(std::move(parameters)) {
    m_latest = std::make_shared<const Snapshot>();
    m_thread = std::thread([this] { run(); });
}

TrainingWorker::Impl::~Impl() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void TrainingWorker::Impl::post(Command command) {
    {
        const std::lock_guard lock(m_mutex);
        m_commands.push_back(std::move(command));
        m_waiting = true;
    }
    m_wake.notify_all();
}

std::shared_ptr<const Snapshot> TrainingWorker::Impl::latest() const {
    const std::lock_guard lock(m_mutex);
    return m_latest;
}

void TrainingWorker::Impl::run() {
    yieldToTheWindow();
    for (;;) {
        std::deque<Command> commands;
        {
            std::unique_lock lock(m_mutex);
            waitForWork(lock);
            if (m_stop)
                return;
            commands.swap(m_commands);
            m_waiting = false;
        }
        obeyAll(commands);
        if (!commands.empty())
            publish();
        if (m_journey)
            travelOn();
        else if (m_goal != Goal::None || twinsBehind())
            trainForAWhile();
    }
}

void TrainingWorker::Impl::obeyAll(const std::deque<Command>& commands) {
    for (std::size_t i = 0; i < commands.size(); ++i) {
        ++m_commandsObeyed;
        if (std::holds_alternative<TravelCommand>(commands[i]) && i + 1 < commands.size() &&
            std::holds_alternative<TravelCommand>(commands[i + 1]))
            continue; // a hand drags: only where it is now counts
        if (!std::holds_alternative<TravelCommand>(commands[i]))
            arrive();
        if (!keepsError(commands[i]))
            m_error.reset();
        std::visit([this](const auto& one) { obey(one); }, commands[i]);
        if (m_session)
            m_twins.align(m_session->shown().stepsDone());
    }
}

void TrainingWorker::Impl::waitForWork(std::unique_lock<std::mutex>& lock) {
    const auto called = [this] { return m_stop || !m_commands.empty(); };
    if (m_journey || twinsBehind())
        return;
    if (m_goal == Goal::None)
        m_wake.wait(lock, called);
    else if (const auto due = nextStepDue())
        m_wake.wait_until(lock, *due, called);
}

auto TrainingWorker::Impl::nextStepDue() const -> std::optional<Clock::time_point> {
    if (m_speed <= 0.0 || m_goal != Goal::Forever)
        return std::nullopt;
    const Seconds sinceStart(static_cast<double>(m_stepsSince) / m_speed);
    return m_stepsFrom + std::chrono::duration_cast<Clock::duration>(sinceStart);
}

void TrainingWorker::Impl::trainForAWhile() {
    const auto until = Clock::now() + publishInterval;
    const bool catchingUp = twinsBehind();
    while ((m_goal != Goal::None || twinsBehind()) && !m_waiting.load(std::memory_order_relaxed)) {
        const auto now = Clock::now();
        if (twinsBehind() && now < until) { // A waits for them
            m_twins.step(m_session->shown().stepsDone());
            m_stepsFrom = now;
            m_stepsSince = 0;
            continue;
        }
        const auto due = nextStepDue();
        if (now >= until || (due && *due > now))
            break;
        stepOnce();
    }
    if (catchingUp && m_goal == Goal::None && !twinsBehind())
        publish(); // they have arrived, and nothing follows
    else if (m_goal != Goal::None || catchingUp)
        publishIfDue();
}

void TrainingWorker::Impl::stepOnce() {
    const bool past = m_session->past();
    const bool finite = m_session->step();
    if (finite) {
        ++m_stepsSince;
        ++m_rateSteps;
        m_twins.step(m_session->shown().stepsDone());
    }
    if (finite && m_goal == Goal::Forever)
        m_stopped = m_stopWatch.check(*m_session);
    // A replay ends where the run stands: nothing new is trained that was not asked for.
    const bool atHead = past && !m_session->past();
    if (atHead && !m_stopped && m_goal != Goal::Step)
        m_stopped = {.why = Stopped::Why::Head, .step = m_session->shown().stepsDone()};
    const bool there =
        m_goal == Goal::Step || (m_goal == Goal::Epoch && m_session->shown().epochsDone() >= m_epochGoal);
    if (!finite || there || atHead || m_stopped) {
        stop();
        publish();
    }
}

RunState TrainingWorker::Impl::stateNow() const {
    if (!m_session)
        return m_error ? RunState::Failed : RunState::Loading;
    if (m_session->shown().divergence() || m_overflowed)
        return RunState::Diverged;
    return m_goal == Goal::None ? RunState::Paused : RunState::Running;
}

void TrainingWorker::Impl::countRate() {
    const auto now = Clock::now();
    if (now - m_rateFrom < rateInterval)
        return;
    m_rate = static_cast<double>(m_rateSteps) / Seconds(now - m_rateFrom).count();
    m_rateFrom = now;
    m_rateSteps = 0;
}

void TrainingWorker::Impl::publishIfDue() {
    countRate();
    const auto wait = std::max<Clock::duration>(publishInterval, pictureShare * m_publishCost);
    if (Clock::now() - m_publishedAt >= wait)
        publish();
}

void TrainingWorker::Impl::publish() {
    const auto begun = Clock::now();
    const auto fieldsWait = std::max<Clock::duration>(fieldsInterval, 2 * pictureShare * m_fieldsCost);
    const bool fields = stateNow() != RunState::Running || begun - m_fieldsAt >= fieldsWait;
    auto snapshot = std::make_shared<Snapshot>();
    if (m_session)
        *snapshot = m_session->snapshot(fields);
    snapshot->run = m_twins.firstRun(snapshot->run);
    m_overflowed = m_session && !snapshot->now.finite();
    if (m_overflowed) { // a step sees its batch alone, a look all samples
        markOverflow(m_session->shown(), *snapshot);
        m_goal = Goal::None;
        m_rate = 0.0;
    }
    snapshot->state = stateNow();
    snapshot->version = ++m_version;
    snapshot->commands = m_commandsObeyed - (m_journey ? 1 : 0); // a travel is obeyed when it is there
    snapshot->stepsPerSecond = m_rate;
    snapshot->stopCondition = m_stopWatch.condition();
    snapshot->stopped = m_stopped;
    if (!snapshot->error)
        snapshot->error = m_error;
    if (m_session)
        snapshot->twins = m_twins.snapshots(fields, *snapshot);
    snapshot->chosen = m_chosen;
    m_publishedAt = Clock::now();
    (fields ? m_fieldsCost : m_publishCost) = m_publishedAt - begun;
    if (fields)
        m_fieldsAt = m_publishedAt;
    const std::lock_guard lock(m_mutex);
    m_latest = std::move(snapshot);
}

TrainingWorker::TrainingWorker(DatasetLoader data, ParameterLoader parameters)
    : m_impl(std::make_unique<Impl>(std::move(data), std::move(parameters))) {}

TrainingWorker::~TrainingWorker() = default;

void TrainingWorker::post(Command command) {
    m_impl->post(std::move(command));
}

std::shared_ptr<const Snapshot> TrainingWorker::latest() const {
    return m_impl->latest();
}

} // namespace flatline
