#pragma once

#include "ui/solid/camera.h"
#include "ui/solid/height_scale.h"

namespace flatline {

/// From where a surface is looked at first: of four sides the one from which its heights stand farthest back, so that
/// the hill hides as little as possible. The usual one where there is nothing to choose.
[[nodiscard]] Camera homeView(const Surface& surface, const HeightScale& heights);

} // namespace flatline
