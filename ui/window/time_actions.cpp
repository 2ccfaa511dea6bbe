#include "ui/window/time_actions.h"

#include "ui/timeline/timeline.h"
#include "ui/timeline/timeline_card.h"
#include "ui/window/actions.h"
#include "ui/window/lab.h"
#include "ui/window/view_grid.h"

namespace flatline {

TimeActions::TimeActions(const Actions& actions, TimelineCard& card, ViewGrid& views, Lab* lab, QObject* parent)
    : QObject(parent) {
    Timeline* timeline = card.timeline();
    const auto jump = [&actions, timeline](ActionId id, bool forward, EventChoice choice) {
        connect(actions[id], &QAction::triggered, timeline,
                [timeline, forward, choice] { timeline->travelToEvent(forward, choice); });
    };
    jump(ActionId::NextDeath, true, EventChoice::Deaths);
    jump(ActionId::PreviousDeath, false, EventChoice::Deaths);
    jump(ActionId::NextEvent, true, EventChoice::All);
    jump(ActionId::PreviousEvent, false, EventChoice::All);
    connect(timeline, &Timeline::nothingFound, this, &TimeActions::nothingFound);
    connect(&views, &ViewGrid::travelWished, timeline, &Timeline::travel);
    connect(timeline, &Timeline::travelWished, this, [this](qint64 step) { emit commandWished(TravelCommand{step}); });
    connect(timeline, &Timeline::liveWished, this, [this] { emit commandWished(LiveCommand{}); });
    connect(&card, &TimelineCard::resumeWished, this, [this] { emit commandWished(ResumeHereCommand{}); });
    connect(&card, &TimelineCard::historyCapWished, this,
            [this](qint64 bytes) { emit commandWished(HistoryCapCommand{static_cast<std::size_t>(bytes)}); });
    if (lab == nullptr)
        return;
    connect(timeline, &Timeline::neuronClicked, lab, &Lab::select);
    connect(timeline, &Timeline::neuronOpened, &views, &ViewGrid::openCard);
}

} // namespace flatline
