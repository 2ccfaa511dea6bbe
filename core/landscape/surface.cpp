#include "core/landscape/surface.h"

#include "core/diagnosis/evaluation.h"
#include "core/landscape/directions.h"

#include <algorithm>
#include <cassert>
#include <thread>

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

/// The rows of a surface, which any number of threads take one after the other. A point's loss depends on its place
/// alone.
class Rows {
public:
    Rows(const SurfaceRequest& request, const std::atomic<bool>* cancelled, Surface& surface)
        : m_request(&request)
        , m_cancelled(cancelled)
        , m_surface(&surface) {}

    /// What each thread does. The evaluator is its own.
    void work(Evaluator evaluator) {
        const Network<float> network(m_request->spec);
        std::vector<float> point(m_request->parameters->size());
        for (int row = m_next++; row < m_request->side; row = m_next++)
            for (int column = 0; column < m_request->side; ++column) {
                if (cancelled())
                    return;
                place(row, column, point);
                m_surface->loss[static_cast<std::size_t>(row * m_request->side + column)] =
                    evaluator.evaluate(network, point.data()).loss;
            }
    }
    [[nodiscard]] bool cancelled() const {
        return m_cancelled != nullptr && m_cancelled->load(std::memory_order_relaxed);
    }

private:
    void place(int row, int column, std::vector<float>& point) const {
        const auto a = static_cast<float>(m_surface->coordinate(column));
        const auto b = static_cast<float>(m_surface->coordinate(row));
        const float* centre = m_request->parameters->data();
        const float* first = m_request->plane.first.data();
        const float* second = m_request->plane.second.data();
        for (std::size_t i = 0; i < point.size(); ++i)
            point[i] = centre[i] + (a * first[i] + b * second[i]);
    }

    const SurfaceRequest* m_request;
    const std::atomic<bool>* m_cancelled;
    Surface* m_surface;
    std::atomic<int> m_next{0};
};

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
    Surface surface;
    surface.run = request.run;
    surface.step = request.step;
    surface.choice = request.choice;
    surface.side = request.side;
    surface.extent = request.extent;
    surface.explained = request.plane.explained;
    surface.remark = request.plane.remark;
    surface.loss.resize(static_cast<std::size_t>(request.side) * static_cast<std::size_t>(request.side));
    Rows rows(request, cancelled, surface);
    {
        const Evaluator evaluator(request.spec, request.dataset->train);
        std::vector<std::jthread> others;
        for (int i = 1; i < std::min(request.threads, request.side); ++i)
            others.emplace_back([&] { rows.work(evaluator); });
        rows.work(evaluator);
    }
    if (rows.cancelled())
        return std::nullopt;
    surface.centre = surface.loss[surface.loss.size() / 2];
    surface.path = projected(request);
    return surface;
}

} // namespace flatline
