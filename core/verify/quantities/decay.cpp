#include "core/analysis/outlook.h"
#include "core/training/moment.h"
#include "core/verify/quantity.h"

#include <cmath>
#include <cstdlib>
#include <limits>
#include <map>

namespace flatline {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// The mean over the neurons of a layer that were dead at step 0 and have been ever since.
template <class Figure>
double overBornDead(MeasuredRun& run, int layer, Figure figure) {
    const auto k = static_cast<std::size_t>(layer - 1);
    const std::vector<NeuronDiagnosis>& neurons = run.diagnosis().layers[k].neurons;
    double sum = 0.0;
    int count = 0;
    for (std::size_t j = 0; j < neurons.size(); ++j) {
        const NeuronLife& life = run.trainer().lives()[k][j];
        if (!life.bornDead || life.revivedAt >= 0)
            continue;
        sum += figure(neurons[j], j);
        ++count;
    }
    return count > 0 ? sum / count : none;
}

double bornMargin(MeasuredRun& run, int layer) {
    return overBornDead(run, layer,
                        [](const NeuronDiagnosis& neuron, std::size_t) { return static_cast<double>(neuron.margin); });
}

double bornBias(MeasuredRun& run, int layer) {
    const Block& biases = run.trainer().network().layout().block(layer, BlockKind::Bias);
    const std::vector<float>& parameters = run.trainer().parameters();
    return overBornDead(run, layer, [&](const NeuronDiagnosis&, std::size_t j) {
        return static_cast<double>(parameters[biases.at(static_cast<int>(j), 0)]);
    });
}

/// The step at which decay of the bias is foretold to wake each dead neuron, as far as that is near.
std::map<std::pair<int, int>, std::int64_t> foretold(MeasuredRun& run) {
    constexpr std::int64_t near = 3000; // steps that are made to see it
    Snapshot snapshot;
    MomentWriter().write(run.trainer(), false, snapshot);
    const Outlook outlook = computeOutlook(snapshot, {});
    std::map<std::pair<int, int>, std::int64_t> steps;
    for (std::size_t k = 0; k < outlook.size(); ++k)
        for (std::size_t j = 0; j < outlook[k].size(); ++j)
            if (outlook[k][j].wakesAt && *outlook[k][j].wakesAt <= run.trainer().stepsDone() + near)
                steps[{static_cast<int>(k) + 1, static_cast<int>(j) + 1}] = *outlook[k][j].wakesAt;
    return steps;
}

/// Trains a copy on until every one has come back, or a hundred steps longer than was foretold for the last.
double wakeError(MeasuredRun& run, int) {
    constexpr std::int64_t patience = 100;
    auto waiting = foretold(run);
    if (waiting.empty())
        return none;
    std::int64_t last = 0;
    for (const auto& [place, step] : waiting)
        last = std::max(last, step + patience);
    Trainer future = run.trainer().clone();
    std::size_t read = future.events().size();
    std::int64_t error = 0;
    while (!waiting.empty() && future.stepsDone() < last && future.step())
        for (; read < future.events().size(); ++read) {
            const Event& event = future.events()[read];
            const auto found = waiting.find({event.layer, event.neuron});
            if (event.kind != EventKind::Revived || found == waiting.end())
                continue;
            error = std::max(error, std::abs(event.step - found->second));
            waiting.erase(found);
        }
    return waiting.empty() ? static_cast<double>(error) : std::numeric_limits<double>::infinity();
}

} // namespace

// What decay does to the dead.
std::vector<QuantityRow> decayQuantities() {
    return {
        {"layerK_born_margin",
         FLATLINE_TEXT("mean margin of the neurons of layer K that were born dead and have been dead ever since"),
         bornMargin, RunDemand{Watch::Deaths}},
        {"layerK_born_bias", FLATLINE_TEXT("their mean bias"), bornBias, RunDemand{Watch::Deaths}},
        {"wake_error",
         FLATLINE_TEXT(
             "steps between what is foretold for the dead that decay of their bias will wake, and when they do "
             "wake in training on: the largest; not a number where nothing is foretold"),
         wakeError, RunDemand{Watch::Deaths}},
    };
}

} // namespace flatline
