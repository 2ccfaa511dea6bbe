#include "core/landscape/surface.h"

#include "core/diagnosis/evaluation.h"
#include "core/landscape/directions.h"

#include <cassert>

namespace flatline {
namespace {

/// The path in the plane's coordinates, by least squares: with x = theta_then - theta_now and the Gram matrix G of the
/// two directions, (a, b) = G^-1 (x . first, x . second). A direction of length 0 leaves its coordinate at 0.
std::vector<PathPoint> projected(const SurfaceRequest& request) {
    const Plane& plane = request.plane;
    const std::vector<float>& now = *request.parameters;
    const double ff = dot(plane.first, plane.first);
    const double ss = dot(plane.second, plane.second);
    const double fs = dot(plane.first, plane.second);
    const double determinant = ff * ss - fs * fs;
    std::vector<PathPoint> path;
    const Layout layout = layoutOf(request.spec);
    for (const auto& keyframe : request.path) {
        if (keyframe->step > request.step)
            continue;
        Direction x = parametersIn(*keyframe, request.spec, layout, now);
        if (x.empty())
            continue;
        for (std::size_t i = 0; i < now.size(); ++i)
            x[i] -= now[i];
        const double xf = dot(x, plane.first);
        const double xs = dot(x, plane.second);
        PathPoint point{keyframe->step, 0.0, 0.0};
        if (determinant > 1e-12 * ff * ss) {
            point.a = (ss * xf - fs * xs) / determinant;
            point.b = (ff * xs - fs * xf) / determinant;
        } else if (ff > 0.0) {
            point.a = xf / ff;
        } else if (ss > 0.0) {
            point.b = xs / ss;
        }
        path.push_back(point);
    }
    path.push_back({request.step, 0.0, 0.0});
    return path;
}

} // namespace

double Surface::coordinate(int index) const {
    const int half = side / 2;
    return half == 0 ? 0.0 : extent * (index - half) / half;
}

SurfaceRequest surfaceRequest(const Snapshot& snapshot) {
    assert(snapshot.spec && snapshot.dataset && snapshot.parameters);
    SurfaceRequest request;
    request.run = snapshot.run;
    request.step = snapshot.now.step;
    request.spec = *snapshot.spec;
    request.dataset = snapshot.dataset;
    request.parameters = snapshot.parameters;
    request.path = snapshot.path;
    return request;
}

std::optional<Surface> computeSurface(const SurfaceRequest& request, const std::atomic<bool>* cancelled) {
    assert(request.side % 2 == 1);
    const Network<float> network(request.spec);
    Evaluator evaluator(request.spec, request.dataset->train);
    Surface surface;
    surface.run = request.run;
    surface.step = request.step;
    surface.choice = request.choice;
    surface.side = request.side;
    surface.extent = request.extent;
    surface.explained = request.plane.explained;
    surface.remark = request.plane.remark;
    surface.loss.reserve(static_cast<std::size_t>(request.side) * static_cast<std::size_t>(request.side));
    const std::vector<float>& centre = *request.parameters;
    std::vector<float> point(centre.size());
    for (int row = 0; row < request.side; ++row)
        for (int column = 0; column < request.side; ++column) {
            if (cancelled != nullptr && cancelled->load(std::memory_order_relaxed))
                return std::nullopt;
            const auto a = static_cast<float>(surface.coordinate(column));
            const auto b = static_cast<float>(surface.coordinate(row));
            for (std::size_t i = 0; i < point.size(); ++i)
                point[i] = centre[i] + (a * request.plane.first[i] + b * request.plane.second[i]);
            surface.loss.push_back(evaluator.evaluate(network, point.data()).loss);
        }
    surface.centre = surface.loss[surface.loss.size() / 2];
    surface.path = projected(request);
    return surface;
}

} // namespace flatline
