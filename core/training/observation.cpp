#include "core/training/observation.h"

#include <cmath>
#include <numeric>

namespace flatline {
namespace {

int sumOf(const std::vector<Observation::Layer>& layers, int Observation::Layer::*count) {
    return std::accumulate(layers.begin(), layers.end(), 0,
                           [count](int sum, const Observation::Layer& layer) { return sum + layer.*count; });
}

} // namespace

int Observation::neurons() const {
    return sumOf(layers, &Layer::neurons);
}
int Observation::dead() const {
    return sumOf(layers, &Layer::dead);
}
int Observation::comatose() const {
    return sumOf(layers, &Layer::comatose);
}
int Observation::atRisk() const {
    return sumOf(layers, &Layer::atRisk);
}

bool Observation::finite() const {
    // Where probabilities are exactly 0 the loss is infinite while every number of the network is finite.
    const auto labelled = [](double loss, std::int64_t infinite) {
        return std::isfinite(loss) || (infinite > 0 && std::isinf(loss));
    };
    return allFinite && labelled(trainLoss, infiniteLossSamples) && std::isfinite(gradientNorm) &&
           (!testLoss || labelled(*testLoss, testInfiniteLossSamples));
}

} // namespace flatline
