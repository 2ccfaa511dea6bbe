#pragma once

#include "ui/fields/dead_shape.h"
#include "ui/solid/solid_scene.h"

#include <vector>

namespace flatline {

/// A corner of the surface, ready to be drawn.
struct MeshPoint {
    float x = 0.0F; ///< picture units
    float y = 0.0F;
    float depth = 0.0F;
    float colour = 0.0F; ///< position on the colours' scale
    float light = 1.0F;
    float life = 1.0F;     ///< of DeadShape
    float strength = 1.0F; ///< of DeadShape
    float u = 0.0F;        ///< the plane's coordinates over its extent
    float v = 0.0F;
    bool there = false; ///< its loss is finite
};

/// The surface in the box, and its points on the picture.
class Mesh {
public:
    /// `stride`: takes every so many grid points; the middle and the edges must be among them.
    Mesh(const SolidScene& scene, const Projection& projection, const DeadShape& dead, int stride);

    [[nodiscard]] int side() const { return m_side; }
    [[nodiscard]] const MeshPoint& at(int column, int row) const {
        return m_points[static_cast<std::size_t>(row * m_side + column)];
    }
    /// Whether the cell that begins at this point is split from its first corner to the one across.
    [[nodiscard]] bool splitsUpwards(int column, int row) const;
    /// The place on the surface at (x, y) in the box, on its two triangles a cell; nothing outside and where a corner
    /// of the cell is not finite.
    [[nodiscard]] std::optional<Space> place(double x, double y) const;
    /// Its upward normal there, of length 1.
    [[nodiscard]] Space normal(double x, double y) const;

private:
    [[nodiscard]] double z(int column, int row) const {
        return m_heights[static_cast<std::size_t>(row * m_side + column)];
    }
    [[nodiscard]] Space normalAt(int column, int row) const;

    int m_side = 0;
    std::vector<double> m_heights; ///< z in the box; NaN: not finite
    std::vector<MeshPoint> m_points;
};

} // namespace flatline
