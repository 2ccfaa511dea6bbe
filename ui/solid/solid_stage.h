#pragma once

#include "ui/solid/draped_lines.h"
#include "ui/theme/theme.h"

#include <optional>

namespace flatline {

/// A scene set up to be drawn: where everything stands, and the raster that the surface goes into.
struct SolidStage {
    /// The scene must outlive it. `scale`: pixels of the raster a picture unit.
    SolidStage(const SolidScene& scene, double scale);
    SolidStage(const SolidStage&) = delete; // its lines refer to its mesh
    SolidStage& operator=(const SolidStage&) = delete;

    /// Places of the plane over its extent, on the picture: nothing where there is no surface; or where it is hidden.
    [[nodiscard]] std::optional<QPointF> spotAt(const QPointF& place) const;
    [[nodiscard]] std::optional<QPointF> seenSpotAt(const QPointF& place) const;
    /// Where the way to life meets the edge; nothing outside the picture.
    [[nodiscard]] std::optional<QPointF> edgeSpot() const;
    /// Of the latest kick's sign: moved aside where it would cover the ball.
    [[nodiscard]] std::optional<QPointF> boltSpot() const;
    /// A dead place in sight, near the middle of the region but beside the ball.
    [[nodiscard]] std::optional<QPointF> deadSpot() const;
    [[nodiscard]] QPointF ballSpot() const { return projection.of(ball).at; }
    [[nodiscard]] double ballSize() const { return ballRadius * projection.unit(ball); } ///< its radius on the picture

    const SolidScene& scene;
    const Theme& theme;
    SolidLayout layout;
    Projection projection;
    DeadShape dead;
    Mesh mesh;
    Raster raster;
    DrapedLines lines;
    double ballRadius = 0.0; ///< in the box: never too small to be seen
    Space contact;           ///< where the ball touches the surface; the floor where it is not finite there
    Space ball;              ///< its middle
};

} // namespace flatline
