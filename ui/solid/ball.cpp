#include "ui/solid/ball.h"

#include <cmath>

namespace flatline {

BallTurn rolled(const BallTurn& turn, double x, double y, double radius) {
    const double distance = std::hypot(x, y);
    if (!(distance > 0.0) || !std::isfinite(distance))
        return turn;
    const double ax = -y / distance;
    const double ay = x / distance;
    const double angle = std::fmod(distance / radius, 8.0 * std::atan(1.0));
    const double c = std::cos(angle);
    const double s = std::sin(angle);
    // Rodrigues' rotation about (ax, ay, 0).
    const BallTurn step{c + ax * ax * (1 - c),
                        ax * ay * (1 - c),
                        ay * s,
                        ax * ay * (1 - c),
                        c + ay * ay * (1 - c),
                        -ax * s,
                        -ay * s,
                        ax * s,
                        c};
    BallTurn result{};
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j)
            for (std::size_t k = 0; k < 3; ++k)
                result[3 * i + j] += step[3 * i + k] * turn[3 * k + j];
    return result;
}

bool onSeam(const BallTurn& turn, const Space& direction) {
    constexpr double half = 0.13;            // of a seam's width, in radii
    const auto own = [&](std::size_t axis) { // the way back: the transpose
        return turn[axis] * direction.x + turn[3 + axis] * direction.y + turn[6 + axis] * direction.z;
    };
    return std::abs(own(0)) < half || std::abs(own(1)) < half;
}

} // namespace flatline
