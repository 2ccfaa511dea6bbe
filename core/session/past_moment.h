#pragma once

#include "core/training/recorder.h"

namespace flatline {

/// A moment of a run before its end, looked at with a trainer of its own: the run itself stays untouched. One thread.
/// The moment shown is after all interventions of its step.
class PastMoment {
public:
    /// Keeps a reference to the run, which must stay as it is meanwhile. Stands nowhere before goTo.
    explicit PastMoment(Recorder& run);

    /// To a step of the run before its last: exact, by a replay from the nearest keyframe or from where it stands.
    void goTo(std::int64_t step);
    /// One step on. False at the run's last step but one: the next is the run itself.
    bool step();

    [[nodiscard]] const Trainer& trainer() const { return m_trainer; }
    [[nodiscard]] Trainer cloneTrainer() { return m_trainer.clone(); }
    [[nodiscard]] double trainingLoss() { return m_trainer.trainingLoss(); }
    [[nodiscard]] std::int64_t stepsDone() const { return m_trainer.stepsDone(); }
    /// The run's row of this step; null where none is kept.
    [[nodiscard]] const Observation* row() const;
    /// Rows, curves, events, marks, experiment and path are the whole run's; all else is of this moment.
    [[nodiscard]] Snapshot snapshot(bool fields);
    /// The run up to here, to be gone on with; what was done by hand after this moment leaves the experiment.
    [[nodiscard]] Recorder branch();

private:
    Recorder* m_run;
    Trainer m_trainer;
    MomentWriter m_writer;
    Snapshot m_whole; ///< what a snapshot says of the whole run
    bool m_placed = false;
};

} // namespace flatline
