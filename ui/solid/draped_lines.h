#pragma once

#include "ui/solid/raster.h"

#include <QPolygonF>

#include <vector>

namespace flatline {

/// Lines that lie on the surface, as far as they are in sight; in picture units, ready to be drawn.
class DrapedLines {
public:
    DrapedLines(const Mesh& mesh, const Projection& projection, const Raster& raster)
        : m_mesh(&mesh)
        , m_projection(&projection)
        , m_raster(&raster) {}

    /// `line`: in the plane's coordinates over its extent; what lies outside the picture is left out.
    [[nodiscard]] std::vector<QPolygonF> of(const QPolygonF& line) const;
    [[nodiscard]] std::vector<QPolygonF> of(const std::vector<QPolygonF>& lines) const;

    static constexpr double lift = 0.004; ///< above the surface, in the box

private:
    const Mesh* m_mesh;
    const Projection* m_projection;
    const Raster* m_raster;
};

} // namespace flatline
