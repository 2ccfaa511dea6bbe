#include "core/training/reset_neurons.h"

namespace flatline {
namespace {

bool masked(const NeuronMask& mask, int layer, int row) {
    const auto k = static_cast<std::size_t>(layer - 1);
    return layer >= 1 && k < mask.size() && mask[k][static_cast<std::size_t>(row)] != 0;
}

} // namespace

int resetNeurons(const NeuronMask& mask, const Layout& layout, std::span<const float> fresh,
                 std::span<float> parameters, OptimizerState& state) {
    int count = 0;
    for (const Block& block : layout.blocks())
        for (int row = 0; row < block.rows; ++row) {
            const bool own = masked(mask, block.layer, row);
            count += own && block.kind == BlockKind::Bias ? 1 : 0;
            for (int column = 0; column < block.columns; ++column) {
                const bool outgoing = block.kind == BlockKind::Weight && masked(mask, block.layer - 1, column);
                if (!own && !outgoing)
                    continue;
                const std::size_t i = block.at(row, column);
                parameters[i] = own ? fresh[i] : 0.0F;
                state.forget(i);
            }
        }
    return count;
}

} // namespace flatline
