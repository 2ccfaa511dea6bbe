#pragma once

#include "core/session/session.h"

namespace flatline {

/// Tells after each step whether a stop condition has begun to hold. One thread.
class StopWatch {
public:
    void set(const StopCondition& condition) { m_condition = condition; }
    [[nodiscard]] const StopCondition& condition() const { return m_condition; }
    /// The session is about to go on: what holds now must cease before it counts.
    void begin(Session& session);
    /// After a step: why to stop. Nothing: go on. Where a loss is waited for, it looks at the whole training set.
    [[nodiscard]] std::optional<Stopped> check(Session& session);

private:
    [[nodiscard]] std::optional<Stopped> death(const Trainer& trainer);
    [[nodiscard]] std::optional<Stopped> dead(const Trainer& trainer);
    [[nodiscard]] std::optional<Stopped> loss(Session& session);

    StopCondition m_condition;
    std::size_t m_eventsSeen = 0;
    bool m_wasOver = false;
    bool m_wasUnder = false;
};

} // namespace flatline
