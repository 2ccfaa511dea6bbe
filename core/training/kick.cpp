#include "core/training/kick.h"

namespace flatline {

NeuronMask targetMask(const Target& target, const NeuronMask& dead) {
    NeuronMask mask = dead;
    if (target.kind == Target::Kind::Dead)
        return mask;
    for (std::size_t k = 0; k < mask.size(); ++k)
        for (std::size_t j = 0; j < mask[k].size(); ++j) {
            const bool layer = static_cast<int>(k) + 1 == target.layer;
            const bool neuron = layer && static_cast<int>(j) + 1 == target.neuron;
            const bool struck = target.kind == Target::Kind::All || (target.kind == Target::Kind::Layer && layer) ||
                                (target.kind == Target::Kind::Neuron && neuron);
            mask[k][j] = struck ? 1 : 0;
        }
    return mask;
}

int applyKick(const ThermalKick& kick, const NeuronMask& dead, const Layout& layout, RandomStream stream,
              std::span<float> parameters) {
    const NeuronMask mask = targetMask(kick.target, dead);
    int struck = 0;
    for (const auto& layer : mask)
        for (const char neuron : layer)
            struck += neuron;
    for (const Block& block : layout.blocks()) {
        const auto k = static_cast<std::size_t>(block.layer - 1);
        if (block.kind != BlockKind::Weight && block.kind != BlockKind::Bias)
            continue;
        const bool kindStruck = block.kind == BlockKind::Bias ? kick.parameters != KickedParameters::Weights
                                                              : kick.parameters != KickedParameters::Bias;
        for (int row = 0; row < block.rows; ++row) {
            const bool rowStruck =
                k < mask.size() ? mask[k][static_cast<std::size_t>(row)] != 0 : kick.target.kind == Target::Kind::All;
            for (int column = 0; column < block.columns; ++column) {
                const double draw = stream.normal();
                if (kindStruck && rowStruck)
                    parameters[block.at(row, column)] += static_cast<float>(kick.strength * draw);
            }
        }
    }
    return struck;
}

} // namespace flatline
