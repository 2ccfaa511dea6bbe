#include "core/verify/quantity.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace flatline {
namespace {

/// The places of a neuron's incoming weights and of its bias; layer and neuron from 0.
std::vector<std::size_t> ownParameters(const Layout& layout, std::size_t layer, std::size_t neuron) {
    const int number = static_cast<int>(layer) + 1;
    const Block& weights = layout.block(number, BlockKind::Weight);
    std::vector<std::size_t> places;
    for (int column = 0; column < weights.columns; ++column)
        places.push_back(weights.at(static_cast<int>(neuron), column));
    places.push_back(layout.block(number, BlockKind::Bias).at(static_cast<int>(neuron), 0));
    return places;
}

/// Of first-layer neurons that are dead now, since each died: the farthest that one of its own parameters has been.
double deadMovement(MeasuredRun& run, int) {
    double farthest = std::numeric_limits<double>::quiet_NaN(); // nobody is dead
    const auto& path = run.path();
    const std::span<const NeuronDiagnosis> neurons = run.firstLayer();
    for (std::size_t j = 0; j < neurons.size(); ++j) {
        if (neurons[j].state != NeuronState::Dead)
            continue;
        farthest = std::fmax(farthest, 0.0);
        const auto death = static_cast<std::size_t>(run.trainer().lives().front()[j].diedAt);
        for (const std::size_t place : ownParameters(run.trainer().network().layout(), 0, j))
            for (std::size_t step = death; step < path.size() && path[step].size() == path[death].size(); ++step)
                farthest = std::max(farthest, std::abs(static_cast<double>(path[step][place]) -
                                                       static_cast<double>(path[death][place])));
    }
    return farthest;
}

/// Hidden neurons of which no own parameter has changed lately.
double still(MeasuredRun& run, int) {
    constexpr std::size_t lately = 100; // steps: in fewer, a neuron that lives on few samples may not meet one of them
    const auto& path = run.path();
    const std::vector<float>& now = path.back();
    const std::size_t first = path.size() > lately ? path.size() - 1 - lately : 0;
    const auto& hidden = run.trainer().network().spec().hidden;
    int count = 0;
    for (std::size_t k = 0; k < hidden.size(); ++k)
        for (std::size_t j = 0; j < static_cast<std::size_t>(hidden[k]); ++j) {
            const auto places = ownParameters(run.trainer().network().layout(), k, j);
            count += std::ranges::all_of(path.begin() + static_cast<std::ptrdiff_t>(first), path.end(),
                                         [&](const std::vector<float>& then) {
                                             return then.size() == now.size() &&
                                                    std::ranges::all_of(
                                                        places, [&](std::size_t i) { return then[i] == now[i]; });
                                         })
                         ? 1
                         : 0;
        }
    return count;
}

} // namespace

// Who moves. A neuron's own parameters are its incoming weights and its bias.
std::vector<QuantityRow> movementQuantities() {
    return {
        {"dead_movement",
         FLATLINE_TEXT(
             "how far an own parameter of a dead first-layer neuron has been, at most, from where it was when the "
             "neuron died; not a number where none is dead"),
         deadMovement, RunDemand{Watch::Deaths, {true, false}}},
        {"still", FLATLINE_TEXT("hidden neurons whose own parameters have not changed in the last 100 steps"), still,
         RunDemand{Watch::Interventions, {true, false}}},
    };
}

} // namespace flatline
