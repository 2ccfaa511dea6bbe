#pragma once

#include "core/training/history.h"
#include "core/training/moment.h"
#include "core/training/snapshot.h"
#include "core/training/trainer.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace flatline {

/// How often a run is looked at.
struct RecorderOptions {
    /// One row each so many steps (the command line's --every). 0: the recorder chooses: each step while that
    /// is cheap, then rarer by powers of two, so that at most `maximumRows` are kept. Extremes and events are
    /// never lost.
    std::int64_t every = 0;
    int maximumRows = 4096;
    std::size_t maximumKeyframeBytes = 200U << 20U; ///< what a student's machine can spare beside a browser
    /// A step of ten million is then at most 4096 small steps from one: as long as a few looks at the training set
    /// take.
    int maximumKeyframes = 4096;
    int pathPoints = 256; ///< of the keyframes, as many as a path on the landscape can show
};

/// How many steps can be made while nobody notices. By the work of a step alone, so that it is the same everywhere.
[[nodiscard]] std::int64_t stepsWithinAPicture(const Trainer& trainer);

/// What they take in memory.
[[nodiscard]] std::size_t bytesOf(const Keyframe& keyframe);
[[nodiscard]] std::size_t bytesOf(const Observation& row);

/// A trainer with its history: the trace's rows, the curves, the keyframes. One thread. What it records
/// depends on the settings and the steps alone, never on the clock.
class Recorder {
public:
    Recorder(Trainer trainer, RecorderOptions options = {});

    [[nodiscard]] const Trainer& trainer() const { return m_trainer; }

    /// One step; a row and a keyframe where they are due. False where it diverged: nothing moved.
    bool step();
    /// Trainer::act, then another look at the same step.
    Result<void> act(const Action& action);
    /// Makes sure that the step reached has a row.
    void finish();
    /// Back to step 0 and the same initialization; what was done by hand is forgotten.
    void reset();
    /// This run up to the moment at which that trainer of the same run stands, to be gone on with from there. Rows and
    /// keyframes are shared.
    [[nodiscard]] Recorder branch(Trainer at) const;
    /// Thins the keyframes at once where they take more.
    void setKeyframeBytes(std::size_t bytes);
    /// Another trainer that stands where this run stands.
    [[nodiscard]] Trainer cloneTrainer() { return m_trainer.clone(); }
    [[nodiscard]] Keyframe keyframe() { return m_trainer.keyframe(); }
    [[nodiscard]] double trainingLoss() { return m_trainer.trainingLoss(); }
    /// Put aside: gives back the memory that only steps need.
    void rest() { m_trainer.rest(); }

    /// The newest row, which may be some steps old; finish() makes it new.
    [[nodiscard]] const Observation& last() const;
    [[nodiscard]] const std::vector<std::shared_ptr<const Observation>>& rows() const { return m_history.rows(); }
    [[nodiscard]] const std::vector<std::shared_ptr<const Keyframe>>& keyframes() const { return m_keyframes; }
    /// The newest keyframe at or before that step from which the run can be gone on with, its case files included.
    /// Interventions at its step have not acted yet.
    [[nodiscard]] const Keyframe& keyframeBefore(std::int64_t step) const;
    /// How far such keyframes are apart, in steps; between them may be others, for the path.
    [[nodiscard]] std::int64_t keyframeStride() const;
    [[nodiscard]] HistoryUse historyUse() const;
    /// How often keyframes have been thinned out.
    [[nodiscard]] int thinnings() const { return m_thinnings; }

    /// What a snapshot says of the run as a whole: rows, curves that end with `now`, events, marks, path, experiment.
    void describeRun(const Observation& now, Snapshot& snapshot) const;
    /// The run as it is now, observed and diagnosed in full. `fields`: also what the network makes of the
    /// plane. state, version, run and stepsPerSecond are left for the caller.
    [[nodiscard]] Snapshot snapshot(bool fields);

private:
    Recorder(const Recorder& run, Trainer at); ///< that run's history, with another trainer
    void start();
    void record(bool afterIntervention);
    void recordKeyframe();
    void thinKeyframes();
    [[nodiscard]] std::size_t mostKeyframes() const;
    [[nodiscard]] std::vector<std::shared_ptr<const Keyframe>> path() const;

    Trainer m_trainer;
    RecorderOptions m_options;
    History m_history;
    std::vector<std::shared_ptr<const Keyframe>> m_keyframes;
    MomentWriter m_writer;
    std::int64_t m_keyframeStride = 1;
    std::size_t m_keyframeBytes = 0; ///< of all of them
    int m_thinnings = 0;
};

} // namespace flatline
