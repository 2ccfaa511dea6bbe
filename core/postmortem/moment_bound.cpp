#include "core/postmortem/moment_bound.h"

#include <Eigen/Core>

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

using Vector = Eigen::Map<const Eigen::VectorXf>;

constexpr double ofNorms = 1e-4;   // relative room: norms of many floats are rounded themselves
constexpr double smallest = 1e-18; // whose square is still a float

/// Relative room for two different orders of so many sums, at both moments.
double rounding(std::size_t terms) {
    return 1e-5 + 1.2e-7 * static_cast<double>(terms);
}

double norm(const float* values, std::size_t count) {
    return std::sqrt(static_cast<double>(Vector(values, static_cast<Eigen::Index>(count)).squaredNorm()));
}
/// 0 only where all are.
double moveOf(const float* values, std::size_t count) {
    return std::all_of(values, values + count, [](float move) { return move == 0.0F; })
               ? 0.0
               : smallest + norm(values, count);
}
double norm(const std::vector<double>& values) {
    double sum = 0.0;
    for (const double value : values)
        sum += value * value;
    return std::sqrt(sum);
}
double weighted(const float* weights, const std::vector<double>& values) {
    double sum = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i)
        sum += static_cast<double>(std::abs(weights[i])) * values[i];
    return sum;
}

} // namespace

void MomentBound::begin(const Network<float>& network, const Moments& moment, std::size_t middle,
                        const std::vector<std::size_t>& numbers, const std::vector<NeuronPlace>& places) {
    m_network = &network;
    m_then = moment(middle).parameters.data();
    m_steep = std::max(1.0, std::abs(network.spec().activationParameters.alpha));
    m_radius.resize(network.layout().size());
    std::vector<const float*> moments;
    for (const std::size_t number : numbers)
        moments.push_back(moment(number).parameters.data());
    std::size_t deepest = 0;
    for (const NeuronPlace place : places)
        deepest = std::max(deepest, place.layer);
    for (std::size_t k = 0; k < deepest; ++k)
        for (const BlockKind kind : {BlockKind::Weight, BlockKind::Bias}) {
            const Block& block = network.layout().block(static_cast<int>(k) + 1, kind);
            spread(moments, block.offset, block.size());
        }
    for (const NeuronPlace place : places)
        if (place.layer == deepest) {
            const NeuronRow row = rowOf(network, place);
            spread(moments, row.weights, row.count);
            spread(moments, row.bias, 1);
        }
    m_layers.clear();
    while (m_layers.size() < deepest)
        addLayer();
}

void MomentBound::spread(const std::vector<const float*>& moments, std::size_t offset, std::size_t count) {
    using Values = Eigen::Map<const Eigen::Array4f>;
    const float* then = m_then + offset;
    float* radius = m_radius.data() + offset;
    std::size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        const Eigen::Array4f middle = Values(then + i);
        Eigen::Array4f most = Eigen::Array4f::Zero();
        for (const float* one : moments)
            most = most.max((Values(one + offset + i) - middle).abs());
        Eigen::Map<Eigen::Array4f>(radius + i) = most;
    }
    for (; i < count; ++i) {
        radius[i] = 0.0F;
        for (const float* one : moments)
            radius[i] = std::max(radius[i], std::abs(one[offset + i] - then[i]));
    }
}

void MomentBound::addLayer() {
    const std::size_t k = m_layers.size();
    const auto units = static_cast<std::size_t>(m_network->spec().hidden[k]);
    Layer layer;
    layer.factors.assign(k + 1, std::vector<double>(units));
    layer.rest.resize(units);
    for (std::size_t j = 0; j < units; ++j) {
        const Reach reach = of({k, j});
        for (std::size_t l = 0; l <= k; ++l)
            layer.factors[l][j] = m_steep * reach.factors[l];
        layer.rest[j] = m_steep * reach.rest;
        layer.moves = layer.moves || reach.moves;
    }
    for (const std::vector<double>& factors : layer.factors)
        layer.norms.push_back(norm(factors));
    layer.restNorm = norm(layer.rest);
    m_layers.push_back(std::move(layer));
}

MomentBound::Reach MomentBound::of(NeuronPlace place) const {
    const NeuronRow row = rowOf(*m_network, place);
    const double moved = moveOf(m_radius.data() + row.weights, row.count);
    const double biasMoved = moveOf(m_radius.data() + row.bias, 1);
    const Layer* before = place.layer > 0 ? &m_layers[place.layer - 1] : nullptr;
    Reach reach;
    reach.factors.assign(place.layer + 1, 0.0);
    reach.moves = moved != 0.0 || biasMoved != 0.0 || (before != nullptr && before->moves);
    if (!reach.moves)
        return reach;
    const float* weights = m_then + row.weights;
    const double size = norm(weights, row.count) + moved;
    const double room = rounding(row.count);
    const auto bias = std::abs(static_cast<double>(m_then[row.bias]));
    reach.factors.back() = (1.0 + ofNorms) * moved + room * size;
    reach.rest = (1.0 + ofNorms) * biasMoved + room * (2.0 * bias + biasMoved);
    if (before == nullptr)
        return reach;
    const auto through = [&](const std::vector<double>& shifts, double all) {
        return (1.0 + ofNorms) * (weighted(weights, shifts) + moved * all) + room * size * all;
    };
    for (std::size_t l = 0; l < place.layer; ++l)
        reach.factors[l] = through(before->factors[l], before->norms[l]);
    reach.rest += through(before->rest, before->restNorm);
    return reach;
}

} // namespace flatline
