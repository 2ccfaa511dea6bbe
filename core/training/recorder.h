#pragma once

#include "core/training/history.h"
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
    int maximumKeyframes = 256;                     ///< as many as a path on the landscape can show
};

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

    /// The newest row, which may be some steps old; finish() makes it new.
    [[nodiscard]] const Observation& last() const;
    [[nodiscard]] const std::vector<std::shared_ptr<const Observation>>& rows() const { return m_history.rows(); }
    [[nodiscard]] const std::vector<std::shared_ptr<const Keyframe>>& keyframes() const { return m_keyframes; }

    /// The run as it is now, observed and diagnosed in full. `fields`: also what the network makes of the
    /// plane. state, version, run and stepsPerSecond are left for the caller.
    [[nodiscard]] Snapshot snapshot(bool fields);

private:
    void start();
    void record(bool afterIntervention);
    void recordKeyframe();
    [[nodiscard]] HistoryUse historyUse() const;
    void adaptHistogramRange(const Diagnosis& diagnosis);

    Trainer m_trainer;
    RecorderOptions m_options;
    History m_history;
    std::vector<std::shared_ptr<const Keyframe>> m_keyframes;
    std::shared_ptr<const Fields> m_fields;
    std::int64_t m_keyframeStride = 1;
    float m_histogramRange = 6.0F;
};

} // namespace flatline
