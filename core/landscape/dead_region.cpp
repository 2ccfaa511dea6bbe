#include "core/landscape/dead_region.h"

#include "core/diagnosis/evaluation.h"
#include "core/network/folded.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

namespace flatline {
namespace {

/// z = constant + a * byA + b * byB of one sample.
struct LinearZ {
    double constant = 0.0;
    double byA = 0.0;
    double byB = 0.0;

    [[nodiscard]] double at(const PlanePoint& point) const { return constant + point.a * byA + point.b * byB; }
};

bool isRelu(const NetworkSpec& spec) {
    return std::string_view(spec.activation->id) == "relu";
}

std::vector<LinearZ> linearInPlane(const NetworkSpec& spec, const Split& split, std::span<const float> parameters,
                                   const NeuronPlace& place) {
    const Network<float> network(spec);
    const Layout& layout = network.layout();
    NormScale norm;
    if (spec.batchNorm == BatchNorm::BeforeActivation)
        norm = normScale(layout, parameters.data(), place.layer, place.neuron);
    const Block& biases = layout.block(static_cast<int>(place.layer) + 1, BlockKind::Bias);
    const double bias = static_cast<double>(parameters[biases.at(static_cast<int>(place.neuron), 0)]) +
                        spec.biasShift.of(place.layer, place.neuron);
    std::vector<LinearZ> samples;
    Evaluator evaluator(spec, split);
    evaluator.forEachTile(network, parameters.data(), TileKeep::States, [&](TilePass& pass, const TileSamples&, int) {
        const float* z = pass.preActivations(place.layer) + static_cast<std::ptrdiff_t>(place.neuron) * pass.stride();
        for (int i = 0; i < pass.samples(); ++i) {
            const auto now = static_cast<double>(z[i]);
            samples.push_back({now, norm.scale, now - norm.shift - norm.scale * bias});
        }
    });
    return samples;
}

/// What of a convex polygon lies where z is not above 0 (Sutherland and Hodgman 1974).
std::vector<PlanePoint> clipped(const std::vector<PlanePoint>& polygon, const LinearZ& z) {
    std::vector<PlanePoint> kept;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        const PlanePoint& from = polygon[i];
        const PlanePoint& to = polygon[(i + 1) % polygon.size()];
        const double before = z.at(from);
        const double after = z.at(to);
        if (before <= 0.0)
            kept.push_back(from);
        if ((before < 0.0 && after > 0.0) || (before > 0.0 && after < 0.0)) {
            const double part = before / (before - after);
            kept.push_back({from.a + part * (to.a - from.a), from.b + part * (to.b - from.b)});
        }
    }
    return kept.size() < 3 ? std::vector<PlanePoint>() : kept;
}

/// By the bias alone. Nothing where it is not dead in the middle, or where its bias moves nothing.
std::optional<WayToLife> wayOut(const std::vector<LinearZ>& samples) {
    const double byBias = samples.front().byA;
    double nearest = std::numeric_limits<double>::infinity();
    for (const LinearZ& z : samples) {
        if (z.constant > 0.0 || byBias == 0.0)
            return std::nullopt;
        nearest = std::min(nearest, -z.constant / std::abs(byBias));
    }
    const auto wakes = [&](const LinearZ& z) { return -z.constant / std::abs(byBias) == nearest; };
    return WayToLife{std::copysign(nearest, byBias), static_cast<int>(std::ranges::count_if(samples, wakes))};
}

} // namespace

float lifeOf(const NeuronTally& tally, const NetworkSpec& spec, int samples) {
    const bool dead = diagnoseNeuron(tally, spec, samples).state == NeuronState::Dead;
    if (!isRelu(spec))
        return dead ? -1.0F : 1.0F;
    if (dead)
        return std::min(tally.maximum, 0.0F);
    // With a slope at 0, what lies exactly there lives; where a z is no number, nothing is known to be dead.
    return tally.maximum > 0.0F ? tally.maximum : std::numeric_limits<float>::min();
}

void findExactRegion(const NetworkSpec& spec, const Split& split, std::span<const float> parameters, double extent,
                     DeadRegion& region) {
    if (!isRelu(spec) || split.samples() == 0)
        return;
    const std::vector<LinearZ> samples = linearInPlane(spec, split, parameters, *region.neuron);
    if (!std::ranges::all_of(samples,
                             [](const LinearZ& z) { return std::isfinite(z.constant) && std::isfinite(z.byB); }))
        return;
    region.exact = true;
    region.corners = {{-extent, -extent}, {extent, -extent}, {extent, extent}, {-extent, extent}};
    for (const LinearZ& z : samples)
        if (std::ranges::any_of(region.corners, [&](const PlanePoint& corner) { return z.at(corner) > 0.0; }))
            region.corners = clipped(region.corners, z);
    region.way = wayOut(samples);
}

double shareOf(const DeadRegion& region, int side, double extent) {
    double area = 0.0;
    if (region.exact) {
        const std::vector<PlanePoint>& corners = region.corners;
        for (std::size_t i = 0; i < corners.size(); ++i) {
            const PlanePoint& next = corners[(i + 1) % corners.size()];
            area += corners[i].a * next.b - next.a * corners[i].b;
        }
        return area / 2.0 / (4.0 * extent * extent);
    }
    const auto weight = [side](int index) { return index == 0 || index == side - 1 ? 0.5 : 1.0; };
    for (int row = 0; row < side; ++row)
        for (int column = 0; column < side; ++column)
            if (region.life[static_cast<std::size_t>(row * side + column)] <= 0.0F)
                area += weight(row) * weight(column);
    return area / ((side - 1.0) * (side - 1.0));
}

} // namespace flatline
