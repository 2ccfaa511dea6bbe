#pragma once

#include <QPointF>
#include <QRectF>

namespace flatline {

/// From where a solid is looked at; angles in degrees. Never from below.
struct Camera {
    double azimuth = -32.0;  ///< how far the floor is turned, counter-clockwise: the first axis runs to the right
    double elevation = 30.0; ///< above the floor
    double zoom = 1.0;       ///< 1: the whole solid fits
    bool operator==(const Camera&) const = default;

    static constexpr double lowest = 8.0;
    static constexpr double highest = 88.0;
    static constexpr double farthest = 0.6;
    static constexpr double closest = 5.0;

    [[nodiscard]] Camera turned(double right, double up) const;
    [[nodiscard]] Camera zoomed(double factor) const;
};

/// A place in the solid's own box: x and y, the plane's two coordinates over its extent, -1 to 1; z upwards, the floor
/// at 0, the highest loss at solidTop.
struct Space {
    double x = 0.0;
    double y = 0.0;
    double z = 0.0;
};
inline constexpr double solidBottom = 0.08; ///< z of the lowest loss: the floor shows below it
inline constexpr double solidTop = 0.95;

/// Where a place of the box stands on the picture. Central perspective from six half-edges away.
struct Spot {
    QPointF at;
    double depth = 0.0; ///< rises with the distance; between two spots it changes linearly on the picture
};
class Projection {
public:
    /// The box fits into `plot` from every azimuth, so that it does not grow and shrink when it is turned.
    Projection(const Camera& camera, const QRectF& plot);

    [[nodiscard]] Spot of(const Space& place) const;
    /// Picture units a unit of the box takes there.
    [[nodiscard]] double unit(const Space& place) const;
    /// The picture's axes in the box: to the right, upwards, and towards the eye; of length 1.
    [[nodiscard]] const Space& right() const { return m_right; }
    [[nodiscard]] const Space& up() const { return m_up; }
    [[nodiscard]] const Space& towards() const { return m_towards; }

private:
    [[nodiscard]] double away(const Space& place) const;

    Space m_right;
    Space m_up;
    Space m_towards;
    QPointF m_middle;
    double m_scale = 1.0;
};

} // namespace flatline
