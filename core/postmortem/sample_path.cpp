#include "core/postmortem/sample_path.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace flatline {
namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Vector = Eigen::VectorXf;

const Block& weightsOf(const Network<float>& network, std::size_t layer) {
    return network.layout().block(static_cast<int>(layer) + 1, BlockKind::Weight);
}
const Block& biasOf(const Network<float>& network, std::size_t layer) {
    return network.layout().block(static_cast<int>(layer) + 1, BlockKind::Bias);
}

/// The scale and shift of batch norm in front of this neuron's activation.
NormScale ownNorm(const Network<float>& network, const NetworkMoment& moment, NeuronPlace place) {
    return network.spec().batchNorm == BatchNorm::BeforeActivation
               ? normScale(network.layout(), moment.parameters.data(), place.layer, place.neuron)
               : NormScale{};
}

/// Those behind the activation of input i.
NormScale inputNorm(const Network<float>& network, const NetworkMoment& moment, NeuronPlace place, std::size_t i) {
    return network.spec().batchNorm == BatchNorm::AfterActivation && place.layer > 0
               ? normScale(network.layout(), moment.parameters.data(), place.layer - 1, i)
               : NormScale{};
}

/// A parameter's move in its parts. Rounding goes where something acted: to decay where no gradient did, to the
/// gradient where there is no decay.
struct Parts {
    double gradient = 0.0;
    double memory = 0.0;
    double decay = 0.0;
};
Parts partsOf(const StepMove& move, std::size_t i, double decay) {
    const double whole = static_cast<double>(move.after.parameters[i]) - static_cast<double>(move.before.parameters[i]);
    Parts parts;
    if (move.gradient.empty()) {
        parts.gradient = whole;
        return parts;
    }
    parts.memory = move.memoryMove.empty() ? 0.0 : static_cast<double>(move.memoryMove[i]);
    if (move.gradient[i] == 0.0F) {
        if (decay != 0.0)
            parts.decay = whole - parts.memory;
        else
            parts.memory = whole;
    } else if (decay != 0.0) {
        parts.gradient = static_cast<double>(move.gradientMove[i]);
        parts.decay = whole - parts.memory - parts.gradient;
    } else {
        parts.gradient = whole - parts.memory;
    }
    return parts;
}

/// Sums of the parts times h. What is 0 everywhere is left out: where the gradient's sum is finite, so is all of h.
Parts sumsOf(const StepMove& move, const NeuronRow& row, std::span<const float> inputs) {
    const float* before = move.before.parameters.data() + row.weights;
    const float* after = move.after.parameters.data() + row.weights;
    const auto moved = [&](std::size_t i) { return static_cast<double>(after[i]) - static_cast<double>(before[i]); };
    Parts sums;
    if (move.gradient.empty()) {
        for (std::size_t i = 0; i < inputs.size(); ++i)
            sums.gradient += moved(i) * static_cast<double>(inputs[i]);
        return sums;
    }
    if (move.weightDecay == 0.0 && !move.memoryMove.empty()) {
        const float* gradient = move.gradient.data() + row.weights;
        const float* memory = move.memoryMove.data() + row.weights;
        for (std::size_t i = 0; i < inputs.size(); ++i) {
            const bool none = gradient[i] == 0.0F;
            const double whole = moved(i);
            const auto remembered = static_cast<double>(memory[i]);
            const auto h = static_cast<double>(inputs[i]);
            sums.gradient += (none ? 0.0 : whole - remembered) * h;
            sums.memory += (none ? whole : remembered) * h;
        }
        return sums;
    }
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const Parts parts = partsOf(move, row.weights + i, move.weightDecay);
        const auto h = static_cast<double>(inputs[i]);
        sums.gradient += parts.gradient * h;
        sums.memory += parts.memory * h;
        sums.decay += parts.decay * h;
    }
    return sums;
}

/// Without batch norm, where all but the move of w and b itself is 0; or nothing, where something overflows.
std::optional<Contributions> plainContributions(const StepMove& move, const NeuronRow& row,
                                                std::span<const float> inputs) {
    const Parts sums = sumsOf(move, row, inputs);
    if (!std::isfinite(sums.gradient))
        return std::nullopt;
    const Parts parts = partsOf(move, row.bias, move.biasDecay);
    Contributions result;
    result[Cause::GradientWeights] = sums.gradient;
    result[Cause::Momentum] = sums.memory + parts.memory;
    result[Cause::WeightDecay] = sums.decay;
    result[Cause::GradientBias] = parts.gradient;
    result[Cause::BiasDecay] = parts.decay;
    result[Cause::Annealing] = move.after.biasShift.of(row.place.layer, row.place.neuron) -
                               move.before.biasShift.of(row.place.layer, row.place.neuron);
    return result;
}

bool sameBlocks(const Layout& layout, const NetworkMoment& before, const NetworkMoment& after, int layer) {
    constexpr std::array figures{BlockKind::Gamma, BlockKind::Beta, BlockKind::RunningMean, BlockKind::RunningVariance};
    return std::ranges::all_of(figures, [&](BlockKind kind) {
        const Block& block = layout.block(layer, kind);
        return std::ranges::equal(before.parameters.subspan(block.offset, block.size()),
                                  after.parameters.subspan(block.offset, block.size()));
    });
}

} // namespace

void sampleInputs(const Network<float>& network, const NetworkMoment& moment, std::span<const float> features,
                  std::size_t layer, std::vector<float>& inputs, std::vector<float>& scratch) {
    inputs.assign(features.begin(), features.end());
    const NetworkSpec& spec = network.spec();
    for (std::size_t k = 0; k < layer; ++k) {
        const Block& weights = weightsOf(network, k);
        if (k > 0 && spec.batchNorm == BatchNorm::AfterActivation)
            for (std::size_t i = 0; i < inputs.size(); ++i) {
                const NormScale norm = normScale(network.layout(), moment.parameters.data(), k - 1, i);
                inputs[i] = static_cast<float>(norm.scale * static_cast<double>(inputs[i]) + norm.shift);
            }
        const Eigen::Map<const Matrix> w(moment.parameters.data() + weights.offset, weights.rows, weights.columns);
        const Eigen::Map<const Vector> b(moment.parameters.data() + biasOf(network, k).offset, weights.rows);
        scratch.resize(static_cast<std::size_t>(weights.rows));
        Eigen::Map<Vector> z(scratch.data(), weights.rows);
        z.noalias() = w * Eigen::Map<const Vector>(inputs.data(), weights.columns);
        if (moment.biasShift.own.empty())
            z.array() += b.array() + static_cast<float>(moment.biasShift.all);
        else
            for (Eigen::Index j = 0; j < z.size(); ++j)
                z[j] += b[j] + static_cast<float>(moment.biasShift.of(k, static_cast<std::size_t>(j)));
        if (spec.batchNorm == BatchNorm::BeforeActivation)
            for (Eigen::Index j = 0; j < z.size(); ++j) {
                const NormScale norm =
                    normScale(network.layout(), moment.parameters.data(), k, static_cast<std::size_t>(j));
                z[j] = static_cast<float>(norm.scale * static_cast<double>(z[j]) + norm.shift);
            }
        inputs.resize(static_cast<std::size_t>(z.size()));
        const auto& f = spec.activation->single;
        if (!spec.activation->learntSlope)
            f.value(z.data(), inputs.data(), inputs.size(), spec.activationParameters);
        else
            for (std::size_t j = 0; j < inputs.size(); ++j)
                f.value(z.data() + j, inputs.data() + j, 1, network.neuronParameters(moment.parameters.data(), k, j));
    }
}

double preActivation(const Network<float>& network, const NetworkMoment& moment, NeuronPlace place,
                     std::span<const float> inputs) {
    const Block& weights = weightsOf(network, place.layer);
    const std::size_t row = weights.at(static_cast<int>(place.neuron), 0);
    double x = static_cast<double>(moment.parameters[biasOf(network, place.layer).offset + place.neuron]) +
               moment.biasShift.of(place.layer, place.neuron);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const NormScale norm = inputNorm(network, moment, place, i);
        x += static_cast<double>(moment.parameters[row + i]) *
             (norm.scale * static_cast<double>(inputs[i]) + norm.shift);
    }
    const NormScale own = ownNorm(network, moment, place);
    return own.scale * x + own.shift;
}

double upstreamChange(const Network<float>& network, const NetworkMoment& moment, NeuronPlace place,
                      std::span<const float> from, std::span<const float> to) {
    const std::size_t row = weightsOf(network, place.layer).at(static_cast<int>(place.neuron), 0);
    double x = 0.0;
    if (network.spec().batchNorm == BatchNorm::None) { // all scales are 1
        const float* weights = moment.parameters.data() + row;
        for (std::size_t i = 0; i < from.size(); ++i)
            x += static_cast<double>(weights[i]) * (static_cast<double>(to[i]) - static_cast<double>(from[i]));
        return x;
    }
    for (std::size_t i = 0; i < from.size(); ++i)
        x += static_cast<double>(moment.parameters[row + i]) * inputNorm(network, moment, place, i).scale *
             (static_cast<double>(to[i]) - static_cast<double>(from[i]));
    return ownNorm(network, moment, place).scale * x;
}

Contributions stepContributions(const Network<float>& network, const StepMove& move, NeuronPlace place,
                                std::span<const float> inputs) {
    if (network.spec().batchNorm == BatchNorm::None)
        if (const auto plain = plainContributions(move, rowOf(network, place), inputs))
            return *plain;
    const std::size_t row = weightsOf(network, place.layer).at(static_cast<int>(place.neuron), 0);
    const std::size_t bias = biasOf(network, place.layer).offset + place.neuron;
    const NormScale ownBefore = ownNorm(network, move.before, place);
    const NormScale ownAfter = ownNorm(network, move.after, place);
    Contributions sums;
    const double warmthBefore = move.before.biasShift.of(place.layer, place.neuron);
    double x = static_cast<double>(move.before.parameters[bias]) + warmthBefore;
    double moved = 0.0; // by batch norm of the layer before
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        const auto h = static_cast<double>(inputs[i]);
        const NormScale before = inputNorm(network, move.before, place, i);
        const NormScale after = inputNorm(network, move.after, place, i);
        const double u = before.scale * h + before.shift;
        const Parts parts = partsOf(move, row + i, move.weightDecay);
        sums[Cause::GradientWeights] += parts.gradient * u;
        sums[Cause::Momentum] += parts.memory * u;
        sums[Cause::WeightDecay] += parts.decay * u;
        x += static_cast<double>(move.before.parameters[row + i]) * u;
        moved += static_cast<double>(move.after.parameters[row + i]) *
                 ((after.scale - before.scale) * h + (after.shift - before.shift));
    }
    const Parts parts = partsOf(move, bias, move.biasDecay);
    sums[Cause::GradientBias] = parts.gradient;
    sums[Cause::Momentum] += parts.memory;
    sums[Cause::BiasDecay] = parts.decay;
    sums[Cause::Annealing] = move.after.biasShift.of(place.layer, place.neuron) - warmthBefore;
    for (double& value : sums.values)
        value *= ownAfter.scale;
    sums[Cause::BatchNorm] =
        (ownAfter.scale - ownBefore.scale) * x + (ownAfter.shift - ownBefore.shift) + ownAfter.scale * moved;
    return sums;
}

NeuronRow rowOf(const Network<float>& network, NeuronPlace place) {
    const Block& weights = weightsOf(network, place.layer);
    return {place, weights.at(static_cast<int>(place.neuron), 0), static_cast<std::size_t>(weights.columns),
            biasOf(network, place.layer).offset + place.neuron};
}

bool movedItself(const Network<float>& network, const NetworkMoment& before, const NetworkMoment& after,
                 const NeuronRow& row) {
    const float* own = before.parameters.data() + row.weights;
    if (before.parameters[row.bias] != after.parameters[row.bias] ||
        !std::equal(own, own + row.count, after.parameters.data() + row.weights) ||
        before.biasShift.of(row.place.layer, row.place.neuron) != after.biasShift.of(row.place.layer, row.place.neuron))
        return true;
    const int layer = static_cast<int>(row.place.layer) + 1;
    switch (network.spec().batchNorm) {
    case BatchNorm::BeforeActivation:
        return !sameBlocks(network.layout(), before, after, layer);
    case BatchNorm::AfterActivation:
        return layer > 1 && !sameBlocks(network.layout(), before, after, layer - 1);
    default:
        return false;
    }
}

} // namespace flatline
