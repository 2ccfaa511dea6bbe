#include "ui/views/neuron_card.h"
#include "ui/views/view_card.h"
#include "ui/window/view_grid.h"

#include <algorithm>

// How frames come to the views.
namespace flatline {

namespace {

constexpr int describeTime = 1000; ///< ms: as often as a screen reader could say it
constexpr quint64 cardTick = 6;
constexpr int handTick = 2;

} // namespace

void ViewGrid::showFrame(const Frame& frame, quint64 tick) {
    m_frame = frame;
    m_tick = tick;
    // While nothing trains all follow at 30 frames a second: then it is a hand that moves through time.
    const bool trains = frame.snapshot->state == RunState::Running;
    bool late = false;
    for (Place& place : m_places) {
        place.stale = true;
        if (!inSight(place))
            continue;
        const auto pace = static_cast<quint64>(trains ? place.row->tick : std::min(place.row->tick, handTick));
        place.due = place.due || tick < place.shownAt || tick >= place.shownAt + pace;
        late = late || !place.due;
    }
    if (!trains)
        showDue();
    else if (!m_turn.isActive())
        m_turn.start();
    if (late)
        m_catchUp.start();
    if (m_card->isVisible() && (!trains || tick >= m_cardDue)) {
        m_cardDue = tick + cardTick;
        showCard();
    }
    if (m_described.hasExpired(describeTime))
        describe();
}

bool ViewGrid::inSight(const Place& place) const {
    return place.card != nullptr && place.card->isVisibleTo(this);
}

void ViewGrid::feed(Place& place) {
    place.stale = place.stale && !inSight(place);
    place.due = false;
    if (!inSight(place))
        return;
    place.view->showFrame(m_frame);
    place.shownAt = m_tick;
}

void ViewGrid::showDue() {
    m_turn.stop();
    for (Place& place : m_places)
        if (place.due)
            feed(place);
}

/// One view an event, the one that has waited longest for its pace: painting several at once would hold up the mouse.
void ViewGrid::takeTurn() {
    const auto wait = [this](const Place& place) {
        return place.due ? static_cast<double>(m_tick - place.shownAt) / place.row->tick : -1.0;
    };
    Place& longest = *std::ranges::max_element(m_places, {}, wait);
    if (longest.due)
        feed(longest);
    if (std::ranges::any_of(m_places, &Place::due))
        m_turn.start();
}

/// No further frame has come.
void ViewGrid::catchUp() {
    for (Place& place : m_places)
        place.due = place.stale && inSight(place);
    if (m_frame.snapshot && m_frame.snapshot->state == RunState::Running)
        takeTurn();
    else
        showDue();
    describe();
}

void ViewGrid::showStale() {
    if (!m_frame.snapshot)
        return;
    for (Place& place : m_places)
        if (place.stale)
            feed(place);
    describe();
}

void ViewGrid::describe() {
    m_described.start();
    for (const Place& place : m_places) {
        if (!inSight(place))
            continue;
        const QString summary = place.view->summary();
        if (place.view->accessibleDescription() != summary)
            place.view->setAccessibleDescription(summary);
    }
}

} // namespace flatline
