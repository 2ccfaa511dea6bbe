#pragma once

#include "ui/solid/mesh.h"

#include <QImage>

#include <vector>

namespace flatline {

/// What the surface's pixels are coloured with.
struct Skin {
    std::vector<QRgb> palette; ///< of the colours' scale, from 0 to 1
    const DeadShape* dead = nullptr;
    QRgb deadGround = 0;
    QRgb deadLine = 0;
    float deadFade = 0.6F;
    float hatches = 22.0F;  ///< over the plane's edge
    int contours = 0;       ///< evenly spaced strictly inside the scale; 0: none
    float lineWidth = 1.0F; ///< of contours and hatch, in pixels of the raster
    /// The ball's shadow on the surface: where it lies, and how far it reaches.
    float shadowU = 0.0F;
    float shadowV = 0.0F;
    float shadowRadius = 0.0F;
};

/// A picture with a depth to each pixel: what is nearer covers what is farther. Not a widget, no GPU.
class Raster {
public:
    /// `scale`: pixels a picture unit.
    Raster(QSize pixels, double scale);

    /// All cells whose corners are there, rows of cells from `first` up to `end`.
    void draw(const Mesh& mesh, const Skin& skin, int first, int end);
    /// The ball with its middle there. Returns the share of it that is in sight.
    double drawBall(const Projection& projection, const Space& middle, double radius, const BallTurn& turn);

    /// Whether a spot, drawn now, would be in sight, or at most a line's thickness behind.
    [[nodiscard]] bool sees(const Spot& spot) const;
    [[nodiscard]] const QImage& image() const { return m_image; }

private:
    struct Gradient;
    class Paint;
    void triangle(const MeshPoint& a, const MeshPoint& b, const MeshPoint& c, const Skin& skin, bool mayBeDead);

    QImage m_image; ///< premultiplied, transparent where nothing is
    std::vector<float> m_depths;
    float m_scale;
};

} // namespace flatline
