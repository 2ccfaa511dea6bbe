#include "core/network/initialization.h"

#include "core/base/result.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

namespace flatline {
namespace {

void drawNormal(const LayerDraw& layer, RandomStream& stream, double variance) {
    const double deviation = std::sqrt(variance) * layer.gain;
    for (float& weight : layer.weights)
        weight = static_cast<float>(deviation * stream.normal());
}

void drawUniform(std::span<float> values, RandomStream& stream, double half) {
    for (float& value : values)
        value = static_cast<float>(stream.uniform(-half, half));
}

/// A uniform draw on +-half has the variance half^2 / 3.
double halfFor(double variance, double gain) {
    return std::sqrt(3.0) * (std::sqrt(variance) * gain);
}

void drawHeNormal(const LayerDraw& layer, RandomStream stream) {
    drawNormal(layer, stream, 2.0 / layer.fanIn);
}
void drawHeUniform(const LayerDraw& layer, RandomStream stream) {
    drawUniform(layer.weights, stream, halfFor(2.0 / layer.fanIn, layer.gain));
}
void drawXavierNormal(const LayerDraw& layer, RandomStream stream) {
    drawNormal(layer, stream, 2.0 / (layer.fanIn + layer.fanOut));
}
void drawXavierUniform(const LayerDraw& layer, RandomStream stream) {
    drawUniform(layer.weights, stream, halfFor(2.0 / (layer.fanIn + layer.fanOut), layer.gain));
}
void drawLecunNormal(const LayerDraw& layer, RandomStream stream) {
    drawNormal(layer, stream, 1.0 / layer.fanIn);
}
void drawHalf(const LayerDraw& layer, RandomStream stream) {
    drawUniform(layer.weights, stream, halfFor(1.0 / 12.0, layer.gain));
}
void drawNothing(const LayerDraw&, RandomStream) {}

/// torch.nn.Linear: kaiming_uniform with a = sqrt 5 is uniform on +-1 / sqrt fan_in, and so are the biases.
void drawPyTorch(const LayerDraw& layer, RandomStream stream) {
    const double half = layer.gain / std::sqrt(static_cast<double>(layer.fanIn));
    drawUniform(layer.weights, stream, half);
    drawUniform(layer.biases, stream, half);
}

/// Randomized asymmetric initialization (Lu, Shin, Su and Karniadakis 2019, section 4): of each unit's weights and bias
/// together, all are N(0, 0.6007^2 / fan_in) but one, chosen at random, which is a draw from Beta(2, 1): positive, so
/// that the unit is less likely to be dead. The quantile of Beta(2, 1) is sqrt u.
void drawAsymmetric(const LayerDraw& layer, RandomStream stream) {
    const auto fanIn = static_cast<std::size_t>(layer.fanIn);
    const double deviation = layer.gain * 0.6007 / std::sqrt(static_cast<double>(layer.fanIn));
    for (std::size_t unit = 0; unit < layer.biases.size(); ++unit) {
        const auto entry = [&](std::size_t i) -> float& {
            return i < fanIn ? layer.weights[unit * fanIn + i] : layer.biases[unit];
        };
        for (std::size_t i = 0; i <= fanIn; ++i)
            entry(i) = static_cast<float>(deviation * stream.normal());
        const std::uint32_t chosen = stream.below(static_cast<std::uint32_t>(fanIn) + 1);
        entry(chosen) = static_cast<float>(layer.gain * std::sqrt(stream.uniform()));
    }
}

const std::array table{
    InitializationRow{"he-normal", FLATLINE_TEXT("He normal"), "N(0, 2 / fan_in)", drawHeNormal},
    InitializationRow{"he-uniform", FLATLINE_TEXT("He uniform"), "U(±√(6 / fan_in))", drawHeUniform},
    InitializationRow{"xavier-normal", FLATLINE_TEXT("Xavier normal"), "N(0, 2 / (fan_in + fan_out))",
                      drawXavierNormal},
    InitializationRow{"xavier-uniform", FLATLINE_TEXT("Xavier uniform"), "U(±√(6 / (fan_in + fan_out)))",
                      drawXavierUniform},
    InitializationRow{"lecun-normal", FLATLINE_TEXT("LeCun normal"), "N(0, 1 / fan_in)", drawLecunNormal},
    InitializationRow{"uniform", FLATLINE_TEXT("Uniform ±0.5"), "U(±0.5)", drawHalf},
    InitializationRow{"pytorch", FLATLINE_TEXT("PyTorch's default"), "U(±1 / √fan_in), biases too", drawPyTorch},
    InitializationRow{"asymmetric", FLATLINE_TEXT("Randomized asymmetric"),
                      "N(0, 0.6007² / fan_in), biases too; one entry a neuron from Beta(2, 1)", drawAsymmetric},
    InitializationRow{"zeros", FLATLINE_TEXT("Zeros"), "0", drawNothing},
};

/// What a block holds that is not drawn.
float constantOf(BlockKind kind, double alpha) {
    switch (kind) {
    case BlockKind::Alpha:
        return static_cast<float>(alpha);
    case BlockKind::Gamma:
    case BlockKind::RunningVariance:
        return 1.0F;
    default:
        return 0.0F;
    }
}

} // namespace

std::span<const InitializationRow> initializationTable() {
    return table;
}

const InitializationRow* findInitialization(std::string_view id) {
    for (const InitializationRow& row : table)
        if (id == row.id)
            return &row;
    return nullptr;
}

std::vector<float> drawnParameters(const Layout& layout, const InitializationSettings& settings, double alpha,
                                   const std::function<RandomStream(int layer)>& stream) {
    const InitializationRow* row = findInitialization(settings.weights);
    assert(row != nullptr);
    std::vector<float> parameters(layout.size());
    const auto valuesOf = [&](const Block& block) { return std::span(parameters).subspan(block.offset, block.size()); };
    for (const Block& block : layout.blocks())
        std::ranges::fill(valuesOf(block), constantOf(block.kind, alpha));
    for (int layer = 1; layer <= layout.layers(); ++layer) {
        const Block& weights = layout.block(layer, BlockKind::Weight);
        const std::span<float> biases = valuesOf(layout.block(layer, BlockKind::Bias));
        row->draw({weights.columns, weights.rows, settings.gain, valuesOf(weights), biases}, stream(layer));
        for (float& bias : biases)
            bias += static_cast<float>(settings.bias);
    }
    return parameters;
}

std::vector<float> initialParameters(const Layout& layout, const InitializationSettings& settings, double alpha,
                                     std::int64_t seed) {
    return drawnParameters(layout, settings, alpha, [seed](int layer) {
        return RandomStream(static_cast<std::uint64_t>(seed), StreamId::Initialization,
                            static_cast<std::uint32_t>(layer));
    });
}

} // namespace flatline
