#include "core/verify/measure_builder.h"

#include "core/base/number_text.h"

#include <algorithm>
#include <numeric>

namespace flatline {
namespace {

std::string listed(const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names)
        list += (list.empty() ? "" : ", ") + name;
    return list;
}

/// How many letters must be put in, taken out or replaced (Levenshtein), row by row of the table of all beginnings.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t before = row[0]++;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = before + (a[i] == b[j] ? 0 : 1);
            before = row[j + 1];
            row[j + 1] = std::min({replaced, before + 1, row[j] + 1});
        }
    }
    return row.back();
}

std::string nearest(const std::string& name, const std::vector<std::string>& ids) {
    return *std::ranges::min_element(ids, {}, [&name](const std::string& id) { return distance(name, id); });
}

template <class Row>
void addIds(std::span<const Row> table, std::vector<std::string>& ids) {
    for (const Row& row : table)
        ids.emplace_back(row.id);
}

template <class Row>
const Row* find(std::span<const Row> table, const std::string& id) {
    const auto found = std::ranges::find_if(table, [&id](const Row& row) { return id == row.id; });
    return found == table.end() ? nullptr : &*found;
}

Error unknownFunction(const Expression& call) {
    std::vector<std::string> ids;
    addIds(numberFunctionTable(), ids);
    addIds(stepsFunctionTable(), ids);
    addIds(runsFunctionTable(), ids);
    return expressionError(call.column, FLATLINE_TEXT("there is no function \"%1\"; there are: %2"),
                           {call.name, listed(ids)});
}

Error wrongArguments(const Expression& call, const char* usage) {
    return expressionError(call.column, FLATLINE_TEXT("\"%1\" is written so: %2"), {call.name, usage});
}

} // namespace

Measure::Builder::Builder(const std::vector<std::string>& runs, std::int64_t steps)
    : m_runs(runs)
    , m_steps(steps) {
    m_measure.m_demands.resize(runs.size());
}

Measure Measure::Builder::measure(Node root) {
    m_measure.m_root = std::move(root);
    return std::move(m_measure);
}

Result<std::size_t> Measure::Builder::runNumber(const Expression& expression) const {
    const auto found = std::ranges::find(m_runs, expression.run);
    if (found == m_runs.end())
        return expressionError(expression.column, FLATLINE_TEXT("there is no run \"%1\"; the claim's runs are: %2"),
                               {expression.run, listed(m_runs)});
    return static_cast<std::size_t>(found - m_runs.begin());
}

Result<Measure::Node> Measure::Builder::quantity(const Expression& expression, bool everyStep) {
    const auto run = runNumber(expression);
    if (!run)
        return run.error();
    const auto found = findQuantity(expression.name);
    if (!found) {
        std::vector<std::string> ids;
        addIds(quantityTable(), ids);
        return expressionError(
            expression.column,
            FLATLINE_TEXT("there is no quantity \"%1\"; nearest is \"%2\", and flatline list quantities shows all"),
            {expression.name, nearest(expression.name, ids)});
    }
    const std::int64_t step = expression.step.value_or(m_steps);
    if (step > m_steps)
        return expressionError(expression.column, FLATLINE_TEXT("step %1 is beyond the claim's steps, %2"),
                               {toText(step), toText(m_steps)});
    m_measure.m_demands[run.value()].add(found->row->demand);
    Node node;
    node.kind = Node::Kind::Reading;
    node.reading = m_measure.m_readings.size();
    m_measure.m_readings.push_back({run.value(), *found, everyStep, step, expression.column});
    return node;
}

Result<void> Measure::Builder::addArguments(const Expression& call, std::size_t first, Node& node) {
    for (std::size_t i = first; i < call.arguments.size(); ++i) {
        auto argument = build(call.arguments[i]);
        if (!argument)
            return argument.error();
        node.arguments.push_back(std::move(argument).value());
    }
    return {};
}

Result<Measure::Node> Measure::Builder::callOfSteps(const StepsFunction& row, const Expression& call) {
    if (call.arguments.size() != 1 + row.numbers || call.arguments[0].kind != Expression::Kind::Quantity)
        return wrongArguments(call, row.usage);
    if (call.arguments[0].step)
        return expressionError(call.arguments[0].column, FLATLINE_TEXT("\"%1\" looks at all steps: no @ here"),
                               {call.name});
    auto values = quantity(call.arguments[0], true);
    if (!values)
        return values.error();
    Node node = std::move(values).value();
    node.kind = Node::Kind::Steps;
    node.ofSteps = &row;
    if (const auto added = addArguments(call, 1, node); !added)
        return added.error();
    return node;
}

Result<Measure::Node> Measure::Builder::callOfRuns(const RunsFunction& row, const Expression& call) {
    if (call.arguments.size() != row.runs + row.numbers)
        return wrongArguments(call, row.usage);
    Node node;
    node.kind = Node::Kind::Runs;
    node.ofRuns = &row;
    for (std::size_t i = 0; i < row.runs; ++i) {
        if (call.arguments[i].kind != Expression::Kind::Run)
            return wrongArguments(call, row.usage);
        const auto run = runNumber(call.arguments[i]);
        if (!run)
            return run.error();
        m_measure.m_demands[run.value()].add(row.demand);
        node.runs.push_back(run.value());
    }
    if (const auto added = addArguments(call, row.runs, node); !added)
        return added.error();
    return node;
}

Result<Measure::Node> Measure::Builder::call(const Expression& call) {
    if (const auto* row = find(stepsFunctionTable(), call.name))
        return callOfSteps(*row, call);
    if (const auto* row = find(runsFunctionTable(), call.name))
        return callOfRuns(*row, call);
    Node node;
    if (call.name.size() == 1 && std::string_view("+-*/").find(call.name) != std::string_view::npos) {
        node.kind = Node::Kind::Operator;
        node.sign = call.name.front();
    } else {
        node.kind = Node::Kind::Numbers;
        node.ofNumbers = find(numberFunctionTable(), call.name);
        if (node.ofNumbers == nullptr)
            return unknownFunction(call);
        if (call.arguments.size() < node.ofNumbers->least || call.arguments.size() > node.ofNumbers->most)
            return wrongArguments(call, node.ofNumbers->usage);
    }
    if (const auto added = addArguments(call, 0, node); !added)
        return added.error();
    return node;
}

Result<Measure::Node> Measure::Builder::build(const Expression& expression) {
    switch (expression.kind) {
    case Expression::Kind::Quantity:
        return quantity(expression, false);
    case Expression::Kind::Call:
        return call(expression);
    case Expression::Kind::Run:
        return expressionError(expression.column,
                               FLATLINE_TEXT("a number is needed here, such as %1.dead, and not \"%1\" alone"),
                               {expression.run});
    case Expression::Kind::Number:
        break;
    }
    Node node;
    node.number = expression.number;
    return node;
}

} // namespace flatline
