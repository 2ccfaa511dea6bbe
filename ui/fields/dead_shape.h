#pragma once

#include "core/landscape/surface.h"
#include "ui/theme/theme.h"

#include <QImage>
#include <QPolygonF>
#include <QSize>

#include <array>
#include <vector>

namespace flatline {

/// The part of a landscape's picture in which there is no gradient for the watched neuron: what is hatched. Where none
/// is watched, the more neurons are dead, the stronger. Places are in the plane's coordinates over its extent, -1 to 1.
class DeadShape {
public:
    DeadShape() = default;
    explicit DeadShape(const Surface& surface);

    [[nodiscard]] bool empty() const { return m_kind == Kind::Nothing; }
    /// Known between the grid points, too, by its straight edges.
    [[nodiscard]] bool exact() const { return m_kind == Kind::Polygon; }
    [[nodiscard]] bool graded() const { return m_kind == Kind::Count; }

    /// At a grid point: not above 0 where it is dead. Exact shapes: how far outside it lies.
    [[nodiscard]] float life(int column, int row) const;
    /// Of exact shapes: how far outside the nearest edge, at any place.
    [[nodiscard]] float outside(float x, float y) const;
    /// At a grid point, of graded ones: the share of neurons that are dead.
    [[nodiscard]] float strength(int column, int row) const;

    /// The edges between death and life, in the order of their points. Graded shapes have none.
    [[nodiscard]] std::vector<QPolygonF> edges() const;

private:
    enum class Kind { Nothing, Polygon, Grid, Count };
    struct Edge {
        float x = 0.0F; ///< outwards, of length 1
        float y = 0.0F;
        float offset = 0.0F;
    };
    void takePolygon(const DeadRegion& region, double extent);

    Kind m_kind = Kind::Nothing;
    int m_side = 0;
    std::vector<float> m_values; ///< life, or strength
    std::vector<Edge> m_sides;
    QPolygonF m_corners;
};

/// How a dead place is drawn: colours fade to `ground` by `fade`, under lines of `line`.
struct DeadInk {
    QColor ground;
    QColor line;
    double fade = 0.6;
};
[[nodiscard]] DeadInk deadInk(const Theme& theme);

/// The hatch over a flat picture of so many device pixels, b upwards, transparent elsewhere; lines `pitch` pixels
/// apart.
[[nodiscard]] QImage deadImage(const DeadShape& shape, int side, QSize pixels, int pitch, const Theme& theme);

} // namespace flatline
