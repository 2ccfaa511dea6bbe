#include "core/landscape/surface.h"

#include "core/diagnosis/evaluation.h"
#include "core/landscape/directions.h"
#include "core/network/folded.h"

#include <algorithm>
#include <cassert>
#include <cmath>
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
        States states;
        for (int row = m_next++; row < m_request->side; row = m_next++)
            for (int column = 0; column < m_request->side; ++column) {
                if (cancelled())
                    return;
                place(row, column, point);
                const auto index = static_cast<std::size_t>(row * m_request->side + column);
                m_surface->loss[index] = m_surface->dead ? look(evaluator, network, point, states, index)
                                                         : evaluator.evaluate(network, point.data()).loss;
            }
    }
    [[nodiscard]] bool cancelled() const {
        return m_cancelled != nullptr && m_cancelled->load(std::memory_order_relaxed);
    }

private:
    struct States {
        TallyCounter counter;
        Tallies tallies;
    };

    /// The loss, in the same pass that finds the dead.
    double look(Evaluator& evaluator, const Network<float>& network, const std::vector<float>& point, States& states,
                std::size_t index) {
        LossSum loss;
        states.counter.begin(m_request->spec);
        evaluator.forEachTile(network, point.data(), TileKeep::States,
                              [&](TilePass& pass, const TileSamples& tile, int) {
                                  pass.addLoss(tile);
                                  states.counter.add(pass);
                                  loss = pass.loss();
                              });
        states.counter.finish(states.tallies);
        DeadRegion& dead = *m_surface->dead;
        std::uint16_t count = 0;
        for (const auto& layer : states.tallies)
            for (const NeuronTally& tally : layer)
                if (diagnoseNeuron(tally, m_request->spec, evaluator.samples()).state == NeuronState::Dead)
                    ++count;
        dead.count[index] = count;
        if (dead.neuron)
            dead.life[index] =
                lifeOf(states.tallies[dead.neuron->layer][dead.neuron->neuron], m_request->spec, evaluator.samples());
        return evaluator.summary(loss).loss;
    }

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

/// The training loss's gradient in the middle.
std::vector<float> gradientOf(const SurfaceRequest& request) {
    const Network<float> network(request.spec);
    const bool folded = request.spec.batchNorm != BatchNorm::None;
    std::vector<float> sums(network.layout().size(), 0.0F);
    Evaluator evaluator(request.spec, request.dataset->train);
    const float scale = 1.0F / static_cast<float>(evaluator.samples());
    evaluator.forEachTile(network, request.parameters->data(), TileKeep::Gradient,
                          [&](TilePass& pass, const TileSamples& tile, int) {
                              pass.addLoss(tile, scale);
                              pass.backward(tile, sums.data());
                          });
    if (!folded)
        return sums;
    std::vector<float> gradient(sums.size(), 0.0F);
    unfoldGradient(network, request.parameters->data(), sums.data(), gradient.data());
    return gradient;
}

double neuronNorm(const std::vector<float>& gradient, const Layout& layout, const NeuronPlace& place) {
    const Block& weights = layout.block(static_cast<int>(place.layer) + 1, BlockKind::Weight);
    const Block& biases = layout.block(static_cast<int>(place.layer) + 1, BlockKind::Bias);
    const int row = static_cast<int>(place.neuron);
    double squares = std::pow(static_cast<double>(gradient[biases.at(row, 0)]), 2);
    for (int column = 0; column < weights.columns; ++column)
        squares += std::pow(static_cast<double>(gradient[weights.at(row, column)]), 2);
    return std::sqrt(squares);
}

/// Room for what the rows find.
DeadRegion emptyRegion(const SurfaceRequest& request) {
    const auto points = static_cast<std::size_t>(request.side) * static_cast<std::size_t>(request.side);
    DeadRegion region;
    for (const int width : request.spec.hidden)
        region.neurons += width;
    region.count.resize(points);
    region.neuron = request.watched;
    if (region.neuron)
        region.life.resize(points);
    return region;
}

/// What is not a matter of grid points: the region's exact shape, its size, its neuron's gradient.
void finishRegion(const SurfaceRequest& request, const std::vector<float>& gradient, DeadRegion& region) {
    if (!region.neuron)
        return;
    const NeuronPlace place = *region.neuron;
    region.gradientNorm = neuronNorm(gradient, layoutOf(request.spec), place);
    const PlaneChoice own{"neuron", static_cast<int>(place.layer) + 1, static_cast<int>(place.neuron) + 1};
    if (request.choice == own)
        findExactRegion(request.spec, request.dataset->train, *request.parameters, request.extent, region);
    region.share = shareOf(region, request.side, request.extent);
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
    Surface surface;
    surface.run = request.run;
    surface.step = request.step;
    surface.choice = request.choice;
    surface.side = request.side;
    surface.extent = request.extent;
    surface.explained = request.plane.explained;
    surface.remark = request.plane.remark;
    surface.loss.resize(static_cast<std::size_t>(request.side) * static_cast<std::size_t>(request.side));
    if (request.findsDead)
        surface.dead = emptyRegion(request);
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
    const std::vector<float> gradient = gradientOf(request);
    surface.slope = {dot(gradient, request.plane.first), dot(gradient, request.plane.second)};
    if (surface.dead)
        finishRegion(request, gradient, *surface.dead);
    return surface;
}

} // namespace flatline
