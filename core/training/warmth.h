#pragma once

#include "core/training/snapshot.h"

#include <cstdint>
#include <span>
#include <vector>

namespace flatline {

/// What warmths that have begun add to the biases after `step` steps, each gamma (1 - n / steps) after n of its own;
/// over is over. `hidden`: the layers' widths.
[[nodiscard]] BiasShift shiftAt(std::int64_t step, std::span<const Warmth> warmths, const std::vector<int>& hidden);

} // namespace flatline
