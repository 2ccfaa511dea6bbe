#include "ui/solid/mesh.h"

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

/// A lamp over the viewer's left shoulder: it goes along when the solid is turned, so that no side is ever in the dark.
double lightOn(const Space& normal, const Projection& projection) {
    constexpr double ambient = 0.56;
    constexpr double diffuse = 0.5;
    const Space& right = projection.right();
    const Space& up = projection.up();
    const Space& towards = projection.towards();
    const auto along = [&](const Space& axis) { return normal.x * axis.x + normal.y * axis.y + normal.z * axis.z; };
    const double lambert = -0.48 * along(right) + 0.62 * along(up) + 0.62 * along(towards);
    return ambient + diffuse * std::max(0.0, lambert);
}

/// The slope between two neighbours that are there.
double slope(double before, double here, double after, double step) {
    if (std::isfinite(before) && std::isfinite(after))
        return (after - before) / (2.0 * step);
    if (std::isfinite(after))
        return (after - here) / step;
    return std::isfinite(before) ? (here - before) / step : 0.0;
}

} // namespace

Mesh::Mesh(const SolidScene& scene, const Projection& projection, const DeadShape& dead, int stride)
    : m_side((scene.surface->side - 1) / stride + 1) {
    const Surface& surface = *scene.surface;
    const auto points = static_cast<std::size_t>(m_side) * static_cast<std::size_t>(m_side);
    m_heights.reserve(points);
    const auto lossAt = [&](int column, int row) {
        return surface.loss[static_cast<std::size_t>(row * stride * surface.side + column * stride)];
    };
    for (int row = 0; row < m_side; ++row)
        for (int column = 0; column < m_side; ++column)
            m_heights.push_back(scene.heights.z(lossAt(column, row)));
    const double range = scene.colours.high - scene.colours.low;
    m_points.resize(points);
    for (int row = 0; row < m_side; ++row)
        for (int column = 0; column < m_side; ++column) {
            MeshPoint& point = m_points[static_cast<std::size_t>(row * m_side + column)];
            point.there = std::isfinite(z(column, row));
            if (!point.there)
                continue;
            const Space place{2.0 * column / (m_side - 1.0) - 1.0, 2.0 * row / (m_side - 1.0) - 1.0, z(column, row)};
            const Spot spot = projection.of(place);
            point.x = static_cast<float>(spot.at.x());
            point.y = static_cast<float>(spot.at.y());
            point.depth = static_cast<float>(spot.depth);
            point.colour = static_cast<float>((logLoss(lossAt(column, row)) - scene.colours.low) / range);
            point.light = static_cast<float>(lightOn(normalAt(column, row), projection));
            point.life = dead.life(column * stride, row * stride);
            point.strength = dead.strength(column * stride, row * stride);
            point.u = static_cast<float>(place.x);
            point.v = static_cast<float>(place.y);
        }
}

// Along the diagonal whose ends differ less: ridges and valleys stay straight.
bool Mesh::splitsUpwards(int column, int row) const {
    return std::abs(z(column + 1, row + 1) - z(column, row)) <= std::abs(z(column + 1, row) - z(column, row + 1));
}

std::optional<Space> Mesh::place(double x, double y) const {
    if (!(std::abs(x) <= 1.0 && std::abs(y) <= 1.0))
        return std::nullopt;
    const double across = (x + 1.0) / 2.0 * (m_side - 1);
    const double upwards = (y + 1.0) / 2.0 * (m_side - 1);
    const int column = std::min(static_cast<int>(across), m_side - 2);
    const int row = std::min(static_cast<int>(upwards), m_side - 2);
    const double s = across - column;
    const double t = upwards - row;
    const double z00 = z(column, row);
    const double z10 = z(column + 1, row);
    const double z01 = z(column, row + 1);
    const double z11 = z(column + 1, row + 1);
    if (!std::isfinite(z00 + z10 + z01 + z11))
        return std::nullopt;
    double height = 0.0;
    if (splitsUpwards(column, row))
        height = s >= t ? z00 + s * (z10 - z00) + t * (z11 - z10) : z00 + s * (z11 - z01) + t * (z01 - z00);
    else
        height = s + t <= 1.0 ? z00 + s * (z10 - z00) + t * (z01 - z00)
                              : z11 + (1.0 - s) * (z01 - z11) + (1.0 - t) * (z10 - z11);
    return Space{x, y, height};
}

Space Mesh::normalAt(int column, int row) const {
    const double step = 2.0 / (m_side - 1.0);
    const double none = std::numeric_limits<double>::quiet_NaN();
    const double here = z(column, row);
    const double byX =
        slope(column > 0 ? z(column - 1, row) : none, here, column + 1 < m_side ? z(column + 1, row) : none, step);
    const double byY =
        slope(row > 0 ? z(column, row - 1) : none, here, row + 1 < m_side ? z(column, row + 1) : none, step);
    const double length = std::sqrt(byX * byX + byY * byY + 1.0);
    return {-byX / length, -byY / length, 1.0 / length};
}

Space Mesh::normal(double x, double y) const {
    const auto index = [this](double at) {
        return std::clamp(static_cast<int>(std::lround((at + 1.0) / 2.0 * (m_side - 1))), 0, m_side - 1);
    };
    return std::isfinite(z(index(x), index(y))) ? normalAt(index(x), index(y)) : Space{0.0, 0.0, 1.0};
}

} // namespace flatline
