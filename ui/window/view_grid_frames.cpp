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
    bool late = false;
    quint64 turn = 0;
    for (Place& place : m_places) {
        place.stale = true;
        if (place.card == nullptr || !place.card->isVisibleTo(this))
            continue;
        // Views take different ticks, so that none has to do it all: with paces of 4 and 8, the charts each their own.
        // While nothing trains all follow at 30 frames a second: then it is a hand that moves through time.
        const auto pace = static_cast<quint64>(
            frame.snapshot->state == RunState::Running ? place.row->tick : std::min(place.row->tick, handTick));
        if ((tick + turn++) % pace == 0 || tick >= place.shownAt + 2 * pace)
            feed(place, tick);
        late = late || place.stale;
    }
    if (late)
        m_catchUp.start();
    if (m_card->isVisible() && (frame.snapshot->state != RunState::Running || tick % cardTick == 0))
        showCard();
    if (m_described.hasExpired(describeTime))
        describe();
}

void ViewGrid::feed(Place& place, quint64 tick) {
    if (place.card == nullptr || !place.card->isVisibleTo(this))
        return;
    place.view->showFrame(m_frame);
    place.shownAt = tick;
    place.stale = false;
}

void ViewGrid::showStale() {
    if (!m_frame.snapshot)
        return;
    for (Place& place : m_places)
        if (place.stale)
            feed(place, m_tick);
    describe();
}

void ViewGrid::describe() {
    m_described.start();
    for (const Place& place : m_places) {
        if (place.card == nullptr || !place.card->isVisibleTo(this))
            continue;
        const QString summary = place.view->summary();
        if (place.view->accessibleDescription() != summary)
            place.view->setAccessibleDescription(summary);
    }
}

} // namespace flatline
