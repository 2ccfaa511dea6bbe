#include "core/analysis/output_reading.h"

#include <cmath>
#include <limits>

namespace flatline {
namespace {

template <class Scalar>
Batch<Scalar> rowOf(std::span<const float> values) {
    Batch<Scalar> row(1, static_cast<Eigen::Index>(values.size()));
    for (std::size_t k = 0; k < values.size(); ++k)
        row(0, static_cast<Eigen::Index>(k)) = static_cast<Scalar>(values[k]);
    return row;
}

bool isNamed(const ObjectiveRow& objective, const char* id) {
    return std::string_view(objective.id) == id;
}

} // namespace

double OutputReading::gradientNorm() const {
    double sum = 0.0;
    for (const double one : gradient)
        sum += one * one;
    return std::sqrt(sum);
}

Targets<float> targetOf(const Split& split, int sample) {
    Targets<float> target;
    if (!split.targets.labels.empty())
        target.labels = {split.targets.labels[static_cast<std::size_t>(sample)]};
    if (split.targets.values.size() > 0)
        target.values = split.targets.values.row(sample);
    return target;
}

Batch<float> outputsFor(const NetworkSpec& spec, std::span<const float> parameters, const Split& split, int first,
                        int count) {
    Pass<float> pass;
    Network<float>(spec).forward(parameters.data(), split.features.middleRows(first, count), pass);
    return pass.outputs;
}

OutputReading readOutput(const ObjectiveRow& objective, std::span<const float> outputs, const Targets<float>& target) {
    const Batch<double> row = rowOf<double>(outputs);
    Targets<double> wide;
    wide.labels = target.labels;
    wide.values = target.values.cast<double>();
    Batch<double> gradient;
    OutputReading reading;
    reading.objective = &objective;
    const LossSum loss = objective.functions<double>().loss(row, wide, 1.0, &gradient);
    reading.loss = loss.mean(1);
    reading.gradient.assign(gradient.data(), gradient.data() + gradient.size());
    Batch<float> predictions;
    objective.predict(rowOf<float>(outputs), predictions);
    for (Eigen::Index k = 0; k < predictions.cols(); ++k)
        reading.predictions.push_back(static_cast<double>(predictions(0, k)));
    return reading;
}

std::vector<const ObjectiveRow*> comparableObjectives(const NetworkSpec& spec, const Dataset& dataset) {
    if (spec.objective == nullptr)
        return {};
    const bool normalizing = isNamed(*spec.objective, "softmax") || isNamed(*spec.objective, "relu-normalized");
    if (!normalizing || spec.outputs != dataset.classes())
        return {spec.objective};
    return {findObjective("softmax"), findObjective("relu-normalized")};
}

bool misses(const NetworkSpec& spec, const Dataset& dataset, std::span<const float> outputs,
            const Targets<float>& target, double meanLoss) {
    const double loss = readOutput(*spec.objective, outputs, target).loss;
    if (dataset.task == Task::Regression)
        return !(loss <= meanLoss);
    return !std::isfinite(loss) || predictedClass(rowOf<float>(outputs), 0, dataset.classes()) != target.labels.front();
}

} // namespace flatline
