#include "core/verify/quantity.h"

#include <limits>

namespace flatline {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

const Observation::Layer& layerOf(MeasuredRun& run, int layer) {
    return run.observation().layers[static_cast<std::size_t>(layer - 1)];
}

} // namespace

// The columns of the trace, in its order and by its names.
std::vector<QuantityRow> traceQuantities() {
    return {
        {"step", FLATLINE_TEXT("steps taken: fewer than asked for where it diverged"),
         [](MeasuredRun& run, int) { return static_cast<double>(run.observation().step); }, RunDemand{}, true},
        {"epoch", FLATLINE_TEXT("times that it has been through the training set"),
         [](MeasuredRun& run, int) { return static_cast<double>(run.observation().epoch); }},
        {"train_loss", FLATLINE_TEXT("mean loss over the training set"),
         [](MeasuredRun& run, int) { return run.observation().trainLoss; }},
        {"test_loss", FLATLINE_TEXT("mean loss over the test set"),
         [](MeasuredRun& run, int) { return run.observation().testLoss.value_or(none); }},
        {"train_accuracy", FLATLINE_TEXT("share of the training set in its right class, 0 to 1"),
         [](MeasuredRun& run, int) { return run.observation().trainAccuracy.value_or(none); }},
        {"test_accuracy", FLATLINE_TEXT("share of the test set in its right class, 0 to 1"),
         [](MeasuredRun& run, int) { return run.observation().testAccuracy.value_or(none); }},
        {"gradient_norm", FLATLINE_TEXT("length of the training loss's gradient by all parameters"),
         [](MeasuredRun& run, int) { return run.observation().gradientNorm; }},
        {"dead", FLATLINE_TEXT("dead hidden neurons"),
         [](MeasuredRun& run, int) { return static_cast<double>(run.observation().dead()); }},
        {"comatose", FLATLINE_TEXT("comatose hidden neurons"),
         [](MeasuredRun& run, int) { return static_cast<double>(run.observation().comatose()); }},
        {"at_risk", FLATLINE_TEXT("hidden neurons at risk"),
         [](MeasuredRun& run, int) { return static_cast<double>(run.observation().atRisk()); }},
        {"dead_layers", FLATLINE_TEXT("hidden layers in which every neuron is dead"),
         [](MeasuredRun& run, int) { return static_cast<double>(run.observation().deadLayers); }},
        {"output_range", FLATLINE_TEXT("how far an output goes over the training set, from its least to its greatest"),
         [](MeasuredRun& run, int) { return run.observation().outputRange; }},
        {"infinite_loss_samples", FLATLINE_TEXT("training samples whose loss is infinite"),
         [](MeasuredRun& run, int) { return static_cast<double>(run.observation().infiniteLossSamples); }},
        {"layerK_dead", FLATLINE_TEXT("dead neurons of hidden layer K (layer1_dead, layer2_dead, …)"),
         [](MeasuredRun& run, int layer) { return static_cast<double>(layerOf(run, layer).dead); }},
        {"layerK_inactive",
         FLATLINE_TEXT("share of the pairs of a sample and a neuron of layer K with a slope of exactly 0"),
         [](MeasuredRun& run, int layer) { return layerOf(run, layer).inactiveShare; }},
        {"layerK_gradient_norm", FLATLINE_TEXT("length of the training loss's gradient by the weights of layer K"),
         [](MeasuredRun& run, int layer) { return layerOf(run, layer).gradientNorm; }},
    };
}

} // namespace flatline
