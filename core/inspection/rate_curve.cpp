#include "core/inspection/rate_curve.h"

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

constexpr int shownPoints = 61;
constexpr int scoutedPoints = 37;    // in search of where it dies: twelve a power of ten
constexpr double farthest = 1000.0;  // times the rate set
constexpr double shownSpan = 1000.0; // from the first point to the last
constexpr int halvings = 24;
constexpr double restingRate = 0.01; // the curve's middle where the rate set is 0

double spaced(double from, double factor, int index, int count) {
    return from * std::pow(factor, static_cast<double>(index) / (count - 1));
}

} // namespace

std::vector<float> preActivations(const Network<float>& network, Evaluator& evaluator,
                                  std::span<const float> parameters, NeuronPlace place) {
    std::vector<float> values;
    values.reserve(static_cast<std::size_t>(evaluator.samples()));
    evaluator.forEachTile(network, parameters.data(), TileKeep::States,
                          [&](TilePass& pass, const TileSamples& tile, int) {
                              const float* z = pass.preActivations(place.layer) +
                                               static_cast<std::ptrdiff_t>(place.neuron) * pass.stride();
                              values.insert(values.end(), z, z + tile.samples);
                          });
    return values;
}

RateCurve rateCurve(const Network<float>& network, Evaluator& evaluator, std::span<const float> before,
                    std::span<const float> move, NeuronPlace place, double rate) {
    std::vector<float> parameters(before.size());
    const auto pointAt = [&](double at) {
        for (std::size_t i = 0; i < parameters.size(); ++i)
            parameters[i] = before[i] + static_cast<float>(at) * move[i];
        const std::vector<float> z = preActivations(network, evaluator, parameters, place);
        return RatePoint{at, static_cast<double>(*std::ranges::max_element(z))};
    };
    const auto alive = [](const RatePoint& point) { return point.margin > 0.0; };
    RateCurve curve;
    curve.taken = pointAt(rate);
    const double centre = rate > 0.0 ? rate : restingRate;
    RatePoint last = pointAt(0.0);
    const bool aliveBefore = alive(last);
    for (int i = 0; aliveBefore && !curve.largestSafe && i < scoutedPoints; ++i) {
        const RatePoint next = pointAt(spaced(centre / shownSpan, shownSpan * farthest, i, scoutedPoints));
        if (!alive(next)) {
            RatePoint safe = last;
            RatePoint lethal = next;
            for (int k = 0; k < halvings; ++k) {
                const RatePoint middle = pointAt(0.5 * (safe.rate + lethal.rate));
                (alive(middle) ? safe : lethal) = middle;
            }
            curve.largestSafe = safe.rate;
        }
        last = next;
    }
    double most = 10.0 * centre;
    if (curve.largestSafe)
        most = std::max(3.0 * centre, 8.0 * *curve.largestSafe);
    for (int i = 0; i < shownPoints; ++i)
        curve.points.push_back(pointAt(spaced(most / shownSpan, shownSpan, i, shownPoints)));
    return curve;
}

} // namespace flatline
