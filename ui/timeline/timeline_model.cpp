#include "ui/timeline/timeline_model.h"

#include <algorithm>
#include <cmath>

namespace flatline {

namespace {

/// Closer signs of a kind than that become one. As wide as they are painted, and a little more; in TimelineSign's
/// order.
constexpr std::array<double, timelineSigns> pitches{4.0, 9.0, 13.0, 13.0, 13.0, 13.0, 13.0, 13.0};

double pitchOf(TimelineSign sign) {
    return pitches[static_cast<std::size_t>(sign)];
}

/// How far left of its step a sign stands: what was done, who died of it, who came back, from left to right.
double asideOf(TimelineSign sign) {
    constexpr double deed = 8.0; // half a bolt, and a pixel or two
    constexpr double revival = -5.0;
    switch (sign) {
    case TimelineSign::Death:
    case TimelineSign::Diverged:
        return 0.0;
    case TimelineSign::Revival:
        return revival;
    default:
        return deed;
    }
}

/// The sign of an event that is not an action: those come from the marks, which know what they did.
std::optional<TimelineSign> signOf(EventKind kind) {
    switch (kind) {
    case EventKind::Died:
        return TimelineSign::Death;
    case EventKind::Revived:
        return TimelineSign::Revival;
    case EventKind::Diverged:
        return TimelineSign::Diverged;
    default:
        return std::nullopt;
    }
}

/// How many events there are up to and with that step.
std::size_t eventsUpTo(const EventLog& events, std::int64_t step) {
    std::size_t low = 0;
    std::size_t high = events.size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (events[middle].step <= step)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool chosen(const Event& event, EventChoice choice) {
    return choice == EventChoice::All || event.kind == EventKind::Died;
}

} // namespace

TimelineSign signOf(const Action& action) {
    // In the order of the variant.
    static constexpr std::array signs{TimelineSign::Kick, TimelineSign::Setting, TimelineSign::Warming,
                                      TimelineSign::Reset, TimelineSign::Edit};
    static_assert(std::variant_size_v<Action> == signs.size());
    return signs[action.index()];
}

std::int64_t TimelineScale::stepAt(double x) const {
    return width > 0.0 ? std::llround(steps.from + x / width * steps.span()) : 0;
}

bool TimelineModel::goesOn(const EventLog& events, const std::vector<Mark>& marks, const TimelineScale& scale) const {
    return scale == m_scale && events.size() >= m_events && marks.size() >= m_acts &&
           (m_events == 0 || events[m_events - 1] == m_lastEvent) && (m_acts == 0 || marks[m_acts - 1] == m_lastAct);
}

bool TimelineModel::show(const EventLog& events, const std::vector<Mark>& marks, const TimelineScale& scale) {
    const bool begins = !goesOn(events, marks, scale);
    if (begins) {
        m_scale = scale;
        m_marks.clear();
        m_open.fill(std::nullopt);
        m_events = m_acts = 0;
    }
    if (!begins && m_events == events.size() && m_acts == marks.size())
        return false;
    for (; m_events < events.size(); ++m_events)
        if (const auto sign = signOf(events[m_events].kind))
            add(*sign, events[m_events].step, m_events);
    for (; m_acts < marks.size(); ++m_acts)
        add(signOf(marks[m_acts].action), marks[m_acts].step, m_acts);
    if (m_events > 0)
        m_lastEvent = events[m_events - 1];
    if (m_acts > 0)
        m_lastAct = marks[m_acts - 1];
    return true;
}

void TimelineModel::add(TimelineSign sign, std::int64_t step, std::size_t index) {
    const double x = m_scale.placeX(step);
    if (x < -1.0 || x > m_scale.width + pitchOf(sign)) // a divergence is written one step beyond the last
        return;
    auto& open = m_open[static_cast<std::size_t>(sign)];
    const double middle = std::min(x, m_scale.width) - asideOf(sign);
    if (open && middle - m_marks[*open].x < pitchOf(sign)) {
        ++m_marks[*open].count;
        m_marks[*open].last = step;
        return;
    }
    open = m_marks.size();
    m_marks.push_back({sign, middle, 1, step, step, index});
}

std::vector<TimelineMark> TimelineModel::at(double x, double reach) const {
    std::vector<TimelineMark> near;
    const auto away = [x](const TimelineMark& mark) { return std::abs(mark.x - x); };
    const auto ofNeuron = [](const TimelineMark& mark) { return mark.sign <= TimelineSign::Revival; };
    for (const TimelineMark& mark : m_marks)
        if (away(mark) <= reach)
            near.push_back(mark);
    std::ranges::stable_sort(near, [&](const TimelineMark& a, const TimelineMark& b) {
        return ofNeuron(a) != ofNeuron(b) ? ofNeuron(a) : away(a) < away(b);
    });
    return near;
}

std::vector<DeathBurst> deathBursts(const std::vector<TimelineMark>& marks, double gap) {
    std::vector<DeathBurst> bursts;
    for (const TimelineMark& mark : marks) {
        if (mark.sign != TimelineSign::Death)
            continue;
        if (bursts.empty() || mark.x - bursts.back().to > gap)
            bursts.push_back({mark.x, mark.x, 0, mark.first, mark.last, mark.index});
        bursts.back().to = mark.x;
        bursts.back().count += mark.count;
        bursts.back().last = mark.last;
    }
    return bursts;
}

std::optional<std::size_t> nearestEvent(const EventLog& events, std::int64_t step, bool forward, EventChoice choice) {
    if (forward) {
        for (std::size_t i = eventsUpTo(events, step); i < events.size(); ++i)
            if (chosen(events[i], choice))
                return i;
        return std::nullopt;
    }
    std::optional<std::size_t> found;
    for (std::size_t i = eventsUpTo(events, step - 1); i > 0; --i) {
        const Event& event = events[i - 1];
        if (found && event.step != events[*found].step)
            break;
        if (chosen(event, choice))
            found = i - 1;
    }
    return found;
}

} // namespace flatline
