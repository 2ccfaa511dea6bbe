#pragma once

#include "core/training/snapshot.h"
#include "ui/charts/axis_range.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace flatline {

/// What stands on the timeline for an event.
enum class TimelineSign { Death, Revival, Kick, Reset, Warming, Edit, Setting, Diverged };
inline constexpr std::size_t timelineSigns = 8;

[[nodiscard]] TimelineSign signOf(const Action& action);

/// From steps to pixels and back. x counts from the axis's left end.
struct TimelineScale {
    AxisRange steps;
    double width = 0.0; ///< pixels

    [[nodiscard]] double placeX(std::int64_t step) const {
        return (static_cast<double>(step) - steps.from) / steps.span() * width;
    }
    [[nodiscard]] std::int64_t stepAt(double x) const; ///< the nearest one; may lie outside the run
    bool operator==(const TimelineScale&) const = default;
};

/// One sign, for one event or for several of a kind that are too close to be told apart.
struct TimelineMark {
    TimelineSign sign = TimelineSign::Death;
    /// The middle of the sign of the first. Only deaths stand exactly at their step: what was done by hand is just left
    /// of it, who came back just right of it, so that none hides another.
    double x = 0.0;
    int count = 1;
    std::int64_t first = 0; ///< steps
    std::int64_t last = 0;
    std::size_t index = 0; ///< the first one's in the events; of what was done by hand, in the curves' marks
    bool operator==(const TimelineMark&) const = default;
};

/// The signs of a run, however many events it has: at most one of a kind every few pixels. Events only grow while a run
/// goes on, so that only new ones are looked at; a fork, a restart or another scale begins anew. One thread.
class TimelineModel {
public:
    /// True where the signs have changed.
    bool show(const EventLog& events, const std::vector<Mark>& marks, const TimelineScale& scale);
    /// Of each kind by rising step.
    [[nodiscard]] const std::vector<TimelineMark>& marks() const { return m_marks; }
    /// Those that stand within `reach` of x: neurons' first, then the nearest.
    [[nodiscard]] std::vector<TimelineMark> at(double x, double reach) const;

private:
    [[nodiscard]] bool goesOn(const EventLog& events, const std::vector<Mark>& marks, const TimelineScale& scale) const;
    void add(TimelineSign sign, std::int64_t step, std::size_t index);

    TimelineScale m_scale;
    std::vector<TimelineMark> m_marks;
    std::array<std::optional<std::size_t>, timelineSigns> m_open; ///< a kind's newest mark
    std::size_t m_events = 0;                                     ///< how many have been looked at
    std::size_t m_acts = 0;                                       ///< the same of the curves' marks
    Event m_lastEvent;
    Mark m_lastAct;
};

/// Deaths close to each other, to be named together.
struct DeathBurst {
    double from = 0.0; ///< x of the first and the last sign
    double to = 0.0;
    int count = 0;
    std::int64_t first = 0; ///< steps
    std::int64_t last = 0;
    std::size_t index = 0; ///< of the first in the events
};
/// Deaths' signs that stand no further than `gap` pixels apart are one burst.
[[nodiscard]] std::vector<DeathBurst> deathBursts(const std::vector<TimelineMark>& marks, double gap);

/// Which events a search looks for.
enum class EventChoice { All, Deaths };
/// The first such event of the nearest step after `step` (or, backwards, before it) that has one: its index.
[[nodiscard]] std::optional<std::size_t> nearestEvent(const EventLog& events, std::int64_t step, bool forward,
                                                      EventChoice choice);

} // namespace flatline
