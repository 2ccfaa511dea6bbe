#include "ui/fields/output_table.h"

#include "core/analysis/output_reading.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace flatline {

namespace {

QString say(const char* text) {
    return QCoreApplication::translate("outputs", text);
}

QString slopeName() {
    return QStringLiteral("∂L/∂z");
}

void addLoss(OutputGroup& group, const OutputReading& reading) {
    group.infinite = std::isinf(reading.loss);
    group.silent = reading.gradientNorm() == 0.0;
    group.loss = group.infinite ? say(QT_TRANSLATE_NOOP("outputs", "∞: its own share is 0")) : numberText(reading.loss);
    group.gradient =
        group.silent ? say(QT_TRANSLATE_NOOP("outputs", "no gradient")) : numberText(reading.gradientNorm());
}

OutputCell plain(double value) {
    return {numberText(value)};
}

OutputCell slope(const OutputReading& reading, std::size_t index) {
    const bool silent = reading.gradientNorm() == 0.0;
    return {silent ? QStringLiteral("0") : signedText(reading.gradient[index]), 0.0, silent};
}

/// The bar: how large it is beside the largest.
OutputGroup logitGroup(const Batch<float>& outputs) {
    OutputGroup group{
        say(QT_TRANSLATE_NOOP("outputs", "Logit")), false, {QStringLiteral("z")}, {}, {}, false, {}, false};
    const double most = static_cast<double>(outputs.cwiseAbs().maxCoeff());
    for (Eigen::Index k = 0; k < outputs.cols(); ++k) {
        const auto z = static_cast<double>(outputs(0, k));
        OutputCell cell = plain(z);
        cell.bar = most > 0.0 && std::isfinite(most) ? std::abs(z) / most : 0.0;
        group.cells.push_back({cell});
    }
    return group;
}

OutputGroup shareGroup(const OutputReading& reading, bool inUse) {
    OutputGroup group;
    group.title = coreText(reading.objective->label);
    group.inUse = inUse;
    group.columns = {QStringLiteral("p"), slopeName()};
    for (std::size_t k = 0; k < reading.predictions.size(); ++k) {
        const double p = reading.predictions[k];
        group.cells.push_back({OutputCell{numberText(p), std::isfinite(p) ? p : 0.0}, slope(reading, k)});
    }
    addLoss(group, reading);
    return group;
}

/// One output for two classes: its class 0 has no output of its own.
void makeSigmoid(OutputTable& table, const OutputReading& reading, double z) {
    OutputGroup logit{
        say(QT_TRANSLATE_NOOP("outputs", "Logit")), false, {QStringLiteral("z")}, {}, {}, false, {}, false};
    logit.cells = {{OutputCell{QStringLiteral("–")}}, {plain(z)}};
    OutputGroup group;
    group.title = coreText(reading.objective->label);
    group.inUse = true;
    group.columns = {QStringLiteral("p"), slopeName()};
    group.cells = {
        {OutputCell{numberText(reading.predictions[0]), reading.predictions[0]}, OutputCell{QStringLiteral("–")}},
        {OutputCell{numberText(reading.predictions[1]), reading.predictions[1]}, slope(reading, 0)}};
    addLoss(group, reading);
    table.groups = {std::move(logit), std::move(group)};
    table.note =
        say(QT_TRANSLATE_NOOP("outputs", "One output for two classes: p is the softmax of (0, z). ReLU over sum "
                                         "needs an output a class."));
}

void makeValues(OutputTable& table, const OutputReading& reading, const Batch<float>& outputs,
                const Targets<float>& target) {
    OutputGroup values;
    values.title = say(QT_TRANSLATE_NOOP("outputs", "Output"));
    values.columns = {QStringLiteral("z"), say(QT_TRANSLATE_NOOP("outputs", "target"))};
    OutputGroup errors;
    errors.title = say(QT_TRANSLATE_NOOP("outputs", "Squared error"));
    errors.inUse = true;
    errors.columns = {QStringLiteral("z − t"), slopeName()};
    for (Eigen::Index k = 0; k < outputs.cols(); ++k) {
        const auto z = static_cast<double>(outputs(0, k));
        const auto wanted = static_cast<double>(target.values(0, k));
        values.cells.push_back({plain(z), plain(wanted)});
        errors.cells.push_back({OutputCell{signedText(z - wanted)}, slope(reading, static_cast<std::size_t>(k))});
    }
    addLoss(errors, reading);
    table.groups = {std::move(values), std::move(errors)};
    table.note =
        say(QT_TRANSLATE_NOOP("outputs", "Linear output: values, no probabilities. The gradient grows with the "
                                         "error and is 0 only on target."));
}

} // namespace

OutputTable outputTable(const Snapshot& snapshot, int sample) {
    const NetworkSpec& spec = *snapshot.spec;
    const Dataset& dataset = *snapshot.dataset;
    const Batch<float> outputs = outputsFor(spec, *snapshot.parameters, dataset.train, sample, 1);
    const std::vector<float> row(outputs.data(), outputs.data() + outputs.size());
    const Targets<float> target = targetOf(dataset.train, sample);
    OutputTable table;
    const int label = target.labels.empty() ? -1 : target.labels.front();
    const std::string_view id = spec.objective->id;
    const bool classes = !dataset.classNames.empty() && id != "linear";
    const int names = classes ? dataset.classes() : spec.outputs;
    for (int k = 0; k < names; ++k) {
        const QString number = countText(k + 1);
        table.names << (classes             ? QString::fromStdString(dataset.classNames[static_cast<std::size_t>(k)])
                        : spec.outputs == 1 ? QString::fromStdString(dataset.targetName)
                                            : say(QT_TRANSLATE_NOOP("outputs", "output %1")).arg(number));
        table.own.push_back(classes && k == label ? 1 : 0);
    }
    const OutputReading own = readOutput(*spec.objective, row, target);
    if (id == "linear") {
        makeValues(table, own, outputs, target);
    } else if (id == "sigmoid") {
        makeSigmoid(table, own, static_cast<double>(row.front()));
    } else {
        table.groups.push_back(logitGroup(outputs));
        for (const ObjectiveRow* objective : comparableObjectives(spec, dataset))
            table.groups.push_back(shareGroup(readOutput(*objective, row, target), objective == spec.objective));
        const bool infinite = std::ranges::any_of(table.groups, &OutputGroup::infinite);
        table.note = infinite ? say(QT_TRANSLATE_NOOP("outputs", "∞: its own share is 0, and such a sample sends no "
                                                                 "gradient (hatched)."))
                              : say(QT_TRANSLATE_NOOP("outputs", "The bar at the edge marks the sample's own class."));
    }
    return table;
}

std::vector<std::size_t> rowsShown(const OutputTable& table, std::size_t room) {
    const auto count = static_cast<std::size_t>(table.names.size());
    std::vector<std::size_t> rows(count);
    for (std::size_t k = 0; k < count; ++k)
        rows[k] = k;
    if (count <= room || table.groups.empty())
        return rows;
    const auto rank = [&](std::size_t k) { // the own class first, then by its share
        const auto& cells = table.groups[std::min<std::size_t>(1, table.groups.size() - 1)].cells[k];
        return table.own[k] != 0 ? 2.0 : cells.front().bar;
    };
    std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) { return rank(a) > rank(b); });
    rows.resize(std::max<std::size_t>(1, room));
    std::sort(rows.begin(), rows.end());
    return rows;
}

} // namespace flatline
