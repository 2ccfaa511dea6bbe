#pragma once

#include "core/verify/measure.h"

namespace flatline {

/// Looks the names of an expression up.
class Measure::Builder {
public:
    Builder(const std::vector<std::string>& runs, std::int64_t steps);

    [[nodiscard]] Result<Node> build(const Expression& expression);
    [[nodiscard]] Measure measure(Node root);

private:
    [[nodiscard]] Result<Node> quantity(const Expression& expression, bool everyStep);
    [[nodiscard]] Result<Node> call(const Expression& expression);
    [[nodiscard]] Result<Node> callOfSteps(const StepsFunction& row, const Expression& call);
    [[nodiscard]] Result<Node> callOfRuns(const RunsFunction& row, const Expression& call);
    [[nodiscard]] Result<void> addArguments(const Expression& call, std::size_t first, Node& node);
    [[nodiscard]] Result<std::size_t> runNumber(const Expression& expression) const;

    const std::vector<std::string>& m_runs;
    std::int64_t m_steps;
    Measure m_measure;
};

} // namespace flatline
