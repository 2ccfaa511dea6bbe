#include "ui/fields/neuron_parameters.h"

#include <cmath>

namespace flatline {
namespace {

/// Where the snapshot's parameters stand; nothing where they are not those of its network.
std::optional<Layout> layoutFor(const Snapshot& snapshot) {
    if (!snapshot.spec || snapshot.spec->activation == nullptr || !snapshot.parameters)
        return std::nullopt;
    Layout layout = layoutOf(*snapshot.spec);
    return layout.size() == snapshot.parameters->size() ? std::optional(std::move(layout)) : std::nullopt;
}

} // namespace

std::optional<NeuronParameters> neuronParameters(const Snapshot& snapshot, NeuronId id) {
    const std::optional<Layout> layout = layoutFor(snapshot);
    if (!layout || id.layer < 1 || id.layer >= layout->layers() || id.neuron < 1 ||
        id.neuron > layout->block(id.layer, BlockKind::Bias).rows)
        return std::nullopt;
    const std::vector<float>& all = *snapshot.parameters;
    const Block& weights = layout->block(id.layer, BlockKind::Weight);
    const int row = id.neuron - 1;
    double sum = 0.0;
    for (int column = 0; column < weights.columns; ++column) {
        const auto weight = static_cast<double>(all[weights.at(row, column)]);
        sum += weight * weight;
    }
    NeuronParameters found{static_cast<double>(all[layout->block(id.layer, BlockKind::Bias).at(row, 0)]),
                           std::sqrt(sum), std::nullopt};
    if (const Block* slopes = layout->find(id.layer, BlockKind::Alpha))
        found.slope = static_cast<double>(all[slopes->at(row, 0)]);
    return found;
}

std::span<const float> learntSlopes(const Snapshot& snapshot, int layer) {
    const std::optional<Layout> layout = layoutFor(snapshot);
    if (!layout || layer < 1 || layer >= layout->layers())
        return {};
    const Block* slopes = layout->find(layer, BlockKind::Alpha);
    return slopes == nullptr ? std::span<const float>()
                             : std::span<const float>(*snapshot.parameters).subspan(slopes->offset, slopes->size());
}

} // namespace flatline
