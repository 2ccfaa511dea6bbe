#pragma once

#include "core/comparison/outcome.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace flatline {

/// Two experiments to be compared over many seeds, each seed's pair with the same data, raw draws and order of samples.
struct PairRequest {
    std::uint64_t run = 0; ///< of the snapshot they were asked for
    Settings first;        ///< with all its interventions, also those that were made by hand
    Settings second;
    std::int64_t steps = 0; ///< from the start
    int seeds = 30;         ///< the first experiment's own and those after it: enough for an interval of use
    DatasetLoader data;
    ParameterLoader parameters;
};

struct PairOutcome {
    std::int64_t seed = 0;
    Outcome first;
    Outcome second;
};

struct PairReport {
    std::uint64_t run = 0;
    std::int64_t steps = 0;
    Settings first;
    Settings second;
    int seeds = 0; ///< that were asked for
    std::vector<PairOutcome> outcomes;
    std::optional<Error> problem; ///< that ended it early
    [[nodiscard]] bool done() const { return problem || static_cast<int>(outcomes.size()) == seeds; }
};

/// Runs the pairs one after another and publishes after each. A pure function of the request. Blocks; returns early
/// where it was cancelled.
void runPairs(const PairRequest& request, const std::atomic<bool>& cancelled,
              const std::function<void(PairReport)>& publish);

/// The mean of second minus first over the seeds, with Student's 95 % interval.
struct MeanDifference {
    double mean = 0.0;
    double halfWidth = 0.0; ///< of the interval: t s / sqrt(n), s the differences' standard deviation
    int seeds = 0;          ///< n: those with a finite difference
    int left = 0;           ///< that have none: a loss was infinite
    /// Whether the interval leaves 0 out.
    [[nodiscard]] bool clear() const { return seeds >= 2 && (mean - halfWidth > 0.0 || mean + halfWidth < 0.0); }
};
/// Nothing with fewer than two finite differences.
[[nodiscard]] std::optional<MeanDifference>
meanDifference(const std::vector<PairOutcome>& outcomes,
               const std::function<std::optional<double>(const Outcome&)>& figure);

/// Student's t that 2.5 % lie above, for 1 degree of freedom or more.
[[nodiscard]] double studentQuantile(int degrees);

} // namespace flatline
