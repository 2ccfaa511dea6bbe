#include "core/training/worker.h"

#include "core/base/background_thread.h"
#include "core/training/overflow.h"
#include "core/training/recorder.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace flatline {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr auto publishInterval = std::chrono::milliseconds(16);
constexpr auto rateInterval = std::chrono::milliseconds(250); // over which steps a second are counted
// A picture may take this share of the time, and the fields (the dearest part) this: training goes first.
constexpr int pictureShare = 6;
constexpr auto fieldsInterval = std::chrono::milliseconds(96);

} // namespace

class TrainingWorker::Impl {
public:
    Impl(DatasetLoader data, ParameterLoader parameters)
        : m_loadData(std::move(data))
        , m_loadParameters(std::move(parameters)) {
        m_latest = std::make_shared<const Snapshot>();
        m_thread = std::thread([this] { run(); });
    }
    ~Impl() {
        {
            const std::lock_guard lock(m_mutex);
            m_stop = true;
        }
        m_wake.notify_all();
        m_thread.join();
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    void post(Command command) {
        {
            const std::lock_guard lock(m_mutex);
            m_commands.push_back(std::move(command));
            m_waiting = true;
        }
        m_wake.notify_all();
    }
    [[nodiscard]] std::shared_ptr<const Snapshot> latest() const {
        const std::lock_guard lock(m_mutex);
        return m_latest;
    }

private:
    enum class Goal { None, Forever, Epoch, Step };

    void run();
    void waitForWork(std::unique_lock<std::mutex>& lock);
    void trainForAWhile();
    void stepOnce();
    void stop();
    void publish();
    void publishIfDue();
    void countRate();

    void obey(const StartExperiment& command);
    void obey(const RunCommand&) { begin(Goal::Forever); }
    void obey(const PauseCommand&) { stop(); }
    void obey(const StepCommand&) { begin(Goal::Step); }
    void obey(const EpochCommand&) { begin(Goal::Epoch); }
    void obey(const ResetCommand&);
    void obey(const SpeedCommand& command);
    void obey(const ActCommand& command);
    void begin(Goal goal);

    [[nodiscard]] RunState stateNow() const;
    [[nodiscard]] std::optional<Clock::time_point> nextStepDue() const;

    DatasetLoader m_loadData;
    ParameterLoader m_loadParameters;

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Command> m_commands;           // under m_mutex
    bool m_stop = false;                      // under m_mutex
    std::shared_ptr<const Snapshot> m_latest; // under m_mutex
    std::atomic<bool> m_waiting{false};       // a command or the end is waiting: leave the inner loop

    // The worker's own, no lock:
    std::optional<Recorder> m_recorder;
    std::optional<Error> m_error; // why the last command could not be obeyed; until the next one that could
    Goal m_goal = Goal::None;
    double m_speed = 0.0; // steps a second, 0: no limit
    std::int64_t m_epochGoal = 0;
    Clock::time_point m_stepsFrom; // the pace's zero
    std::int64_t m_stepsSince = 0; // steps done since then
    Clock::time_point m_publishedAt;
    Clock::duration m_publishCost{};
    Clock::time_point m_fieldsAt;
    Clock::duration m_fieldsCost{};
    Clock::time_point m_rateFrom;
    std::int64_t m_rateSteps = 0;
    double m_rate = 0.0;
    bool m_overflowed = false; // a look at all samples met what is not finite
    std::uint64_t m_version = 0;
    std::uint64_t m_commandsObeyed = 0;
    std::uint64_t m_run = 0;
    std::thread m_thread;
};

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
        for (const Command& command : commands) {
            // Going on or pausing after a mistake does not take its message away.
            if (!std::holds_alternative<RunCommand>(command) && !std::holds_alternative<PauseCommand>(command) &&
                !std::holds_alternative<SpeedCommand>(command))
                m_error.reset();
            std::visit([this](const auto& one) { obey(one); }, command);
            ++m_commandsObeyed;
        }
        if (!commands.empty())
            publish();
        if (m_goal != Goal::None)
            trainForAWhile();
    }
}

void TrainingWorker::Impl::waitForWork(std::unique_lock<std::mutex>& lock) {
    const auto called = [this] { return m_stop || !m_commands.empty(); };
    if (m_goal == Goal::None)
        m_wake.wait(lock, called);
    else if (const auto due = nextStepDue())
        m_wake.wait_until(lock, *due, called);
}

std::optional<Clock::time_point> TrainingWorker::Impl::nextStepDue() const {
    if (m_speed <= 0.0 || m_goal != Goal::Forever)
        return std::nullopt;
    const Seconds sinceStart(static_cast<double>(m_stepsSince) / m_speed);
    return m_stepsFrom + std::chrono::duration_cast<Clock::duration>(sinceStart);
}

void TrainingWorker::Impl::trainForAWhile() {
    const auto until = Clock::now() + publishInterval;
    while (m_goal != Goal::None && !m_waiting.load(std::memory_order_relaxed)) {
        const auto now = Clock::now();
        const auto due = nextStepDue();
        if (now >= until || (due && *due > now))
            break;
        stepOnce();
    }
    if (m_goal != Goal::None)
        publishIfDue();
}

void TrainingWorker::Impl::stepOnce() {
    const bool finite = m_recorder->step();
    if (finite) {
        ++m_stepsSince;
        ++m_rateSteps;
    }
    const bool there =
        m_goal == Goal::Step || (m_goal == Goal::Epoch && m_recorder->trainer().epochsDone() >= m_epochGoal);
    if (!finite || there) {
        stop();
        publish();
    }
}

void TrainingWorker::Impl::begin(Goal goal) {
    if (!m_recorder || m_recorder->trainer().divergence() || m_overflowed)
        return;
    m_goal = goal;
    m_epochGoal = m_recorder->trainer().epochsDone() + 1;
    m_stepsFrom = m_rateFrom = Clock::now();
    m_stepsSince = m_rateSteps = 0;
}

void TrainingWorker::Impl::stop() {
    m_goal = Goal::None;
    m_rate = 0.0;
    if (m_recorder)
        m_recorder->finish();
}

RunState TrainingWorker::Impl::stateNow() const {
    if (!m_recorder)
        return m_error ? RunState::Failed : RunState::Loading;
    if (m_recorder->trainer().divergence() || m_overflowed)
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
    if (m_recorder)
        *snapshot = m_recorder->snapshot(fields);
    m_overflowed = m_recorder && !snapshot->now.finite();
    if (m_overflowed) { // a step sees its batch alone, a look all samples
        markOverflow(m_recorder->trainer(), *snapshot);
        m_goal = Goal::None;
        m_rate = 0.0;
    }
    snapshot->state = stateNow();
    snapshot->version = ++m_version;
    snapshot->run = m_run;
    snapshot->commands = m_commandsObeyed;
    snapshot->stepsPerSecond = m_rate;
    if (!snapshot->error)
        snapshot->error = m_error;
    m_publishedAt = Clock::now();
    (fields ? m_fieldsCost : m_publishCost) = m_publishedAt - begun;
    if (fields)
        m_fieldsAt = m_publishedAt;
    const std::lock_guard lock(m_mutex);
    m_latest = std::move(snapshot);
}

void TrainingWorker::Impl::obey(const StartExperiment& command) {
    stop(); // what runs is still there if the new one cannot start: a mistake in a file loses nothing
    Result<Dataset> data = m_loadData(command.settings);
    if (!data)
        return void(m_error = data.error());
    const auto dataset = std::make_shared<const Dataset>(std::move(data).value());
    std::vector<float> start;
    if (const std::string& file = command.settings.initialization.file; !file.empty()) {
        const Result<NetworkSpec> spec = makeNetworkSpec(command.settings, *dataset);
        if (!spec)
            return void(m_error = spec.error());
        Result<std::vector<float>> read = m_loadParameters(file, Network<float>(spec.value()).layout());
        if (!read)
            return void(m_error = read.error());
        start = std::move(read).value();
    }
    Result<Trainer> trainer = Trainer::create(command.settings, dataset, std::move(start));
    if (!trainer)
        return void(m_error = trainer.error());
    m_recorder.emplace(std::move(trainer).value());
    m_overflowed = false;
    ++m_run;
    m_publishCost = m_fieldsCost = {};
}

void TrainingWorker::Impl::obey(const ResetCommand&) {
    if (!m_recorder)
        return;
    stop();
    m_recorder->reset();
    m_overflowed = false;
    ++m_run;
}

void TrainingWorker::Impl::obey(const SpeedCommand& command) {
    m_speed = command.stepsPerSecond;
    m_stepsFrom = Clock::now();
    m_stepsSince = 0;
}

void TrainingWorker::Impl::obey(const ActCommand& command) {
    if (!m_recorder)
        return;
    if (const Result<void> acted = m_recorder->act(command.action); !acted)
        m_error = acted.error();
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
