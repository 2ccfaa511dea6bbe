#pragma once

#include "core/session/session.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace flatline {

/// Runs B, C and D beside a first one, A, on the same data, batches and raw draws. All are shown at A's step: who has
/// been further goes back to it, and who has not been there yet is trained to it. Each has its own history and undo.
/// One thread.
class Twins {
public:
    static constexpr std::size_t most = 3; ///< beside A: more than four cannot be told apart at a glance

    [[nodiscard]] std::size_t size() const { return m_runs.size(); }
    [[nodiscard]] bool empty() const { return m_runs.empty(); }
    [[nodiscard]] Session& operator[](std::size_t index) { return *m_runs[index].session; }

    /// A run that goes on from the moment that the original shows. False where there are `most` already.
    bool add(Session& original, std::size_t historyCap);
    void drop(std::size_t index);
    /// A and a twin change places, with their histories and run numbers.
    void swapWith(Session& first, std::size_t index);
    /// A's run number among those of the twins, which have been A perhaps.
    [[nodiscard]] std::uint64_t firstRun(std::uint64_t run) const;
    void clear() { m_runs.clear(); }

    /// Whoever is further than that step, which A shows, goes back to it.
    void align(std::int64_t step);
    /// Whether somebody has to be trained to that step.
    [[nodiscard]] bool behind(std::int64_t step) const;
    /// One step of everybody who is behind.
    void step(std::int64_t step);

    /// What they show, in order. State, pace, commands and errors are A's, whose snapshot is given, but where a run has
    /// diverged; each has a run number of its own.
    [[nodiscard]] std::vector<std::shared_ptr<const Snapshot>> snapshots(bool fields, const Snapshot& first);

private:
    struct Run {
        std::unique_ptr<Session> session; ///< never null
        std::uint64_t number = 0;         ///< of the twin, from 1: none is used twice
        bool overflowed = false;          ///< a look at all samples met what is not finite, at that run of it
        std::uint64_t overflowedRun = 0;
        std::int64_t overflowedStep = 0;
        [[nodiscard]] bool stuck() const;
    };
    std::vector<Run> m_runs;
    std::uint64_t m_made = 0;
    std::uint64_t m_firstNumber = 0; ///< of the one that is A
};

} // namespace flatline
