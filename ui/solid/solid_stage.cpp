#include "ui/solid/solid_stage.h"

#include "ui/fields/landscape_path.h"
#include "ui/solid/render_solid.h"

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

constexpr double leastBall = 6.5; // picture units, as on the flat picture

} // namespace

SolidStage::SolidStage(const SolidScene& shown, double scale)
    : scene(shown)
    , theme(themeFor(shown.dark))
    , layout(layOutSolid(shown.size, shown.bar))
    , projection(shown.camera, layout.plot)
    , dead(shown.show.deadRegion ? DeadShape(*shown.surface) : DeadShape())
    , mesh(shown, projection, dead, meshStride(shown.surface->side, shown.detail))
    , raster((shown.size * scale).toSize(), scale)
    , lines(mesh, projection, raster) {
    const double unit = projection.unit({0.0, 0.0, solidTop / 2.0});
    ballRadius = std::max(flatline::ballRadius / std::sqrt(std::max(1.0, scene.camera.zoom)), leastBall / unit);
    const std::optional<Space> place = mesh.place(0.0, 0.0);
    contact = place.value_or(Space{});
    const Space normal = place ? mesh.normal(0.0, 0.0) : Space{0.0, 0.0, 1.0};
    ball = {contact.x + normal.x * ballRadius, contact.y + normal.y * ballRadius, contact.z + normal.z * ballRadius};
}

std::optional<QPointF> SolidStage::spotAt(const QPointF& place) const {
    const auto on = mesh.place(place.x(), place.y());
    return on ? std::optional(projection.of(*on).at) : std::nullopt;
}

std::optional<QPointF> SolidStage::seenSpotAt(const QPointF& place) const {
    const auto on = mesh.place(place.x(), place.y());
    if (!on || !raster.sees(projection.of({on->x, on->y, on->z + DrapedLines::lift})))
        return std::nullopt;
    return projection.of(*on).at;
}

std::optional<QPointF> SolidStage::edgeSpot() const {
    const Surface& surface = *scene.surface;
    if (!scene.show.deadRegion || !surface.dead || !surface.dead->way)
        return std::nullopt;
    return spotAt({surface.dead->way->bias / surface.extent, 0.0});
}

std::optional<QPointF> SolidStage::boltSpot() const {
    const auto place = kickPlace(*scene.surface, scene.kick);
    if (!place || !scene.show.path)
        return std::nullopt;
    std::optional<QPointF> spot = seenSpotAt(QPointF(place->a, place->b) / scene.surface->extent);
    if (spot) { // beside the ball, never on it
        const QPointF middle = ballSpot();
        const double apart = ballSize() + boltRadius + 2.0;
        QPointF away = *spot - middle;
        if (const double distance = std::hypot(away.x(), away.y()); distance < apart) {
            away = distance > 0.5 ? away / distance : QPointF(1.0, 0.0);
            spot = middle + away * apart;
        }
    }
    return spot;
}

std::optional<QPointF> SolidStage::deadSpot() const {
    QPointF sum;
    int count = 0;
    const auto each = [&](auto visit) {
        for (int row = 0; row < mesh.side(); row += 2)
            for (int column = 0; column < mesh.side(); column += 2) {
                const MeshPoint& point = mesh.at(column, row);
                if (point.there && point.life <= 0.0F)
                    visit(QPointF(static_cast<double>(point.u), static_cast<double>(point.v)));
            }
    };
    each([&](const QPointF& place) {
        sum += place;
        ++count;
    });
    if (count == 0)
        return std::nullopt;
    const QPointF middle = sum / count;
    std::optional<QPointF> best;
    double nearest = 0.0;
    each([&](const QPointF& place) {
        const QPointF off = place - middle;
        const double distance = std::hypot(off.x(), off.y()) + (std::hypot(place.x(), place.y()) < 0.25 ? 1.0 : 0.0);
        if (best && distance >= nearest)
            return;
        if (const auto spot = seenSpotAt(place)) {
            best = spot;
            nearest = distance;
        }
    });
    return best;
}

} // namespace flatline
