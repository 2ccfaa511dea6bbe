#include "core/diagnosis/diagnosis.h"
#include "core/export/csv_cells.h"
#include "core/export/csv_files.h"

#include <cmath>

namespace flatline {
namespace {

std::string optionalCell(const std::optional<double>& value) {
    return value ? realCell(*value) : std::string{};
}

std::string stepCell(std::int64_t step) {
    return step < 0 ? std::string{} : countCell(step);
}

/// A layer's or neuron's number; 0 stands for none.
std::string numberCell(int number) {
    return number == 0 ? std::string{} : countCell(number);
}

double weightNorm(const Block& block, std::span<const float> parameters, int row) {
    double squares = 0.0;
    for (int column = 0; column < block.columns; ++column) {
        const double weight = parameters[block.at(row, column)];
        squares += weight * weight;
    }
    return std::sqrt(squares);
}

} // namespace

void writeTrace(std::ostream& out, int hiddenLayers, std::span<const std::shared_ptr<const Observation>> rows) {
    CsvRow row(out);
    row.add({"step", "epoch", "train_loss", "test_loss", "train_accuracy", "test_accuracy", "gradient_norm", "dead",
             "comatose", "at_risk", "dead_layers", "output_range", "infinite_loss_samples"});
    for (int layer = 1; layer <= hiddenLayers; ++layer) {
        const std::string name = "layer" + countCell(layer);
        row.add({name + "_dead", name + "_inactive", name + "_gradient_norm"});
    }
    row.end();
    for (const auto& seen : rows) {
        if (seen->afterIntervention)
            continue;
        row.add({countCell(seen->step), countCell(seen->epoch), lossCell(seen->trainLoss),
                 seen->testLoss ? lossCell(*seen->testLoss) : std::string{}, optionalCell(seen->trainAccuracy),
                 optionalCell(seen->testAccuracy), realCell(seen->gradientNorm), countCell(seen->dead()),
                 countCell(seen->comatose()), countCell(seen->atRisk()), countCell(seen->deadLayers),
                 realCell(seen->outputRange), countCell(seen->infiniteLossSamples)});
        for (const Observation::Layer& layer : seen->layers)
            row.add({countCell(layer.dead), realCell(layer.inactiveShare), realCell(layer.gradientNorm)});
        row.end();
    }
}

void writeNeurons(std::ostream& out, const NetworkSpec& spec, const Layout& layout, std::span<const float> parameters,
                  const Diagnosis& diagnosis, const std::vector<std::vector<NeuronLife>>& lives) {
    CsvRow row(out);
    row.add({"layer", "neuron", "state", "born_dead", "died_at", "revived_at", "deaths", "cause", "margin",
             "active_fraction", "bias", "weight_norm", "alpha"});
    row.end();
    for (std::size_t layer = 0; layer < diagnosis.layers.size(); ++layer) {
        const int number = static_cast<int>(layer) + 1;
        const Block& weights = layout.block(number, BlockKind::Weight);
        const Block& biases = layout.block(number, BlockKind::Bias);
        const auto& neurons = diagnosis.layers[layer].neurons;
        for (int j = 0; j < static_cast<int>(neurons.size()); ++j) {
            const NeuronDiagnosis& neuron = neurons[static_cast<std::size_t>(j)];
            const NeuronLife& life = lives[layer][static_cast<std::size_t>(j)];
            row.add({countCell(number), countCell(j + 1), neuronStateId(neuron.state), life.bornDead ? "true" : "false",
                     stepCell(life.diedAt), stepCell(life.revivedAt), countCell(life.deaths), csvCell(life.cause),
                     spec.activation->reluLike ? realCell(neuron.margin) : std::string{},
                     realCell(neuron.activeFraction), realCell(parameters[biases.at(j, 0)]),
                     realCell(weightNorm(weights, parameters, j)),
                     spec.activation->hasAlpha ? realCell(spec.activationParameters.alpha) : std::string{}});
            row.end();
        }
    }
}

void writeEvents(std::ostream& out, const EventLog& events) {
    CsvRow row(out);
    row.add({"step", "layer", "neuron", "event", "cause", "detail"});
    row.end();
    for (std::size_t i = 0; i < events.size(); ++i) {
        const Event& event = events[i];
        row.add({countCell(event.step), numberCell(event.layer), numberCell(event.neuron), eventKindId(event.kind),
                 csvCell(event.cause), csvCell(event.detail)});
        row.end();
    }
}

void writeLandscape(std::ostream& out, const Surface& surface) {
    CsvRow row(out);
    row.add({"a", "b", "loss"});
    row.end();
    for (int j = 0; j < surface.side; ++j) {
        for (int i = 0; i < surface.side; ++i) {
            const auto index =
                static_cast<std::size_t>(j) * static_cast<std::size_t>(surface.side) + static_cast<std::size_t>(i);
            row.add({realCell(surface.coordinate(i)), realCell(surface.coordinate(j)), lossCell(surface.loss[index])});
            row.end();
        }
    }
}

} // namespace flatline
