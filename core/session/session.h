#pragma once

#include "core/session/past_moment.h"
#include "core/session/undo_history.h"

namespace flatline {

/// A run that is worked with: it trains, moments of its past are looked at, it goes on from one of them, and all that
/// is done by hand can be taken back. No threads, no clock: what it comes to depends on the calls alone.
///
/// Shown is the run as it stands (live), or a moment of its past. Moving in the past never touches the run: a step
/// there repeats one step of it exactly, and a step to its last one is live again. To act in the past is to go on from
/// there: it resumes first.
class Session {
public:
    static constexpr std::size_t defaultHistoryCap = 200U << 20U; ///< what a student's machine can spare
    explicit Session(Trainer trainer, std::size_t historyCap = defaultHistoryCap);

    /// Another session that goes on from the moment shown, with nothing to undo.
    [[nodiscard]] Session branch(std::size_t historyCap);

    [[nodiscard]] const Recorder& run() const { return *m_run; }
    [[nodiscard]] bool past() const { return m_past.has_value(); }
    [[nodiscard]] const Trainer& shown() const { return m_past ? m_past->trainer() : m_run->trainer(); }
    /// The row of the step shown; null where the history keeps none of it.
    [[nodiscard]] const Observation* row() const;
    /// The training loss of the step shown, as its row says it or would; without a row it costs a pass over the
    /// training set.
    [[nodiscard]] double trainingLoss();
    /// Rises whenever another run takes the place of the one there was, from 1.
    [[nodiscard]] std::uint64_t runNumber() const { return m_runNumber; }

    /// One step: of the run, or of the replay. False where the run diverged: nothing moved.
    bool step();
    /// Makes sure that the step the run has reached has a row.
    void finish() { m_run->finish(); }
    /// A kick or a live change, at the moment shown. The error says why not; then nothing changed.
    Result<void> act(const Action& action);

    /// To that step, at most the run's last, which is live.
    void travel(std::int64_t step);
    /// Where that takes longer than a picture may: to the newest moment before it that is kept, and true.
    bool glance(std::int64_t step);
    /// Some of the way from there, as long as a picture takes. True: it is there.
    bool approach(std::int64_t step) { return !m_past || m_past->approach(step); }
    void live() { m_past.reset(); }
    /// One step before what is shown; nothing at step 0.
    void stepBack();
    /// The run goes on from the past moment shown. What was done by hand after it is not part of it any more; the run
    /// that is left so is kept until it is discarded, or there is no room for it. False where no past moment is shown.
    bool resumeHere();

    /// Another experiment, another start; the run there was is kept for an undo.
    void restart(Trainer trainer);
    /// Back to step 0 and the same initialization, with the live settings of the moment shown.
    void reset();

    /// Takes back, does again. A live setting is set back as of now, whether or not the run has gone on. A kick, a
    /// reset of neurons, a warming or an edit of parameters: the run is that of the moment before. A restart, or going
    /// on from an earlier moment: the run that was left is there as it stood. Leaves the past. The error says why not.
    Result<void> undo();
    Result<void> redo();
    /// The newest run that was left by resumeHere is given up. False where there is none.
    bool discardAbandoned();

    /// Of all keyframes, rows and kept runs, and of what a far travel keeps on its way. Kept runs together take at most
    /// half of it, and the oldest go first.
    void setHistoryCap(std::size_t bytes);

    /// What is shown. state, version, stepsPerSecond, stopCondition and stopped are left for the caller.
    [[nodiscard]] Snapshot snapshot(bool fields);

private:
    Session(std::unique_ptr<Recorder> run, std::size_t historyCap);
    [[nodiscard]] PastMoment& pastMoment(); ///< made where there is none
    [[nodiscard]] std::size_t historyBytes() const;
    void put(std::unique_ptr<Recorder> run, EditNote note);
    void swapRuns(Edit& edit);
    void note(const Action& action, const Settings& before, std::shared_ptr<const Keyframe> keyframe);
    Result<void> setAgain(const EditNote& note, const SettingValue& value);
    void keepWithinCap();

    std::unique_ptr<Recorder> m_run; ///< never null; a past moment refers to it
    std::optional<PastMoment> m_past;
    UndoHistory m_edits;
    std::size_t m_cap;
    std::size_t m_keptBytes = 0; ///< of the runs kept
    int m_thinningsCounted = 0;
    std::uint64_t m_runNumber = 1;
};

} // namespace flatline
