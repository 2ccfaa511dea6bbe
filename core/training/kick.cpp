#include "core/training/kick.h"

#include "core/base/number_text.h"

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

Result<void> checkTarget(const Target& target, const std::vector<int>& hidden) {
    if (target.kind != Target::Kind::Layer && target.kind != Target::Kind::Neuron)
        return {};
    const auto layers = static_cast<std::int64_t>(hidden.size());
    if (target.layer < 1 || target.layer > layers)
        return badInput("target", FLATLINE_TEXT("there is no hidden layer %1; the network has %2"),
                        {toText(std::int64_t{target.layer}), toText(layers)});
    const int width = hidden[static_cast<std::size_t>(target.layer - 1)];
    if (target.kind == Target::Kind::Neuron && (target.neuron < 1 || target.neuron > width))
        return badInput(
            "target", FLATLINE_TEXT("there is no neuron %1 in layer %2, which has %3"),
            {toText(std::int64_t{target.neuron}), toText(std::int64_t{target.layer}), toText(std::int64_t{width})});
    return {};
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
