#include "core/landscape/surface.h"
#include "core/training/moment.h"
#include "core/verify/quantity.h"

#include <cmath>
#include <limits>

namespace flatline {
namespace {

/// The picture of a neuron's own plane, as the landscape view draws it.
Surface surfaceOf(const Snapshot& snapshot, NeuronPlace place) {
    SurfaceRequest request = surfaceRequest(snapshot);
    request.choice = {"neuron", static_cast<int>(place.layer) + 1, static_cast<int>(place.neuron) + 1};
    request.plane = *makePlane(request.choice, planeContext(snapshot)); // not cancelled: there is one
    request.side = 21; // each tenth of a unit of bias, of the weights: 441 places
    request.findsDead = true;
    request.watched = place;
    return *computeSurface(request);
}

/// Whether the loss stays exactly what it is up to the edge of life, and not behind it, along the bias alone.
bool endsAtTheEdge(const Snapshot& snapshot, NeuronPlace place, double way, double centre) {
    constexpr double little = 1e-3; // of the way: rounding is far below it
    const Network<float> network(*snapshot.spec);
    Evaluator evaluator(*snapshot.spec, snapshot.dataset->train);
    const std::size_t bias = network.layout()
                                 .block(static_cast<int>(place.layer) + 1, BlockKind::Bias)
                                 .at(static_cast<int>(place.neuron), 0);
    const auto lossAt = [&](double rise) {
        std::vector<float> parameters = *snapshot.parameters;
        parameters[bias] = static_cast<float>(static_cast<double>(parameters[bias]) + rise);
        return evaluator.evaluate(network, parameters.data()).loss;
    };
    return lossAt(way * (1.0 - little)) == centre && lossAt(way * (1.0 + little) + little) != centre;
}

/// Sums over the dead neurons of the first layer; not a number where none is dead.
template <class Figure>
double overDead(MeasuredRun& run, Figure figure) {
    Snapshot snapshot;
    MomentWriter().write(run.trainer(), false, snapshot);
    double sum = std::numeric_limits<double>::quiet_NaN();
    const std::span<const NeuronDiagnosis> neurons = run.firstLayer();
    for (std::size_t j = 0; j < neurons.size(); ++j)
        if (neurons[j].state == NeuronState::Dead)
            sum = std::fmax(sum, 0.0) + figure(snapshot, NeuronPlace{0, j});
    return sum;
}

double bumps(MeasuredRun& run, int) {
    return overDead(run, [](const Snapshot& snapshot, NeuronPlace place) {
        const Surface surface = surfaceOf(snapshot, place);
        int count = 0;
        for (std::size_t i = 0; i < surface.loss.size(); ++i)
            count += surface.dead->life[i] <= 0.0F && surface.loss[i] != surface.centre ? 1 : 0;
        return count;
    });
}

double ragged(MeasuredRun& run, int) {
    return overDead(run, [](const Snapshot& snapshot, NeuronPlace place) {
        const Surface surface = surfaceOf(snapshot, place);
        return surface.dead->way && endsAtTheEdge(snapshot, place, surface.dead->way->bias, surface.centre) ? 0 : 1;
    });
}

} // namespace

// The loss over a dead neuron's own plane: its bias, and the scale of its weights.
std::vector<QuantityRow> plateauQuantities() {
    return {
        {"plateau_bumps",
         FLATLINE_TEXT(
             "on the own planes of dead first-layer ReLU neurons, a grid of 21 × 21: places at which the neuron is "
             "dead and the loss is not, to the bit, that of now; not a number where none is dead"),
         bumps},
        {"plateau_ragged",
         FLATLINE_TEXT(
             "dead first-layer ReLU neurons for which the loss does not stay the same, to the bit, as its bias "
             "rises to just before the first sample wakes it, or does not change right behind that"),
         ragged},
    };
}

} // namespace flatline
