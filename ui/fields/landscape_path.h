#pragma once

#include "ui/fields/landscape_picture.h"

#include <vector>

class QFontMetricsF;

namespace flatline {

/// The path's place at the kick: the last one not after it, if the path reaches so far back.
[[nodiscard]] std::optional<PathPoint> kickPlace(const Surface& surface, const std::optional<std::int64_t>& kick);
/// The sign of a kick.
inline constexpr double boltRadius = 9.0; ///< of the sign
void paintBolt(QPainter& painter, QPointF middle);

/// The path taken, up to the parameters now, with the latest kick; clipped at the plot's frame by the painter.
void paintPath(QPainter& painter, const LandscapeLayout& layout, const LandscapeScene& scene);
/// The ball at the parameters now, the plot's middle.
void paintBall(QPainter& painter, const LandscapeLayout& layout);

struct LandscapeLabel {
    QRectF box;
    QString text;
};
/// The loss at the ball and the step of the kick. They cover neither each other nor the ball or the kick's sign; what
/// has no such place is left out.
[[nodiscard]] std::vector<LandscapeLabel> landscapeLabels(const LandscapeLayout& layout, const LandscapeScene& scene,
                                                          const QFontMetricsF& metrics);
void paintLabels(QPainter& painter, const LandscapeLayout& layout, const LandscapeScene& scene);

} // namespace flatline
