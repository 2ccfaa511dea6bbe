#pragma once

#include "ui/solid/solid_scene.h"

#include <atomic>
#include <optional>

namespace flatline {

/// Draws a scene, on the CPU, with a depth to each pixel. A pure function: any thread, blocks for some milliseconds.
/// Nothing where `cancelled` became true on the way.
[[nodiscard]] std::optional<SolidPicture> renderSolid(const SolidScene& scene,
                                                      const std::atomic<bool>* cancelled = nullptr);

/// Every how many grid points a picture of that detail takes; the middle and the edges are always among them.
[[nodiscard]] int meshStride(int side, SolidDetail detail);

} // namespace flatline
