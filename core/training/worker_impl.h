#pragma once

#include "core/session/session.h"
#include "core/session/stop_watch.h"
#include "core/session/twins.h"
#include "core/training/worker.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace flatline {

/// What TrainingWorker is made of: the thread, the pace and the publishing are in worker.cpp, what commands do in
/// worker_commands.cpp.
class TrainingWorker::Impl {
public:
    Impl(DatasetLoader data, ParameterLoader parameters);
    ~Impl();
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    void post(Command command);
    [[nodiscard]] std::shared_ptr<const Snapshot> latest() const;

private:
    using Clock = std::chrono::steady_clock;
    enum class Goal { None, Forever, Epoch, Step };

    void run();
    void waitForWork(std::unique_lock<std::mutex>& lock);
    void obeyAll(const std::deque<Command>& commands);
    void trainForAWhile();
    void stepOnce();
    void travelOn();
    void arrive();
    void stop();
    void publish();
    void publishIfDue();
    void countRate();

    void obey(const StartExperiment& command);
    void obey(const RunCommand&) { begin(Goal::Forever); }
    void obey(const PauseCommand&) { stop(); }
    void obey(const StepCommand&);
    void obey(const EpochCommand&) { begin(Goal::Epoch); }
    void obey(const ResetCommand&);
    void obey(const SpeedCommand& command);
    void obey(const ActCommand& command);
    void obey(const TravelCommand& command);
    void obey(const LiveCommand&);
    void obey(const StepBackCommand&);
    void obey(const ResumeHereCommand&);
    void obey(const UndoCommand&);
    void obey(const RedoCommand&);
    void obey(const DiscardBranchCommand&);
    void obey(const HistoryCapCommand& command);
    void obey(const StopConditionCommand& command);
    void obey(const CloneCommand&);
    void obey(const DropTwinCommand&);
    void obey(const SwapRunsCommand&);
    void obey(const ChooseRunCommand& command);
    void begin(Goal goal);
    [[nodiscard]] Result<Trainer> makeTrainer(const Settings& settings, std::shared_ptr<const Dataset> dataset);
    [[nodiscard]] Result<std::shared_ptr<const Dataset>> makeData(const Settings& settings);
    Result<void> restart(const StartExperiment& command);
    Result<void> restartAmongTwins(const Settings& settings);
    /// The one that actions are about.
    [[nodiscard]] Session& chosen() { return m_chosen == 0 ? *m_session : m_twins[m_chosen - 1]; }
    [[nodiscard]] bool twinsBehind() const { return m_session && m_twins.behind(m_session->shown().stepsDone()); }
    void shareCap();

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
    std::optional<Session> m_session;
    Twins m_twins;
    std::size_t m_chosen = 0; // 0: A
    std::size_t m_historyCap = Session::defaultHistoryCap;
    StopWatch m_stopWatch;
    std::optional<Stopped> m_stopped; // why it last stopped by itself; until it moves otherwise
    std::optional<Error> m_error;     // why the last command could not be obeyed; until the next one that could
    Goal m_goal = Goal::None;
    std::optional<std::int64_t> m_journey; // a far travel under way: until it is there, a moment before is shown
    double m_speed = 0.0;                  // steps a second, 0: no limit
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
    std::thread m_thread;
};

} // namespace flatline
