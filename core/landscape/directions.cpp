#include "core/landscape/directions.h"

#include <cmath>

namespace flatline {
namespace {

Direction normalDraws(const Layout& layout, RandomStream stream) {
    Direction direction(layout.size(), 0.0F);
    for (const Block& block : layout.blocks())
        if (block.kind == BlockKind::Weight || block.kind == BlockKind::Bias)
            for (std::size_t i = block.offset; i < block.offset + block.size(); ++i)
                direction[i] = static_cast<float>(stream.normal());
    return direction;
}

} // namespace

double dot(const Direction& a, const Direction& b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    return sum;
}

void scale(Direction& direction, double factor) {
    for (float& x : direction)
        x = static_cast<float>(factor * static_cast<double>(x));
}

Direction filterNormalized(const Layout& layout, std::span<const float> parameters, RandomStream stream, bool biases) {
    Direction direction(layout.size(), 0.0F);
    for (int layer = 1; layer <= layout.layers(); ++layer) {
        const Block& weights = layout.block(layer, BlockKind::Weight);
        const Block& bias = layout.block(layer, BlockKind::Bias);
        for (int row = 0; row < weights.rows; ++row) {
            std::vector<std::size_t> filter;
            for (int column = 0; column < weights.columns; ++column)
                filter.push_back(weights.at(row, column));
            if (biases)
                filter.push_back(bias.at(row, 0));
            double own = 0.0;
            double drawn = 0.0;
            for (const std::size_t i : filter) {
                direction[i] = static_cast<float>(stream.normal());
                own += std::pow(static_cast<double>(parameters[i]), 2);
                drawn += std::pow(static_cast<double>(direction[i]), 2);
            }
            const double factor = std::sqrt(own / drawn);
            for (const std::size_t i : filter)
                direction[i] = static_cast<float>(factor * static_cast<double>(direction[i]));
        }
    }
    return direction;
}

Direction randomOfLength(double length, const Layout& layout, std::span<const float> parameters, RandomStream stream,
                         const Direction& beside) {
    Direction direction = filterNormalized(layout, parameters, stream, true);
    if (dot(direction, direction) == 0.0)
        direction = normalDraws(layout, stream);
    if (const double squares = dot(beside, beside); squares > 0.0) {
        const double along = dot(direction, beside) / squares;
        for (std::size_t i = 0; i < direction.size(); ++i)
            direction[i] -= static_cast<float>(along * static_cast<double>(beside[i]));
    }
    if (const double own = std::sqrt(dot(direction, direction)); own > 0.0)
        scale(direction, length / own);
    return direction;
}

std::vector<float> parametersIn(const Keyframe& keyframe, const NetworkSpec& spec, const Layout& layout,
                                std::span<const float> now) {
    if (keyframe.parameters.size() == now.size())
        return keyframe.parameters;
    NetworkSpec then = spec;
    then.activation = findActivation(keyframe.settings.network.activation);
    const Layout own = layoutOf(then);
    if (own.size() != keyframe.parameters.size())
        return {};
    return relaid(own, keyframe.parameters, layout, {now.begin(), now.end()});
}

} // namespace flatline
