#pragma once

#include "core/lessons/lesson.h"
#include "core/training/snapshot.h"

namespace flatline {

/// What a page waits for, looked for in the run from the moment at which the page was opened. What has come once stays
/// come, whatever is undone later.
class Awaiting {
public:
    /// Waits for all of them from this moment on.
    void begin(std::vector<Awaited> all, const Snapshot& now);
    /// Takes a later moment over. Moments may be left out, but not between two runs.
    void see(const Snapshot& now);
    /// Whether all have come; true where nothing was waited for.
    [[nodiscard]] bool fulfilled() const;

private:
    [[nodiscard]] bool holds(const Awaited& one, const Snapshot& now) const;

    std::vector<Awaited> m_all;
    std::vector<bool> m_came; ///< one each
    Settings m_atFirst;
    std::uint64_t m_run = 0;
    std::size_t m_seen = 0; ///< how many of the run's events are old news
};

} // namespace flatline
