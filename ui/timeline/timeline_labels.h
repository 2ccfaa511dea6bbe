#pragma once

#include "ui/charts/plot_content.h"
#include "ui/timeline/timeline_model.h"

#include <QString>

#include <vector>

class QFontMetricsF;

namespace flatline {

/// Words beside the signs, on one line.
struct TimelineLabel {
    QString text;
    Ink ink = &Theme::text;
    double left = 0.0; ///< x as the signs count it
    double width = 0.0;
};

/// How far a sign reaches to both sides of its x, as it is painted.
[[nodiscard]] double halfWidth(TimelineSign sign);

/// Names what matters most first: a divergence, mass deaths, what was done by hand, other deaths by their number,
/// changed settings, revivals; beside their signs, shorter or not at all where there is no room. None overlaps another
/// or a sign.
[[nodiscard]] std::vector<TimelineLabel> placeLabels(const Snapshot& snapshot, const std::vector<TimelineMark>& marks,
                                                     double width, const QFontMetricsF& metrics);

} // namespace flatline
