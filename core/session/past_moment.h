#pragma once

#include "core/training/recorder.h"

namespace flatline {

/// A moment of a run before its end, looked at with a trainer of its own: the run itself stays untouched. One thread.
/// The moment shown is after all interventions of its step.
class PastMoment {
public:
    /// Keeps a reference to the run, which must stay as it is meanwhile. Stands nowhere before goTo. `room`: bytes that
    /// moments kept on its way may take.
    PastMoment(Recorder& run, std::size_t room);

    /// To a step of the run before its last: exact, by a replay from the nearest keyframe or from where it stands.
    void goTo(std::int64_t step);
    /// Some of that way, in about the time of a picture. False: it stands somewhere before the step, and another call
    /// goes on.
    bool approach(std::int64_t step);
    /// Whether one approach is enough.
    [[nodiscard]] bool isNear(std::int64_t step) const;
    /// One step on. False at the run's last step but one: the next is the run itself.
    bool step();

    [[nodiscard]] const Trainer& trainer() const { return m_trainer; }
    [[nodiscard]] Trainer cloneTrainer() { return m_trainer.clone(); }
    [[nodiscard]] double trainingLoss() { return m_trainer.trainingLoss(); }
    [[nodiscard]] std::int64_t stepsDone() const { return m_trainer.stepsDone(); }
    [[nodiscard]] std::size_t bytesKept() const; ///< of the moments kept on its way
    /// The run's row of this step; null where none is kept.
    [[nodiscard]] const Observation* row() const;
    /// Rows, curves, events, marks, experiment and path are the whole run's; all else is of this moment.
    [[nodiscard]] Snapshot snapshot(bool fields);
    /// The run up to here, to be gone on with; what was done by hand after this moment leaves the experiment.
    [[nodiscard]] Recorder branch();

private:
    [[nodiscard]] const Keyframe& startFor(std::int64_t step) const;
    [[nodiscard]] bool goesOnTo(std::int64_t step, const Keyframe& start) const;
    void keepOnTheWay();

    Recorder* m_run;
    std::size_t m_room;
    Trainer m_trainer;
    MomentWriter m_writer;
    Snapshot m_whole; ///< what a snapshot says of the whole run
    bool m_placed = false;
    std::int64_t m_stepsAtOnce;                          ///< of an approach
    std::int64_t m_keptBetween;                          ///< moments kept on the way, at most
    std::int64_t m_spacing;                              ///< of these, in steps
    std::vector<std::shared_ptr<const Keyframe>> m_kept; ///< of the way made last, for the steps back
};

} // namespace flatline
