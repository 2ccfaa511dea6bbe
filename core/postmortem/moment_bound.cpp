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
    if (count <= 4) { // too few for vectors
        float sum = 0.0F;
        for (std::size_t i = 0; i < count; ++i)
            sum += values[i] * values[i];
        return std::sqrt(static_cast<double>(sum));
    }
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
    using Doubles = Eigen::Map<const Eigen::ArrayXd>;
    const auto count = static_cast<Eigen::Index>(values.size());
    return (Eigen::Map<const Eigen::ArrayXf>(weights, count).abs().cast<double>() * Doubles(values.data(), count))
        .sum();
}

} // namespace

void MomentBound::begin(const Network<float>& network, const Moments& moment, std::size_t middle,
                        const std::vector<std::size_t>& numbers, const std::vector<NeuronPlace>& places) {
    m_network = &network;
    m_then = moment(middle).parameters.data();
    m_steep = std::max(1.0, std::abs(network.spec().activationParameters.alpha));
    m_radius.resize(network.layout().size());
    m_moments.clear();
    for (const std::size_t number : numbers)
        m_moments.push_back(moment(number).parameters.data());
    std::size_t deepest = 0;
    for (const NeuronPlace place : places)
        deepest = std::max(deepest, place.layer);
    m_layers.resize(std::max(m_layers.size(), deepest));
    for (std::size_t k = 0; k < deepest; ++k) {
        for (const BlockKind kind : {BlockKind::Weight, BlockKind::Bias}) {
            const Block& block = network.layout().block(static_cast<int>(k) + 1, kind);
            spread(block.offset, block.size());
        }
        bound(k);
    }
    for (const NeuronPlace place : places)
        if (place.layer == deepest) {
            const NeuronRow row = rowOf(network, place);
            spread(row.weights, row.count);
            spread(row.bias, 1);
        }
}

void MomentBound::spread(std::size_t offset, std::size_t count) {
    using Values = Eigen::Map<const Eigen::Array4f>;
    const float* then = m_then + offset;
    float* radius = m_radius.data() + offset;
    std::size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        const Eigen::Array4f middle = Values(then + i);
        const Eigen::Array4f next = Values(then + i + 4);
        Eigen::Array4f most = Eigen::Array4f::Zero();
        Eigen::Array4f mostNext = Eigen::Array4f::Zero();
        for (const float* one : m_moments) {
            most = most.max((Values(one + offset + i) - middle).abs());
            mostNext = mostNext.max((Values(one + offset + i + 4) - next).abs());
        }
        Eigen::Map<Eigen::Array4f>(radius + i) = most;
        Eigen::Map<Eigen::Array4f>(radius + i + 4) = mostNext;
    }
    for (; i < count; ++i) {
        radius[i] = 0.0F;
        for (const float* one : m_moments)
            radius[i] = std::max(radius[i], std::abs(one[offset + i] - then[i]));
    }
}

/// What f(z) of a layer's neurons can have moved.
void MomentBound::bound(std::size_t number) {
    const auto units = static_cast<std::size_t>(m_network->spec().hidden[number]);
    Layer& layer = m_layers[number];
    layer.factors.resize(number + 1);
    for (std::vector<double>& factors : layer.factors)
        factors.resize(units);
    layer.rest.resize(units);
    layer.moves = false;
    NeuronRow row = rowOf(*m_network, {number, 0});
    for (std::size_t j = 0; j < units; ++j, row.weights += row.count, ++row.bias) {
        reachOf(row, number > 0 ? &m_layers[number - 1] : nullptr, m_reach);
        for (std::size_t l = 0; l <= number; ++l)
            layer.factors[l][j] = m_steep * m_reach.factors[l];
        layer.rest[j] = m_steep * m_reach.rest;
        layer.moves = layer.moves || m_reach.moves;
    }
    layer.norms.clear();
    for (const std::vector<double>& factors : layer.factors)
        layer.norms.push_back(norm(factors));
    layer.restNorm = norm(layer.rest);
}

void MomentBound::of(NeuronPlace place, Reach& reach) const {
    reachOf(rowOf(*m_network, place), place.layer > 0 ? &m_layers[place.layer - 1] : nullptr, reach);
}

void MomentBound::reachOf(const NeuronRow& row, const Layer* before, Reach& reach) const {
    const double moved = moveOf(m_radius.data() + row.weights, row.count);
    const double biasMoved = static_cast<double>(m_radius[row.bias]);
    const std::size_t earlier = before != nullptr ? before->factors.size() : 0;
    reach.factors.assign(earlier + 1, 0.0);
    reach.rest = 0.0;
    reach.moves = moved != 0.0 || biasMoved != 0.0 || (before != nullptr && before->moves);
    if (!reach.moves)
        return;
    const float* weights = m_then + row.weights;
    const double size = norm(weights, row.count) + moved;
    const double room = rounding(row.count);
    const auto bias = std::abs(static_cast<double>(m_then[row.bias]));
    reach.factors.back() = (1.0 + ofNorms) * moved + room * size;
    reach.rest = (1.0 + ofNorms) * biasMoved + room * (2.0 * bias + biasMoved);
    if (before == nullptr)
        return;
    const auto through = [&](const std::vector<double>& shifts, double all) {
        return (1.0 + ofNorms) * (weighted(weights, shifts) + moved * all) + room * size * all;
    };
    for (std::size_t l = 0; l < earlier; ++l)
        reach.factors[l] = through(before->factors[l], before->norms[l]);
    reach.rest += through(before->rest, before->restNorm);
}

} // namespace flatline
