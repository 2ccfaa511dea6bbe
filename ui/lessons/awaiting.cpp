#include "ui/lessons/awaiting.h"

#include "core/settings/setting_table.h"

#include <algorithm>
#include <array>

namespace flatline {

namespace {

using Kind = Awaited::Kind;

struct EventRow {
    Kind awaited;
    EventKind event;
};
constexpr std::array eventRows{
    EventRow{Kind::Death, EventKind::Died},       EventRow{Kind::Revival, EventKind::Revived},
    EventRow{Kind::Kick, EventKind::Kick},        EventRow{Kind::Warming, EventKind::Warming},
    EventRow{Kind::Reset, EventKind::Reset},      EventRow{Kind::Edit, EventKind::Edit},
    EventRow{Kind::Diverged, EventKind::Diverged}};

struct StateRow {
    Kind awaited;
    bool (*holds)(double number, const Snapshot& now);
};
constexpr std::array stateRows{
    StateRow{Kind::Step,
             [](double number, const Snapshot& now) {
                 return static_cast<double>(std::max(now.head, now.now.step)) >= number;
             }},
    StateRow{Kind::DeadOver, [](double number, const Snapshot& now) { return now.now.dead() > number; }},
    StateRow{Kind::DeadUnder, [](double number, const Snapshot& now) { return now.now.dead() < number; }},
    StateRow{Kind::LossUnder, [](double number, const Snapshot& now) { return now.now.trainLoss < number; }},
    StateRow{Kind::Diverged, [](double, const Snapshot& now) { return now.state == RunState::Diverged; }}};

} // namespace

void Awaiting::begin(std::vector<Awaited> all, const Snapshot& now) {
    m_all = std::move(all);
    m_came.assign(m_all.size(), false);
    m_atFirst = now.settings;
    m_run = now.run;
    m_seen = now.events.size();
    see(now);
}

bool Awaiting::holds(const Awaited& one, const Snapshot& now) const {
    for (const StateRow& row : stateRows)
        if (row.awaited == one.kind && row.holds(one.number, now))
            return true;
    for (const EventRow& row : eventRows)
        if (row.awaited == one.kind)
            for (std::size_t i = m_seen; i < now.events.size(); ++i)
                if (now.events[i].kind == row.event)
                    return true;
    const SettingRow* setting = one.kind == Kind::Change ? findSetting(one.path) : nullptr;
    if (setting == nullptr || setting->get(now.settings) == setting->get(m_atFirst))
        return false;
    Settings wanted = now.settings;
    return one.value.empty() ||
           (setSettingFromText(wanted, one.path, one.value) && setting->get(wanted) == setting->get(now.settings));
}

void Awaiting::see(const Snapshot& now) {
    if (now.run != m_run) {
        m_run = now.run;
        // A run that began anew has only news; one that went back to an earlier moment has none that was not known.
        m_seen = now.head == 0 && now.now.step == 0 ? 0 : std::min(m_seen, now.events.size());
    }
    for (std::size_t i = 0; i < m_all.size(); ++i)
        m_came[i] = m_came[i] || holds(m_all[i], now);
    m_seen = now.events.size();
}

bool Awaiting::fulfilled() const {
    return std::find(m_came.begin(), m_came.end(), false) == m_came.end();
}

} // namespace flatline
