#include "core/analysis/count_spread.h"

#include <algorithm>
#include <cassert>
#include <cstddef>

namespace flatline {

double CountSpread::mean() const {
    double sum = 0.0;
    for (std::size_t n = 0; n < chances.size(); ++n)
        sum += static_cast<double>(n) * chances[n];
    return sum;
}

double CountSpread::variance() const {
    const double centre = mean();
    double sum = 0.0;
    for (std::size_t n = 0; n < chances.size(); ++n)
        sum += (static_cast<double>(n) - centre) * (static_cast<double>(n) - centre) * chances[n];
    return sum;
}

int CountSpread::quantile(double p) const {
    constexpr double rounding = 1e-12; // of the sum
    double sum = 0.0;
    for (std::size_t n = 0; n < chances.size(); ++n) {
        sum += chances[n];
        if (sum >= p - rounding)
            return static_cast<int>(n);
    }
    return static_cast<int>(chances.size()) - 1;
}

double CountSpread::between(int low, int high) const {
    double sum = 0.0;
    for (int n = std::max(0, low); n <= high && n < static_cast<int>(chances.size()); ++n)
        sum += chances[static_cast<std::size_t>(n)];
    return sum;
}

CountSpread poissonBinomial(std::span<const double> chances) {
    CountSpread spread;
    for (const double chance : chances) {
        spread.chances.push_back(0.0);
        for (std::size_t n = spread.chances.size() - 1; n > 0; --n)
            spread.chances[n] = (1.0 - chance) * spread.chances[n] + chance * spread.chances[n - 1];
        spread.chances[0] *= 1.0 - chance;
    }
    return spread;
}

CountSpread spreadOf(std::span<const int> seen) {
    assert(!seen.empty());
    CountSpread spread;
    spread.chances.assign(static_cast<std::size_t>(*std::max_element(seen.begin(), seen.end())) + 1, 0.0);
    for (const int count : seen)
        spread.chances[static_cast<std::size_t>(count)] += 1.0;
    for (double& chance : spread.chances)
        chance /= static_cast<double>(seen.size());
    return spread;
}

} // namespace flatline
