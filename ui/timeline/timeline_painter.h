#pragma once

#include "ui/theme/theme.h"
#include "ui/timeline/timeline_labels.h"
#include "ui/timeline/timeline_model.h"

#include <QRectF>

#include <cstdint>

class QPainter;

namespace flatline {

/// Where the timeline's parts stand in its widget.
struct TimelinePlace {
    TimelineScale scale;
    double left = 0.0; ///< of the axis
    double foot = 0.0; ///< the track's upper edge, on which the signs stand
    QRectF whole;      ///< the widget

    static constexpr double track = 4.0;   ///< its height
    static constexpr double chipTop = 8.0; ///< of the handle, below the foot
    [[nodiscard]] double placeX(std::int64_t step) const { return left + scale.placeX(step); }
};

/// Deaths are ticks, the taller the more; revivals arrows; kicks bolts; settings diamonds.
void paintTimelineSigns(QPainter& painter, const std::vector<TimelineMark>& marks, const TimelinePlace& place,
                        const Theme& theme);
void paintTimelineLabels(QPainter& painter, const std::vector<TimelineLabel>& labels, const TimelinePlace& place,
                         const Theme& theme);

/// Where the view stands in the run.
struct TimelineMoment {
    std::int64_t step = 0;
    std::int64_t head = 0;
    bool past = false;
};
/// The handle with its step; it never leaves the widget.
[[nodiscard]] QRectF timelineHandle(const TimelinePlace& place, std::int64_t step);
/// The track up to the moment, what lies after it paler, the steps below, the handle.
void paintTimelineTrack(QPainter& painter, const TimelinePlace& place, const TimelineMoment& moment,
                        const Theme& theme);

} // namespace flatline
