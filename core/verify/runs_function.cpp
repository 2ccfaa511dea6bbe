#include "core/export/trace_cells.h"
#include "core/network/random_gates.h"
#include "core/verify/activation_reading.h"
#include "core/verify/function.h"
#include "core/verify/learnt_slopes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>

namespace flatline {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

using Runs = std::span<MeasuredRun* const>;
using Numbers = std::span<const double>;

std::int64_t differentBits(const std::vector<float>& a, const std::vector<float>& b) {
    std::int64_t count = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        count += std::memcmp(&a[i], &b[i], sizeof(float)) != 0 ? 1 : 0;
    return count;
}

/// As the trace file would have them, which loses no bit.
std::int64_t differentCells(const Observation& a, const Observation& b) {
    const std::vector<std::string> left = traceCells(a);
    const std::vector<std::string> right = traceCells(b);
    std::int64_t count = 0;
    for (std::size_t i = 0; i < left.size(); ++i)
        count += left[i] != right[i] ? 1 : 0;
    return count;
}

double differences(Runs runs, Numbers) {
    const MeasuredRun& a = *runs[0];
    const MeasuredRun& b = *runs[1];
    if (a.path().size() != b.path().size() || a.path().back().size() != b.path().back().size() ||
        a.trace().back().layers.size() != b.trace().back().layers.size())
        return none;
    std::int64_t count = 0;
    for (std::size_t step = 0; step < a.path().size(); ++step)
        count += differentBits(a.path()[step], b.path()[step]) + differentCells(a.trace()[step], b.trace()[step]);
    return static_cast<double>(count);
}

/// The mean over the neurons of the first run whose namesakes in the second are dead.
double slopeWhereDead(Runs runs, Numbers) {
    const auto slopes = learntSlopes(runs[0]->trainer());
    const std::vector<LayerDiagnosis>& twins = runs[1]->diagnosis().layers;
    double sum = 0.0;
    int count = 0;
    for (std::size_t k = 0; k < std::min(slopes.size(), twins.size()); ++k)
        for (std::size_t j = 0; j < std::min(slopes[k].size(), twins[k].neurons.size()); ++j)
            if (twins[k].neurons[j].state == NeuronState::Dead) {
                sum += static_cast<double>(slopes[k][j]);
                ++count;
            }
    return count > 0 ? sum / count : none;
}

/// The largest difference of the mean of so many random gates and the activation function, at x from -3 to 3, each
/// divided by `unit(x, chance, gates)`, with `chance` that a gate is open.
double gateDifference(MeasuredRun& run, double gates, double (*unit)(double x, double chance, double gates)) {
    constexpr int most = 10000000;
    if (!(gates >= 1.0 && gates <= most))
        return none;
    const NetworkSpec& spec = run.trainer().network().spec();
    std::vector<double> x;
    for (int i = -30; i <= 30; ++i)
        if (i != 0) // there both are 0
            x.push_back(i / 10.0);
    RandomGates random(static_cast<std::uint64_t>(run.trainer().settings().seed));
    random.draw(static_cast<int>(gates));
    const std::vector<double> means = random.mean(x);
    std::vector<double> values(x.size());
    spec.activation->twice.value(x.data(), values.data(), x.size(), spec.activationParameters);
    double worst = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i)
        worst = std::fmax(worst, std::abs(means[i] - values[i]) / unit(x[i], values[i] / x[i], gates));
    return worst;
}

double gateError(Runs runs, Numbers numbers) {
    return gateDifference(*runs[0], numbers[0], [](double, double, double) { return 1.0; });
}

/// A mean of n gates x [open with chance p] has the standard error |x| sqrt(p (1 - p) / n).
double gateDeviation(Runs runs, Numbers numbers) {
    return gateDifference(*runs[0], numbers[0], [](double x, double chance, double gates) {
        return std::abs(x) * std::sqrt(chance * (1.0 - chance) / gates);
    });
}

const std::array table{
    RunsFunction{
        "differences",
        "differences(RUN, RUN)",
        FLATLINE_TEXT("how many figures of the two runs differ in a bit: all parameters and all columns of the "
                      "trace, after each step; not a number where they have not the same"),
        2,
        0,
        differences,
        {Watch::Interventions, {true, true}}},
    RunsFunction{"slope_where_dead", "slope_where_dead(RUN, RUN)",
                 FLATLINE_TEXT("the mean learnt slope, in the first run, of the neurons that are dead in the second"),
                 2, 0, slopeWhereDead},
    RunsFunction{"value", "value(RUN, x)", FLATLINE_TEXT("the activation function of the run at x, in float32"), 1, 1,
                 [](Runs runs, Numbers x) {
                     return static_cast<double>(
                         activationValue(runs[0]->trainer().network().spec(), static_cast<float>(x[0])));
                 }},
    RunsFunction{"slope", "slope(RUN, x)", FLATLINE_TEXT("its derivative at x, in float32"), 1, 1,
                 [](Runs runs, Numbers x) {
                     return static_cast<double>(
                         activationSlope(runs[0]->trainer().network().spec(), static_cast<float>(x[0])));
                 }},
    RunsFunction{
        "gate_error", "gate_error(RUN, n)",
        FLATLINE_TEXT("the largest difference of the mean of n random gates and the activation function, at x from "
                      "−3 to 3"),
        1, 1, gateError},
    RunsFunction{"gate_deviation", "gate_deviation(RUN, n)", FLATLINE_TEXT("the same in standard errors"), 1, 1,
                 gateDeviation},
};

} // namespace

std::span<const RunsFunction> runsFunctionTable() {
    return table;
}

} // namespace flatline
