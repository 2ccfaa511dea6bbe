#pragma once

#include "ui/solid/camera.h"

#include <array>

namespace flatline {

/// How the ball is turned: a rotation, row after row.
using BallTurn = std::array<double, 9>;
inline constexpr BallTurn unturned{1, 0, 0, 0, 1, 0, 0, 0, 1};

/// After it has rolled so far over the floor, without slipping:  an angle of distance / radius  about the axis that
/// lies flat and at right angles to the way.
[[nodiscard]] BallTurn rolled(const BallTurn& turn, double x, double y, double radius);

/// Whether a point of the ball, given by its direction from the ball's middle, lies on one of its two seams.
[[nodiscard]] bool onSeam(const BallTurn& turn, const Space& direction);

inline constexpr double ballRadius = 0.06; ///< in the box

} // namespace flatline
