#include "ui/solid/camera.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace flatline {
namespace {

constexpr double eye = 6.0; // distance from the middle of the box
constexpr double zMiddle = solidTop / 2.0;

double dot(const Space& a, const Space& b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

} // namespace

Camera Camera::turned(double right, double up) const {
    Camera camera = *this;
    camera.azimuth = std::remainder(azimuth + right, 360.0);
    camera.elevation = std::clamp(elevation + up, lowest, highest);
    return camera;
}

Camera Camera::zoomed(double factor) const {
    Camera camera = *this;
    camera.zoom = std::clamp(zoom * factor, farthest, closest);
    return camera;
}

Projection::Projection(const Camera& camera, const QRectF& plot)
    : m_middle(plot.center()) {
    const double azimuth = camera.azimuth * std::numbers::pi / 180.0;
    const double elevation = camera.elevation * std::numbers::pi / 180.0;
    const double cosA = std::cos(azimuth);
    const double sinA = std::sin(azimuth);
    const double cosE = std::cos(elevation);
    const double sinE = std::sin(elevation);
    m_right = {cosA, -sinA, 0.0};
    m_up = {sinA * sinE, cosA * sinE, cosE};
    m_towards = {-sinA * cosE, -cosA * cosE, sinE};
    // Lowest on the picture is the floor's front corner or, from high above, the top's; highest the top's back corner.
    const double corner = std::numbers::sqrt2;
    const double floorFront = (corner * sinE + zMiddle * cosE) / (1.0 - (corner * cosE - zMiddle * sinE) / eye);
    const double topFront = (corner * sinE - zMiddle * cosE) / (1.0 - (corner * cosE + zMiddle * sinE) / eye);
    const double below = std::max(floorFront, topFront);
    const double above = (corner * sinE + zMiddle * cosE) / (1.0 + (corner * cosE - zMiddle * sinE) / eye);
    // Of the top's corners, turned by t:  sin t / (near - k cos t)  is at most  1 / sqrt(near^2 - k^2).
    const double nearTop = 1.0 - zMiddle * sinE / eye;
    const double beside = corner / std::sqrt(nearTop * nearTop - std::pow(corner * cosE / eye, 2));
    m_scale = camera.zoom * std::min(plot.width() / 2.0 / beside, plot.height() / (above + below));
    m_middle.ry() -= m_scale * (below - above) / 2.0;
}

double Projection::away(const Space& place) const {
    return 1.0 - dot({place.x, place.y, place.z - zMiddle}, m_towards) / eye;
}

Spot Projection::of(const Space& place) const {
    const Space fromMiddle{place.x, place.y, place.z - zMiddle};
    const double far = away(place);
    return {m_middle + QPointF(dot(fromMiddle, m_right), -dot(fromMiddle, m_up)) * (m_scale / far), -1.0 / far};
}

double Projection::unit(const Space& place) const {
    return m_scale / away(place);
}

} // namespace flatline
