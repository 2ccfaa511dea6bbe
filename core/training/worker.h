#pragma once

#include "core/training/snapshot.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <variant>

namespace flatline {

/// What the window may ask of the worker.
struct StartExperiment { ///< builds the data and the network anew; the run is paused at step 0
    Settings settings;
    /// The chosen run starts so, beside its twins, which get the same data and seed; else they go.
    bool keepTwins = false;
};
struct RunCommand {}; ///< train until told otherwise
struct PauseCommand {};
struct StepCommand {};  ///< one batch, then pause
struct EpochCommand {}; ///< to the end of the running epoch, then pause
struct ResetCommand {}; ///< to the same initialization; changes made by hand are undone, pauses
struct SpeedCommand {
    double stepsPerSecond = 0.0; ///< 0: as fast as it goes
};
struct ActCommand { ///< a kick or a live change, at once, recorded as an intervention of the experiment
    Action action;
};
/// Time. Moving to another moment pauses. While a moment of the past is shown, RunCommand and EpochCommand play the
/// recording on at the set speed, until the run's last step at most, StepCommand one step of it; an action there is an
/// edit of that moment: it resumes from there first.
/// To that step; the run's last one is live. Of several that wait in a row only the newest counts. Where it takes long,
/// a moment before it is shown until it is there.
struct TravelCommand {
    std::int64_t step = 0;
};
struct LiveCommand {};       ///< back to where the run stands
struct StepBackCommand {};   ///< one step before what is shown
struct ResumeHereCommand {}; ///< the run goes on from the past moment shown; the one that is left can be brought back
struct UndoCommand {};       ///< what Snapshot::undo says
struct RedoCommand {};
struct DiscardBranchCommand {}; ///< the newest run that was left by resuming earlier is given up
struct HistoryCapCommand {
    std::size_t bytes = 0;
};
struct StopConditionCommand { ///< from now on, in every RunCommand; one that is empty: never
    StopCondition condition;
};
/// Twins: runs in lockstep with the first, A. Time goes on and is travelled for all of them; actions, undo and
/// StartExperiment with keepTwins are about the chosen one.
struct CloneCommand {};    ///< a twin goes on from the moment of the chosen run, and is chosen
struct DropTwinCommand {}; ///< the chosen one, unless it is A; A is chosen then
struct SwapRunsCommand {}; ///< the chosen one, or B where A is chosen, becomes A, which takes its place; it is chosen
struct ChooseRunCommand {
    std::size_t index = 0; ///< 0: A
};
using Command = std::variant<StartExperiment, RunCommand, PauseCommand, StepCommand, EpochCommand, ResetCommand,
                             SpeedCommand, ActCommand, TravelCommand, LiveCommand, StepBackCommand, ResumeHereCommand,
                             UndoCommand, RedoCommand, DiscardBranchCommand, HistoryCapCommand, StopConditionCommand,
                             CloneCommand, DropTwinCommand, SwapRunsCommand, ChooseRunCommand>;

/// Makes the data that the settings ask for. Called on the worker's thread.
using DatasetLoader = std::function<Result<Dataset>(const Settings&)>;
/// Reads initialization.file: the starting parameters in the layout's order. Called on the worker's thread.
using ParameterLoader = std::function<Result<std::vector<float>>(const std::string& file, const Layout& layout)>;

/// Trains on a thread of its own. Commands go in, the newest snapshot comes out; neither side waits for the
/// other for longer than it takes to swap a pointer. The thread publishes at most every 16 ms, on pause and
/// after a command.
class TrainingWorker {
public:
    TrainingWorker(DatasetLoader data, ParameterLoader parameters);
    /// Blocks until the step under way is done (well under a second).
    ~TrainingWorker();
    TrainingWorker(const TrainingWorker&) = delete;
    TrainingWorker& operator=(const TrainingWorker&) = delete;

    /// Any thread. Never blocks longer than a mutex that nobody holds for long.
    void post(Command command);
    /// Any thread; never null. Commands posted so far may not be in it yet.
    [[nodiscard]] std::shared_ptr<const Snapshot> latest() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace flatline
