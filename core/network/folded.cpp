#include "core/network/folded.h"

#include <cmath>

namespace flatline {
namespace {

using Row = Eigen::Map<const Eigen::VectorXf>;

void foldBefore(const Network<float>& network, const float* parameters, const Block& weights, const Block& bias,
                Folded& folded) {
    const auto layer = static_cast<std::size_t>(weights.layer - 1);
    const bool normed = network.spec().batchNorm == BatchNorm::BeforeActivation;
    for (int j = 0; j < weights.rows; ++j) {
        const std::size_t place = bias.at(j, 0);
        const double shifted =
            static_cast<double>(parameters[place]) + network.spec().biasShift.of(layer, static_cast<std::size_t>(j));
        const NormScale norm =
            normed ? normScale(network.layout(), parameters, layer, static_cast<std::size_t>(j)) : NormScale{};
        if (normed)
            for (int i = 0; i < weights.columns; ++i)
                folded.parameters[weights.at(j, i)] =
                    static_cast<float>(norm.scale * static_cast<double>(parameters[weights.at(j, i)]));
        folded.parameters[place] = static_cast<float>(norm.scale * shifted + norm.shift);
        folded.magnitude[layer][static_cast<std::size_t>(j)] =
            static_cast<float>(std::abs(norm.scale * shifted) + norm.size);
    }
}

/// Batch norm of the layer before, which stands after its activation.
void foldAfter(const Network<float>& network, const float* parameters, const Block& weights, const Block& bias,
               Folded& folded) {
    const auto before = static_cast<std::size_t>(weights.layer - 2);
    std::vector<NormScale> norms;
    for (int i = 0; i < weights.columns; ++i)
        norms.push_back(normScale(network.layout(), parameters, before, static_cast<std::size_t>(i)));
    for (int j = 0; j < weights.rows; ++j) {
        double shift = 0.0;
        double size = 0.0;
        for (int i = 0; i < weights.columns; ++i) {
            const auto weight = static_cast<double>(parameters[weights.at(j, i)]);
            const NormScale& norm = norms[static_cast<std::size_t>(i)];
            folded.parameters[weights.at(j, i)] = static_cast<float>(norm.scale * weight);
            shift += weight * norm.shift;
            size += std::abs(weight) * norm.size;
        }
        folded.parameters[bias.at(j, 0)] =
            static_cast<float>(static_cast<double>(folded.parameters[bias.at(j, 0)]) + shift);
        if (static_cast<std::size_t>(weights.layer - 1) < folded.magnitude.size())
            folded.magnitude[static_cast<std::size_t>(weights.layer - 1)][static_cast<std::size_t>(j)] +=
                static_cast<float>(size);
    }
}

double wide(float value) {
    return static_cast<double>(value);
}

/// Adds what the derivatives by s and t of a hidden layer's neuron say of its gamma and beta.
void addNormGradient(const Layout& layout, const float* parameters, int layer, int neuron, double ds, double dt,
                     float* gradient) {
    const auto place = [&](BlockKind kind) { return layout.block(layer, kind).at(neuron, 0); };
    const double mean = wide(parameters[place(BlockKind::RunningMean)]);
    const double variance = wide(parameters[place(BlockKind::RunningVariance)]);
    gradient[place(BlockKind::Beta)] += static_cast<float>(dt);
    gradient[place(BlockKind::Gamma)] += static_cast<float>((ds - mean * dt) / std::sqrt(variance + batchNormEpsilon));
}

void unfoldBefore(const Network<float>& network, const float* parameters, int layer, const float* folded,
                  float* gradient) {
    const Layout& layout = network.layout();
    const Block& weights = layout.block(layer, BlockKind::Weight);
    const Block& bias = layout.block(layer, BlockKind::Bias);
    for (int j = 0; j < weights.rows; ++j) {
        const auto k = static_cast<std::size_t>(layer - 1);
        const auto neuron = static_cast<std::size_t>(j);
        const double s = normScale(layout, parameters, k, neuron).scale;
        const std::size_t b = bias.at(j, 0);
        const double dt = wide(folded[b]);
        double ds = (wide(parameters[b]) + network.spec().biasShift.of(k, neuron)) * dt;
        for (int i = 0; i < weights.columns; ++i) {
            const std::size_t w = weights.at(j, i);
            ds += wide(parameters[w]) * wide(folded[w]);
            gradient[w] += static_cast<float>(s * wide(folded[w]));
        }
        gradient[b] += static_cast<float>(s * dt);
        addNormGradient(layout, parameters, layer, j, ds, dt, gradient);
    }
}

/// Of a layer behind another one's batch norm.
void unfoldAfter(const Layout& layout, const float* parameters, int layer, const float* folded, float* gradient) {
    const Block& weights = layout.block(layer, BlockKind::Weight);
    const Block& bias = layout.block(layer, BlockKind::Bias);
    for (int i = 0; i < weights.columns; ++i) {
        const NormScale norm =
            normScale(layout, parameters, static_cast<std::size_t>(layer - 2), static_cast<std::size_t>(i));
        double ds = 0.0;
        double dt = 0.0;
        for (int j = 0; j < weights.rows; ++j) {
            const std::size_t w = weights.at(j, i);
            const double db = wide(folded[bias.at(j, 0)]);
            ds += wide(parameters[w]) * wide(folded[w]);
            dt += wide(parameters[w]) * db;
            gradient[w] += static_cast<float>(norm.scale * wide(folded[w]) + norm.shift * db);
        }
        addNormGradient(layout, parameters, layer - 1, i, ds, dt, gradient);
    }
}

void addBlock(const Block& block, const float* values, float* sums) {
    for (std::size_t i = block.offset; i < block.offset + block.size(); ++i)
        sums[i] += values[i];
}

} // namespace

void unfoldGradient(const Network<float>& network, const float* parameters, const float* folded, float* gradient) {
    const Layout& layout = network.layout();
    const BatchNorm norm = network.spec().batchNorm;
    for (int layer = 1; layer <= layout.layers(); ++layer) {
        const bool hidden = layer < layout.layers();
        if (const Block* alpha = layout.find(layer, BlockKind::Alpha))
            addBlock(*alpha, folded, gradient);
        if (norm == BatchNorm::BeforeActivation && hidden) {
            unfoldBefore(network, parameters, layer, folded, gradient);
            continue;
        }
        addBlock(layout.block(layer, BlockKind::Bias), folded, gradient);
        if (norm == BatchNorm::AfterActivation && layer > 1)
            unfoldAfter(layout, parameters, layer, folded, gradient);
        else
            addBlock(layout.block(layer, BlockKind::Weight), folded, gradient);
    }
}

NormScale normScale(const Layout& layout, const float* parameters, std::size_t layer, std::size_t neuron) {
    const int number = static_cast<int>(layer) + 1;
    const Block* gamma = layout.find(number, BlockKind::Gamma);
    if (gamma == nullptr)
        return {};
    const auto value = [&](BlockKind kind) {
        return static_cast<double>(parameters[layout.block(number, kind).offset + neuron]);
    };
    NormScale norm;
    norm.scale = value(BlockKind::Gamma) / std::sqrt(value(BlockKind::RunningVariance) + batchNormEpsilon);
    const double centre = norm.scale * value(BlockKind::RunningMean);
    norm.shift = value(BlockKind::Beta) - centre;
    norm.size = std::abs(value(BlockKind::Beta)) + std::abs(centre);
    return norm;
}

void fold(const Network<float>& network, const float* parameters, Folded& folded) {
    const Layout& layout = network.layout();
    const auto hidden = static_cast<std::size_t>(network.hiddenLayers());
    folded.parameters.assign(parameters, parameters + layout.size());
    folded.magnitude.resize(hidden);
    for (int layer = 1; layer <= layout.layers(); ++layer) {
        const Block& weights = layout.block(layer, BlockKind::Weight);
        const Block& bias = layout.block(layer, BlockKind::Bias);
        const auto k = static_cast<std::size_t>(layer - 1);
        if (k < hidden) {
            folded.magnitude[k].resize(static_cast<std::size_t>(weights.rows));
            foldBefore(network, parameters, weights, bias, folded);
        }
        if (layer > 1 && network.spec().batchNorm == BatchNorm::AfterActivation)
            foldAfter(network, parameters, weights, bias, folded);
    }
}

} // namespace flatline
