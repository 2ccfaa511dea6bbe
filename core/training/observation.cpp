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
    return std::isfinite(trainLoss) && std::isfinite(gradientNorm) && (!testLoss || std::isfinite(*testLoss));
}

} // namespace flatline
