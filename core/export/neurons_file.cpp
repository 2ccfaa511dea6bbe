#include "core/diagnosis/certificate_text.h"
#include "core/export/csv_cells.h"
#include "core/export/csv_files.h"

#include <cmath>

namespace flatline {
namespace {

std::string stepCell(std::int64_t step) {
    return step < 0 ? std::string{} : countCell(step);
}

std::string optionalReal(const std::optional<double>& value) {
    return value ? realCell(*value) : std::string{};
}

double weightNorm(const Block& block, std::span<const float> parameters, int row) {
    double squares = 0.0;
    for (int column = 0; column < block.columns; ++column) {
        const double weight = parameters[block.at(row, column)];
        squares += weight * weight;
    }
    return std::sqrt(squares);
}

void writeHeader(CsvRow& row) {
    row.add({"layer", "neuron", "state", "born_dead", "died_at", "revived_at", "deaths", "cause", "margin",
             "active_fraction", "bias", "weight_norm", "alpha", "dormancy", "wake", "wakes_at", "kick_chance",
             "lethal_rate_low", "lethal_rate_high"});
    for (const auto& [name, value] : certificateCells(nullptr))
        row.add(name);
    row.add("revival_cause");
    row.end();
}

void addState(CsvRow& row, const Network<float>& network, std::span<const float> parameters, NeuronPlace place,
              const NeuronDiagnosis& neuron, const NeuronLife& life) {
    const int layer = static_cast<int>(place.layer) + 1;
    const int unit = static_cast<int>(place.neuron);
    const ActivationRow& activation = *network.spec().activation;
    row.add({countCell(layer), countCell(unit + 1), neuronStateId(neuron.state), life.bornDead ? "true" : "false",
             stepCell(life.diedAt), stepCell(life.revivedAt), countCell(life.deaths), csvCell(life.cause),
             activation.reluLike ? realCell(neuron.margin) : std::string{}, realCell(neuron.activeFraction),
             realCell(parameters[network.layout().block(layer, BlockKind::Bias).at(unit, 0)]),
             realCell(weightNorm(network.layout().block(layer, BlockKind::Weight), parameters, unit)),
             activation.hasAlpha
                 ? realCell(network.neuronParameters(parameters.data(), place.layer, place.neuron).alpha)
                 : std::string{},
             realCell(neuron.dormancy)});
}

void addOutlook(CsvRow& row, const NeuronOutlook& outlook) {
    row.add(outlook.wake ? wakeTable()[static_cast<std::size_t>(*outlook.wake)].id : "");
    row.add(outlook.wakesAt ? countCell(*outlook.wakesAt) : std::string{});
    row.add(optionalReal(outlook.kickChance));
    row.add(outlook.lethal ? realCell(outlook.lethal->low) : std::string{});
    row.add(outlook.lethal ? realCell(outlook.lethal->high) : std::string{});
}

} // namespace

void writeNeurons(std::ostream& out, const Snapshot& run, const Outlook& outlook) {
    const Network<float> network(*run.spec);
    CsvRow row(out);
    writeHeader(row);
    for (std::size_t k = 0; k < run.diagnosis->layers.size(); ++k) {
        const auto& neurons = run.diagnosis->layers[k].neurons;
        for (std::size_t j = 0; j < neurons.size(); ++j) {
            const NeuronLife& life = run.lives[k][j];
            addState(row, network, *run.parameters, {k, j}, neurons[j], life);
            addOutlook(row, outlook[k][j]);
            for (const auto& [name, value] : certificateCells(life.death.get()))
                row.add(value);
            row.add(life.revival != nullptr ? verdictId(life.revival->verdict) : "");
            row.end();
        }
    }
}

} // namespace flatline
