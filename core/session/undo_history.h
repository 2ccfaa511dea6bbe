#pragma once

#include "core/training/recorder.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace flatline {

/// One thing done by hand, and what it takes to go back and forth over it.
struct Edit {
    EditNote note;
    std::shared_ptr<const Keyframe> before = nullptr; ///< of a deed in a run: the moment before it
    std::unique_ptr<Recorder> other = nullptr; ///< the run on the other side of it; a deed gets one when it is undone
    /// Whether `other` was left because the run went on from an earlier moment.
    [[nodiscard]] bool abandoned() const { return other != nullptr && note.kind == EditNote::Kind::Resume; }
};

/// What was done and what was undone, in order, with the runs kept for it. Those take memory: the oldest go first, and
/// with a run go the edits that can only be reached through it. One thread.
class UndoHistory {
public:
    /// A new edit: what was undone before cannot be done again.
    void push(Edit edit);
    [[nodiscard]] Edit* toUndo() { return m_done.empty() ? nullptr : &m_done.back(); }
    [[nodiscard]] Edit* toRedo() { return m_undone.empty() ? nullptr : &m_undone.back(); }
    [[nodiscard]] const Edit* toUndo() const { return m_done.empty() ? nullptr : &m_done.back(); }
    [[nodiscard]] const Edit* toRedo() const { return m_undone.empty() ? nullptr : &m_undone.back(); }
    void undone(); ///< the newest of the one list goes over to the other
    void redone();
    void dropNewest() { m_done.pop_back(); }

    /// The newest run that was left by going on from an earlier moment goes, with the edits that were made in it alone.
    /// False where there is none.
    bool discardAbandoned();
    [[nodiscard]] int abandoned() const;
    [[nodiscard]] bool keepsRuns() const;

    /// What all that is kept takes beside that run, whose keyframes and rows it may share.
    [[nodiscard]] std::size_t bytesBeside(const Recorder& run) const;
    /// Thins the kept runs' keyframes to so many bytes each.
    void thin(std::size_t bytesEach);
    /// False where nothing is left that could go.
    bool dropOldestRun();

private:
    std::vector<Edit> m_done;   ///< by time
    std::vector<Edit> m_undone; ///< the next to be done again is the last
};

} // namespace flatline
