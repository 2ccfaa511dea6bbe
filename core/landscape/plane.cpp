#include "core/landscape/plane.h"

#include "core/base/number_text.h"
#include "core/base/random.h"
#include "core/base/result.h"
#include "core/landscape/directions.h"
#include "core/landscape/principal_plane.h"
#include "core/landscape/sharpest_plane.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

namespace flatline {
namespace {

Plane randomPlane(const PlaneContext& context, bool biases) {
    const Layout layout = layoutOf(context.spec);
    const auto direction = [&](std::uint32_t which) {
        return filterNormalized(layout, *context.parameters, RandomStream(context.seed, StreamId::Directions, which),
                                biases);
    };
    return {direction(0), direction(1), {}, {}};
}

std::optional<Plane> randomWeights(const PlaneChoice& /*choice*/, const PlaneContext& context) {
    return randomPlane(context, false);
}

std::optional<Plane> randomWithBiases(const PlaneChoice& /*choice*/, const PlaneContext& context) {
    return randomPlane(context, true);
}

/// A step of 1 along the first adds 1 to the neuron's bias; of 1 along the second adds its weights to themselves.
std::optional<Plane> neuronPlane(const PlaneChoice& choice, const PlaneContext& context) {
    const Layout layout = layoutOf(context.spec);
    Plane plane{Direction(layout.size(), 0.0F), Direction(layout.size(), 0.0F), {}, {}};
    const Block& weights = layout.block(choice.layer, BlockKind::Weight);
    plane.first[layout.block(choice.layer, BlockKind::Bias).at(choice.neuron - 1, 0)] = 1.0F;
    for (int column = 0; column < weights.columns; ++column) {
        const std::size_t i = weights.at(choice.neuron - 1, column);
        plane.second[i] = (*context.parameters)[i];
    }
    return plane;
}

const std::array table{
    PlaneRow{"random-biases", FLATLINE_TEXT("Random, with biases"), FLATLINE_TEXT("random direction 1"),
             FLATLINE_TEXT("random direction 2"),
             FLATLINE_TEXT("Two random directions, each neuron's weights and bias scaled to their own length. Biases "
                           "decide who is dead, so the plateau shows best here."),
             false, false, randomWithBiases},
    PlaneRow{"random", FLATLINE_TEXT("Random, weights only"), FLATLINE_TEXT("random direction 1"),
             FLATLINE_TEXT("random direction 2"),
             FLATLINE_TEXT("Two random directions, each neuron's weights scaled to their own length; biases stay "
                           "(Li et al. 2018)."),
             false, false, randomWeights},
    PlaneRow{"neuron", FLATLINE_TEXT("One neuron's own"), FLATLINE_TEXT("change of its bias"),
             FLATLINE_TEXT("change of its weights' scale"),
             FLATLINE_TEXT("The selected neuron's bias against the scale of its weights. Around a dead neuron this "
                           "plane is exactly flat, up to the edge where the first sample wakes it."),
             true, true, neuronPlane},
    PlaneRow{"pca", FLATLINE_TEXT("Principal, of the path"), FLATLINE_TEXT("principal direction 1"),
             FLATLINE_TEXT("principal direction 2"),
             FLATLINE_TEXT("The two directions in which the path taken varies most, each scaled so that the whole "
                           "path fits into an extent of 1 (Li et al. 2018)."),
             false, true, principalPlane},
    PlaneRow{"gradient-sharpest", FLATLINE_TEXT("Gradient and sharpest"), FLATLINE_TEXT("along the gradient"),
             FLATLINE_TEXT("along the sharpest direction"),
             FLATLINE_TEXT("The training loss's gradient, and beside it the direction in which the loss bends most; "
                           "both as long as the weights are."),
             false, true, sharpestPlane},
};

/// Parameters near the largest number have no direction of their length.
void keepFinite(Plane& plane) {
    for (Direction* direction : {&plane.first, &plane.second})
        if (!std::ranges::all_of(*direction, [](float x) { return std::isfinite(x); })) {
            std::ranges::fill(*direction, 0.0F);
            plane.remark = FLATLINE_TEXT("the parameters are too large for a direction of their length");
        }
}

} // namespace

PlaneContext planeContext(const Snapshot& snapshot) {
    assert(snapshot.spec && snapshot.dataset && snapshot.parameters);
    PlaneContext context;
    context.spec = *snapshot.spec;
    context.dataset = snapshot.dataset;
    context.parameters = snapshot.parameters;
    context.seed = static_cast<std::uint64_t>(snapshot.settings.seed);
    context.path = snapshot.path;
    return context;
}

std::span<const PlaneRow> planeTable() {
    return table;
}

const PlaneRow* findPlane(std::string_view id) {
    for (const PlaneRow& row : table)
        if (id == row.id)
            return &row;
    return nullptr;
}

std::string planeText(const PlaneChoice& choice) {
    const PlaneRow* row = findPlane(choice.id);
    assert(row != nullptr);
    if (!row->needsNeuron)
        return choice.id;
    return choice.id + ':' + toText(std::int64_t{choice.layer}) + ':' + toText(std::int64_t{choice.neuron});
}

std::optional<PlaneChoice> planeFromText(std::string_view text) {
    const std::size_t colon = text.find(':');
    const PlaneRow* row = findPlane(text.substr(0, colon));
    if (row == nullptr || row->needsNeuron != (colon != std::string_view::npos))
        return std::nullopt;
    PlaneChoice choice{row->id, 1, 1};
    if (!row->needsNeuron)
        return choice;
    const std::string_view numbers = text.substr(colon + 1);
    const std::size_t second = numbers.find(':');
    if (second == std::string_view::npos)
        return std::nullopt;
    constexpr std::int64_t most = std::numeric_limits<int>::max();
    for (const auto& [place, word] :
         {std::pair{&choice.layer, numbers.substr(0, second)}, std::pair{&choice.neuron, numbers.substr(second + 1)}}) {
        const std::optional<std::int64_t> number = parseInteger(word);
        if (!number || *number < 1 || *number > most)
            return std::nullopt;
        *place = static_cast<int>(*number);
    }
    return choice;
}

bool fits(const PlaneChoice& choice, const NetworkSpec& spec) {
    const PlaneRow* row = findPlane(choice.id);
    assert(row != nullptr);
    if (!row->needsNeuron)
        return true;
    return choice.layer >= 1 && choice.layer <= static_cast<int>(spec.hidden.size()) && choice.neuron >= 1 &&
           choice.neuron <= spec.hidden[static_cast<std::size_t>(choice.layer - 1)];
}

std::optional<Plane> makePlane(const PlaneChoice& choice, const PlaneContext& context) {
    assert(fits(choice, context.spec));
    std::optional<Plane> plane = findPlane(choice.id)->make(choice, context);
    if (plane)
        keepFinite(*plane);
    return plane;
}

} // namespace flatline
