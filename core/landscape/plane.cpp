#include "core/landscape/plane.h"

#include "core/base/random.h"
#include "core/base/result.h"

#include <array>
#include <cassert>
#include <cmath>

namespace flatline {
namespace {

/// One direction, filter by filter: a unit's weights (with its bias, where biases move too) get normal draws d, scaled
/// to the norm of the unit's own theta:  d * |theta| / |d|   (Li et al. 2018, section 4).
std::vector<float> filterNormalized(const Layout& layout, std::span<const float> parameters, RandomStream stream,
                                    bool biases) {
    std::vector<float> direction(layout.size(), 0.0F);
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
            const double scale = std::sqrt(own / drawn);
            for (const std::size_t i : filter)
                direction[i] = static_cast<float>(scale * static_cast<double>(direction[i]));
        }
    }
    return direction;
}

Plane randomPlane(const Layout& layout, std::span<const float> parameters, std::uint64_t seed, bool biases) {
    return {filterNormalized(layout, parameters, RandomStream(seed, StreamId::Directions, 0), biases),
            filterNormalized(layout, parameters, RandomStream(seed, StreamId::Directions, 1), biases)};
}

Plane randomWeights(const PlaneChoice&, const Layout& layout, std::span<const float> parameters, std::uint64_t seed) {
    return randomPlane(layout, parameters, seed, false);
}

Plane randomWithBiases(const PlaneChoice&, const Layout& layout, std::span<const float> parameters,
                       std::uint64_t seed) {
    return randomPlane(layout, parameters, seed, true);
}

/// A step of 1 along the first adds 1 to the neuron's bias; of 1 along the second adds its weights to themselves.
Plane neuronPlane(const PlaneChoice& choice, const Layout& layout, std::span<const float> parameters, std::uint64_t) {
    Plane plane{std::vector<float>(layout.size(), 0.0F), std::vector<float>(layout.size(), 0.0F)};
    const Block& weights = layout.block(choice.layer, BlockKind::Weight);
    plane.first[layout.block(choice.layer, BlockKind::Bias).at(choice.neuron - 1, 0)] = 1.0F;
    for (int column = 0; column < weights.columns; ++column) {
        const std::size_t i = weights.at(choice.neuron - 1, column);
        plane.second[i] = parameters[i];
    }
    return plane;
}

const std::array table{
    PlaneRow{"random-biases", FLATLINE_TEXT("Random, with biases"), FLATLINE_TEXT("random direction 1"),
             FLATLINE_TEXT("random direction 2"),
             FLATLINE_TEXT("Two random directions, each neuron's weights and bias scaled to their own length. Biases "
                           "decide who is dead, so the plateau shows best here."),
             false, randomWithBiases},
    PlaneRow{"random", FLATLINE_TEXT("Random, weights only"), FLATLINE_TEXT("random direction 1"),
             FLATLINE_TEXT("random direction 2"),
             FLATLINE_TEXT("Two random directions, each neuron's weights scaled to their own length; biases stay "
                           "(Li et al. 2018)."),
             false, randomWeights},
    PlaneRow{"neuron", FLATLINE_TEXT("One neuron's own"), FLATLINE_TEXT("change of its bias"),
             FLATLINE_TEXT("change of its weights' scale"),
             FLATLINE_TEXT("The selected neuron's bias against the scale of its weights. Around a dead neuron this "
                           "plane is exactly flat, up to the edge where the first sample wakes it."),
             true, neuronPlane},
};

} // namespace

std::span<const PlaneRow> planeTable() {
    return table;
}

const PlaneRow* findPlane(std::string_view id) {
    for (const PlaneRow& row : table)
        if (id == row.id)
            return &row;
    return nullptr;
}

Plane makePlane(const PlaneChoice& choice, const Layout& layout, std::span<const float> parameters,
                std::uint64_t seed) {
    const PlaneRow* row = findPlane(choice.id);
    assert(row != nullptr);
    return row->make(choice, layout, parameters, seed);
}

} // namespace flatline
