#include "core/comparison/paired_seeds.h"

#include <array>
#include <cmath>

namespace flatline {
namespace {

Result<std::optional<Outcome>> outcomeAfter(Settings experiment, std::int64_t seed, const PairRequest& request,
                                            std::shared_ptr<const Dataset> dataset,
                                            const std::atomic<bool>& cancelled) {
    experiment.seed = seed;
    Result<std::optional<Trainer>> trainer =
        trainFromStart(experiment, request.steps, std::move(dataset), request.parameters, cancelled);
    if (!trainer)
        return trainer.error();
    if (!trainer.value())
        return std::optional<Outcome>();
    return std::optional(outcomeOf(*trainer.value()).outcome);
}

/// The data are those of the first experiment: twins share them.
Result<std::optional<PairOutcome>> pairOf(std::int64_t seed, const PairRequest& request,
                                          const std::atomic<bool>& cancelled) {
    Settings settings = request.first;
    settings.seed = seed;
    Result<Dataset> data = request.data(settings);
    if (!data)
        return data.error();
    const auto dataset = std::make_shared<const Dataset>(std::move(data).value());
    const auto first = outcomeAfter(request.first, seed, request, dataset, cancelled);
    if (!first)
        return first.error();
    const auto second = outcomeAfter(request.second, seed, request, dataset, cancelled);
    if (!second)
        return second.error();
    if (!first.value() || !second.value())
        return std::optional<PairOutcome>();
    return std::optional(PairOutcome{seed, *first.value(), *second.value()});
}

} // namespace

void runPairs(const PairRequest& request, const std::atomic<bool>& cancelled,
              const std::function<void(PairReport)>& publish) {
    PairReport report{request.run, request.steps, request.first, request.second, request.seeds, {}, {}};
    for (int i = 0; i < request.seeds && !cancelled && !report.problem; ++i) {
        const auto pair = pairOf(request.first.seed + i, request, cancelled);
        if (!pair)
            report.problem = pair.error();
        else if (pair.value())
            report.outcomes.push_back(*pair.value());
        if (!cancelled)
            publish(report);
    }
}

std::optional<MeanDifference> meanDifference(const std::vector<PairOutcome>& outcomes,
                                             const std::function<std::optional<double>(const Outcome&)>& figure) {
    MeanDifference result;
    double mean = 0.0;
    double squares = 0.0; // Welford's sums
    for (const PairOutcome& pair : outcomes) {
        const std::optional<double> first = figure(pair.first);
        const std::optional<double> second = figure(pair.second);
        if (!first || !second || !std::isfinite(*second - *first)) {
            ++result.left;
            continue;
        }
        const double difference = *second - *first;
        const double before = difference - mean;
        mean += before / ++result.seeds;
        squares += before * (difference - mean);
    }
    if (result.seeds < 2)
        return std::nullopt;
    result.mean = mean;
    result.halfWidth =
        studentQuantile(result.seeds - 1) * std::sqrt(squares / (result.seeds - 1) / static_cast<double>(result.seeds));
    return result;
}

double studentQuantile(int degrees) {
    static constexpr std::array table{12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
                                      2.201,  2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
                                      2.080,  2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042};
    if (degrees <= static_cast<int>(table.size()))
        return table[static_cast<std::size_t>(degrees - 1)];
    constexpr double normal = 1.959964; // and Cornish and Fisher's first term
    return normal + (normal * normal * normal + normal) / (4.0 * degrees);
}

} // namespace flatline
