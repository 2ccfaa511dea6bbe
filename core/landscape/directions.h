#pragma once

#include "core/base/random.h"
#include "core/network/layout.h"
#include "core/network/network.h"
#include "core/training/snapshot.h"

#include <span>
#include <vector>

namespace flatline {

/// A direction in the space of all parameters, or how far they have moved: one entry a parameter.
using Direction = std::vector<float>;

/// Sums in double, in the entries' order.
[[nodiscard]] double dot(const Direction& a, const Direction& b);
void scale(Direction& direction, double factor);

/// Filter by filter: a unit's weights (with its bias, where biases move too) get normal draws d, scaled to the norm of
/// the unit's own theta:  d * |theta| / |d|   (Li et al. 2018, section 4). Everything else is 0.
[[nodiscard]] Direction filterNormalized(const Layout& layout, std::span<const float> parameters, RandomStream stream,
                                         bool biases);

/// The same with biases, all of it of that length, at right angles to `beside` where that is not empty: what stands in
/// for a direction that is not to be had. Plain normal draws where all parameters are 0.
[[nodiscard]] Direction randomOfLength(double length, const Layout& layout, std::span<const float> parameters,
                                       RandomStream stream, const Direction& beside = {});

/// The keyframe's parameters in the layout of the network as it is now. Slopes that were not learnt then are those of
/// now. Empty where the keyframe is of another network altogether.
[[nodiscard]] std::vector<float> parametersIn(const Keyframe& keyframe, const NetworkSpec& spec, const Layout& layout,
                                              std::span<const float> now);

} // namespace flatline
