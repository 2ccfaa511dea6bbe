#pragma once

#include <vector>

namespace flatline {

/// The ends of an axis.
struct AxisRange {
    double from = 0.0;
    double to = 0.0;
    [[nodiscard]] double span() const { return to - from; }
    bool operator==(const AxisRange&) const = default;
};

/// The next round number that is not below `value`, which is not negative: two digits at most, 16 of them a decade.
[[nodiscard]] double roundUp(double value);

/// A range with round ends around 0 and the data. Stays what it is (`current`) as long as the data lie inside and
/// fill at least half of it: moving an axis costs far more than drawing a curve, and is hard to read.
[[nodiscard]] AxisRange stickyRange(AxisRange current, double low, double high);
/// The same for a logarithmic axis: low > 0, the ends are powers of ten times 1, 2 or 5, at least one decade apart.
[[nodiscard]] AxisRange stickyLogRange(AxisRange current, double low, double high);

/// Round places for at most `most` labels, rising.
[[nodiscard]] std::vector<double> linearTicks(AxisRange range, int most);
[[nodiscard]] std::vector<double> logTicks(AxisRange range, int most);

/// What an axis shows at all: beyond, values are drawn at its end.
constexpr double largestShown = 1e12;
constexpr double smallestLogShown = 1e-12;

} // namespace flatline
