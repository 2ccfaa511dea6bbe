#pragma once

#include <span>
#include <vector>

namespace flatline {

/// How many of something there will be: chances[n] that it is n. Never empty; sums to 1.
struct CountSpread {
    std::vector<double> chances{1.0};

    [[nodiscard]] double mean() const;
    [[nodiscard]] double variance() const;
    /// The smallest n such that it is n or fewer with a chance of at least p. 0 < p < 1.
    [[nodiscard]] int quantile(double p) const;
    /// The chance that it is one of low .. high.
    [[nodiscard]] double between(int low, int high) const;
    bool operator==(const CountSpread&) const = default;
};

/// The number of successes of independent trials, exactly: the Poisson binomial distribution, trial after trial.
[[nodiscard]] CountSpread poissonBinomial(std::span<const double> chances);

/// Of counts that were seen: seen[i] is the i-th. At least one.
[[nodiscard]] CountSpread spreadOf(std::span<const int> seen);

} // namespace flatline
