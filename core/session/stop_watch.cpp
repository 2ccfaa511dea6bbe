#include "core/session/stop_watch.h"

#include <algorithm>

namespace flatline {

void StopWatch::begin(Session& session) {
    m_eventsSeen = session.shown().events().size();
    m_wasOver = m_condition.deadOver && session.shown().deadCount() > *m_condition.deadOver;
    m_wasUnder = m_condition.lossUnder && session.trainingLoss() < *m_condition.lossUnder;
}

std::optional<Stopped> StopWatch::check(Session& session) {
    if (m_condition == StopCondition{})
        return std::nullopt;
    const Trainer& trainer = session.shown();
    std::optional<Stopped> stopped = death(trainer);
    if (std::optional<Stopped> over = dead(trainer); over && !stopped)
        stopped = over;
    if (std::optional<Stopped> under = loss(session); under && !stopped)
        stopped = under;
    if (!stopped && m_condition.atStep == trainer.stepsDone())
        stopped = {.why = Stopped::Why::Step};
    if (stopped)
        stopped->step = trainer.stepsDone();
    return stopped;
}

std::optional<Stopped> StopWatch::death(const Trainer& trainer) {
    const EventLog& events = trainer.events();
    Stopped stopped{.why = Stopped::Why::Death};
    for (; m_eventsSeen < events.size(); ++m_eventsSeen) {
        const Event& event = events[m_eventsSeen];
        if (event.kind != EventKind::Died)
            continue;
        if (++stopped.dead == 1) {
            stopped.layer = event.layer;
            stopped.neuron = event.neuron;
        }
    }
    return m_condition.nextDeath && stopped.dead > 0 ? std::optional(stopped) : std::nullopt;
}

std::optional<Stopped> StopWatch::dead(const Trainer& trainer) {
    if (!m_condition.deadOver)
        return std::nullopt;
    const int dead = trainer.deadCount();
    const bool over = dead > *m_condition.deadOver;
    const bool begins = over && !m_wasOver;
    m_wasOver = over;
    return begins ? std::optional(Stopped{.why = Stopped::Why::Dead, .dead = dead}) : std::nullopt;
}

std::optional<Stopped> StopWatch::loss(Session& session) {
    if (!m_condition.lossUnder)
        return std::nullopt;
    const double loss = session.trainingLoss();
    const bool under = loss < *m_condition.lossUnder;
    const bool begins = under && !m_wasUnder;
    m_wasUnder = under;
    return begins ? std::optional(Stopped{.why = Stopped::Why::Loss, .loss = loss}) : std::nullopt;
}

} // namespace flatline
