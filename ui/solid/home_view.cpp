#include "ui/solid/home_view.h"

#include <cmath>
#include <numbers>

namespace flatline {

Camera homeView(const Surface& surface, const HeightScale& heights) {
    constexpr double nothing = 1e-3; // of the height, on average
    double byX = 0.0;
    double byY = 0.0;
    for (int row = 0; row < surface.side; ++row)
        for (int column = 0; column < surface.side; ++column) {
            const double z = heights.z(surface.loss[static_cast<std::size_t>(row * surface.side + column)]);
            if (!std::isfinite(z))
                continue;
            byX += z * surface.coordinate(column) / surface.extent;
            byY += z * surface.coordinate(row) / surface.extent;
        }
    const double points = static_cast<double>(surface.side) * surface.side;
    const auto back = [&](const Camera& camera) { // how far back the heights stand
        const double azimuth = camera.azimuth * std::numbers::pi / 180.0;
        return (byX * std::sin(azimuth) + byY * std::cos(azimuth)) / points;
    };
    Camera best;
    for (const double turn : {90.0, -90.0, 180.0})
        if (const Camera other = Camera().turned(turn, 0.0); back(other) > back(best) + nothing)
            best = other;
    return best;
}

} // namespace flatline
