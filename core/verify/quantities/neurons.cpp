#include "core/analysis/output_reading.h"
#include "core/verify/quantity.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace flatline {
namespace {

/// Over all hidden neurons.
double sumOver(MeasuredRun& run, double (*figure)(const NeuronDiagnosis&)) {
    double sum = 0.0;
    for (const LayerDiagnosis& layer : run.diagnosis().layers)
        for (const NeuronDiagnosis& neuron : layer.neurons)
            sum += figure(neuron);
    return sum;
}
double meanOver(MeasuredRun& run, double (*figure)(const NeuronDiagnosis&)) {
    return sumOver(run, figure) / run.diagnosis().neurons();
}

double bornDead(MeasuredRun& run, int) {
    int count = 0;
    for (const auto& layer : run.trainer().lives())
        count += static_cast<int>(std::ranges::count_if(layer, &NeuronLife::bornDead));
    return count;
}

double zeros(MeasuredRun& run, int) {
    std::int64_t count = 0;
    for (const LayerDiagnosis& layer : run.diagnosis().layers)
        count += layer.preActivations.zeros;
    return static_cast<double>(count);
}

/// The share of the training samples on which the outputs leave no doubt: the most probable class has 0.9999 or more.
double saturated(MeasuredRun& run, int) {
    constexpr double certain = 0.9999;
    const Dataset& data = *run.trainer().dataset();
    const NetworkSpec& spec = run.trainer().network().spec();
    if (data.task != Task::Classification)
        return std::numeric_limits<double>::quiet_NaN();
    const Batch<float> outputs = outputsFor(spec, run.trainer().parameters(), data.train, 0, data.train.samples());
    Batch<float> chances;
    spec.objective->predict(outputs, chances);
    int count = 0;
    for (Eigen::Index i = 0; i < chances.rows(); ++i)
        count += static_cast<double>(chances.row(i).maxCoeff()) >= certain ? 1 : 0;
    return static_cast<double>(count) / static_cast<double>(chances.rows());
}

} // namespace

// What the states of all hidden neurons amount to.
std::vector<QuantityRow> neuronQuantities() {
    return {
        {"neurons", FLATLINE_TEXT("hidden neurons in all"),
         [](MeasuredRun& run, int) { return static_cast<double>(run.observation().neurons()); }},
        {"born_dead", FLATLINE_TEXT("hidden neurons that were dead at step 0"), bornDead},
        {"asleep", FLATLINE_TEXT("hidden neurons with z ≤ 0 on every training sample, whatever the activation"),
         [](MeasuredRun& run, int) {
             return sumOver(run, [](const NeuronDiagnosis& neuron) { return neuron.margin <= 0.0F ? 1.0 : 0.0; });
         }},
        {"inactive", FLATLINE_TEXT("share of the pairs of a sample and a hidden neuron with a slope of exactly 0"),
         [](MeasuredRun& run, int) {
             return meanOver(
                 run, [](const NeuronDiagnosis& neuron) { return static_cast<double>(neuron.zeroSlopeFraction); });
         }},
        {"negative", FLATLINE_TEXT("share of these pairs with z ≤ 0"),
         [](MeasuredRun& run, int) {
             return meanOver(
                 run, [](const NeuronDiagnosis& neuron) { return 1.0 - static_cast<double>(neuron.activeFraction); });
         }},
        {"zeros", FLATLINE_TEXT("how many of these pairs have z = 0 exactly"), zeros},
        {"saturated",
         FLATLINE_TEXT("share of the training samples on which one class has a probability of 0.9999 or more"),
         saturated},
        {"diverged", FLATLINE_TEXT("1 if the training has met a value that is not finite, else 0"),
         [](MeasuredRun& run, int) { return run.diverged() ? 1.0 : 0.0; }, RunDemand{}, true},
    };
}

} // namespace flatline
