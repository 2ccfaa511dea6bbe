#pragma once

#include "ui/fields/landscape_picture.h"

namespace flatline {

/// The path taken, up to the parameters now, with the latest kick; clipped at the plot's frame by the painter.
void paintPath(QPainter& painter, const LandscapeLayout& layout, const LandscapeScene& scene);
/// The ball at the parameters now, the plot's middle, with the loss there.
void paintBall(QPainter& painter, const LandscapeLayout& layout, const LandscapeScene& scene);

} // namespace flatline
