#include "core/export/trace_cells.h"

#include "core/export/csv_cells.h"

namespace flatline {
namespace {

std::string optionalCell(const std::optional<double>& value) {
    return value ? realCell(*value) : std::string{};
}

} // namespace

std::vector<std::string> traceColumns(int hiddenLayers) {
    std::vector<std::string> columns{
        "step", "epoch",    "train_loss", "test_loss",   "train_accuracy", "test_accuracy",        "gradient_norm",
        "dead", "comatose", "at_risk",    "dead_layers", "output_range",   "infinite_loss_samples"};
    for (int layer = 1; layer <= hiddenLayers; ++layer) {
        const std::string name = "layer" + countCell(layer);
        columns.insert(columns.end(), {name + "_dead", name + "_inactive", name + "_gradient_norm"});
    }
    return columns;
}

std::vector<std::string> traceCells(const Observation& seen) {
    std::vector<std::string> cells{countCell(seen.step),
                                   countCell(seen.epoch),
                                   lossCell(seen.trainLoss),
                                   seen.testLoss ? lossCell(*seen.testLoss) : std::string{},
                                   optionalCell(seen.trainAccuracy),
                                   optionalCell(seen.testAccuracy),
                                   realCell(seen.gradientNorm),
                                   countCell(seen.dead()),
                                   countCell(seen.comatose()),
                                   countCell(seen.atRisk()),
                                   countCell(seen.deadLayers),
                                   realCell(seen.outputRange),
                                   countCell(seen.infiniteLossSamples)};
    for (const Observation::Layer& layer : seen.layers)
        cells.insert(cells.end(), {countCell(layer.dead), realCell(layer.inactiveShare), realCell(layer.gradientNorm)});
    return cells;
}

} // namespace flatline
