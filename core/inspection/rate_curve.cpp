#include "core/inspection/rate_curve.h"

#include "core/settings/setting_table.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace flatline {
namespace {

constexpr int shownPoints = 61;
constexpr int scoutedPoints = 37;    // in search of where it dies: twelve a power of ten
constexpr double farthest = 1000.0;  // times the rate set
constexpr double shownSpan = 1000.0; // from the first point to the last
constexpr int halvings = 24;
constexpr double restingRate = 0.01; // the curve's middle where the rate set is 0
constexpr int triedPoints = 31;      // of several steps: ten a power of ten
constexpr double triedSpan = 1000.0;
constexpr double triedBelow = 100.0; // the rate set over the first point
constexpr int triedHalvings = 12;

double spaced(double from, double factor, int index, int count) {
    return from * std::pow(factor, static_cast<double>(index) / (count - 1));
}

/// A base that is tried at one rate after another.
class Trials {
public:
    Trials(Trainer& base, std::int64_t last, Evaluator& evaluator, NeuronPlace place)
        : m_base(base)
        , m_last(last)
        , m_evaluator(evaluator)
        , m_place(place) {}

    [[nodiscard]] RatePoint at(double rate) const {
        Trainer trainer = m_base.clone();
        trainer.intervene();
        RatePoint point{rate, std::numeric_limits<double>::quiet_NaN()};
        if (!trainer.act(SettingChange{"training.learning_rate", rate}))
            return point;
        while (trainer.stepsDone() < m_last)
            if (!trainer.step())
                return point; // it diverges
        const std::vector<float> z = preActivations(trainer.network(), m_evaluator, trainer.parameters(), m_place);
        point.margin = static_cast<double>(*std::ranges::max_element(z));
        return point;
    }

private:
    Trainer& m_base;
    std::int64_t m_last;
    Evaluator& m_evaluator;
    NeuronPlace m_place;
};

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

std::int64_t mostCurveSteps(std::size_t parameters, int batchSize) {
    constexpr double stepTime = 2e-6;    // s, whatever the network
    constexpr double weightTime = 5e-10; // s for a weight and sample, there and back, on a slow machine
    constexpr double all = 1.0;          // s
    const double step = stepTime + weightTime * static_cast<double>(parameters) * batchSize;
    return std::max(std::int64_t{1}, static_cast<std::int64_t>(all / (step * (triedPoints + triedHalvings + 1))));
}

std::optional<RateCurve> rateCurveOver(Trainer& base, std::int64_t last, Evaluator& evaluator, NeuronPlace place,
                                       double rate, const std::atomic<bool>* cancelled) {
    const Trials trials(base, last, evaluator, place);
    RateCurve curve;
    curve.first = base.stepsDone() + 1;
    curve.step = last;
    curve.made = true;
    curve.taken = trials.at(rate);
    for (int i = 0; i < triedPoints; ++i) {
        if (cancelled != nullptr && *cancelled)
            return std::nullopt;
        const double at = std::min(spaced(rate / triedBelow, triedSpan, i, triedPoints),
                                   findSetting("training.learning_rate")->maximum);
        curve.points.push_back(trials.at(at));
    }
    // The first time that it is dead; further on it may live again.
    const auto alive = [](const RatePoint& point) { return point.margin > 0.0; };
    const auto lethal = std::ranges::find_if_not(curve.points, alive);
    if (lethal == curve.points.begin() || lethal == curve.points.end())
        return curve;
    RatePoint safe = *(lethal - 1);
    RatePoint deadly = *lethal;
    for (int k = 0; k < triedHalvings; ++k) {
        const RatePoint middle = trials.at(0.5 * (safe.rate + deadly.rate));
        (alive(middle) ? safe : deadly) = middle;
    }
    curve.largestSafe = safe.rate;
    return curve;
}

} // namespace flatline
