#include "core/verify/measure.h"

#include "core/base/number_text.h"
#include "core/verify/measure_builder.h"

#include <limits>

namespace flatline {

/// The tree's value, from what was read.
class Measure::Valuation {
public:
    Valuation(std::span<MeasuredRun* const> runs, const std::vector<std::vector<double>>& values)
        : m_runs(runs)
        , m_values(values) {}

    [[nodiscard]] double of(const Node& node) const {
        switch (node.kind) {
        case Node::Kind::Number:
            break;
        case Node::Kind::Reading:
            return m_values[node.reading].empty() ? none : m_values[node.reading].front();
        case Node::Kind::Operator:
            return applied(node.sign, arguments(node));
        case Node::Kind::Numbers:
            return node.ofNumbers->value(arguments(node));
        case Node::Kind::Steps:
            return node.ofSteps->value(m_values[node.reading], arguments(node));
        case Node::Kind::Runs:
            return ofRuns(node);
        }
        return node.number;
    }

private:
    static constexpr double none = std::numeric_limits<double>::quiet_NaN();

    [[nodiscard]] std::vector<double> arguments(const Node& node) const {
        std::vector<double> values;
        for (const Node& argument : node.arguments)
            values.push_back(of(argument));
        return values;
    }
    [[nodiscard]] static double applied(char sign, const std::vector<double>& values) {
        if (values.size() == 1)
            return -values[0];
        switch (sign) {
        case '+':
            return values[0] + values[1];
        case '-':
            return values[0] - values[1];
        case '*':
            return values[0] * values[1];
        default:
            return values[0] / values[1];
        }
    }
    [[nodiscard]] double ofRuns(const Node& node) const {
        std::vector<MeasuredRun*> runs;
        for (const std::size_t run : node.runs) {
            if (m_runs[run]->diverged())
                return none;
            runs.push_back(m_runs[run]);
        }
        return node.ofRuns->value(runs, arguments(node));
    }

    std::span<MeasuredRun* const> m_runs;
    const std::vector<std::vector<double>>& m_values;
};

Result<Measure> Measure::create(std::string_view text, const std::vector<std::string>& runs, std::int64_t steps) {
    const auto expression = parseExpression(text);
    if (!expression)
        return expression.error();
    Builder builder(runs, steps);
    auto root = builder.build(expression.value());
    if (!root)
        return root.error();
    return builder.measure(std::move(root).value());
}

Result<void> Measure::checkLayers(std::size_t run, int hiddenLayers) const {
    for (const Reading& reading : m_readings)
        if (reading.run == run && reading.quantity.isLayer && reading.quantity.pick > hiddenLayers)
            return expressionError(reading.column, FLATLINE_TEXT("the run has no hidden layer %1; it has %2"),
                                   {toText(std::int64_t{reading.quantity.pick}), toText(std::int64_t{hiddenLayers})});
    return {};
}

void Measure::read(std::size_t run, MeasuredRun& from, Readings& into) const {
    into.m_values.resize(m_readings.size());
    for (std::size_t i = 0; i < m_readings.size(); ++i) {
        const Reading& reading = m_readings[i];
        if (reading.run != run || (!reading.everyStep && reading.step != from.trainer().stepsDone()))
            continue;
        into.m_values[i].push_back(reading.quantity.row->read(from, reading.quantity.pick));
    }
}

void Measure::readDiverged(std::size_t run, MeasuredRun& from, Readings& into) const {
    for (std::size_t i = 0; i < m_readings.size(); ++i) {
        const Reading& reading = m_readings[i];
        if (reading.run != run || (!reading.everyStep && reading.step <= from.trainer().stepsDone()))
            continue;
        const QuantityRow& row = *reading.quantity.row;
        into.m_values[i].push_back(row.survives ? row.read(from, reading.quantity.pick)
                                                : std::numeric_limits<double>::quiet_NaN());
    }
}

double Measure::value(std::span<MeasuredRun* const> runs, const Readings& readings) const {
    return Valuation(runs, readings.m_values).of(m_root);
}

} // namespace flatline
