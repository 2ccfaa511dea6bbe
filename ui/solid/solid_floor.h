#pragma once

#include "ui/solid/solid_scene.h"
#include "ui/theme/theme.h"

class QPainter;

namespace flatline {

/// The floor under the surface: its grid, and hatched where the loss above it is not finite. Nothing of the surface
/// lies behind it.
void paintFloor(QPainter& painter, const SolidScene& scene, const Projection& projection, const Theme& theme);
/// Ticks and names along the two edges that are nearest to the eye.
void paintFloorAxes(QPainter& painter, const SolidScene& scene, const Projection& projection, const Theme& theme);

} // namespace flatline
