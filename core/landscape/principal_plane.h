#pragma once

#include "core/landscape/plane.h"

namespace flatline {

/// The two principal directions of the path taken (Li et al. 2018, section 7): those of the rows theta_i - theta_now,
/// theta_i the keyframes' parameters, and 0, the parameters now. Principal as ever: about the rows' mean; the share
/// explained is that of the rows' variance. Everything that is learnt counts.
/// Each direction has the length that puts the path's farthest point at 0.9 along it, so that an extent of 1 shows the
/// whole path, however much shorter the second is than the first: the shares tell.
/// A path that is a straight line has no second principal direction, and no path has none at all: random ones, which
/// the remark says.
[[nodiscard]] std::optional<Plane> principalPlane(const PlaneChoice& choice, const PlaneContext& context);

} // namespace flatline
