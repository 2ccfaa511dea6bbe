#pragma once

#include "core/kernels/product.h"

#include <cmath>
#include <cstddef>
#include <cstdint>

namespace flatline::kernels {

/// What is known of one neuron on some samples, sample s of a run in lane s % 8.
struct Tally {
    float maximum[8]; ///< of z; NaN are passed over
    float minimum[8];
    std::int32_t positive[8]; ///< samples with z > 0
    std::int32_t number[8];   ///< samples whose z is not NaN
    double absolute[8];       ///< sum of |f(z)|
    // Only where slopes are looked at:
    std::int32_t zeroSlope[8]; ///< samples with f'(z) exactly 0
    float greatestSlope[8];    ///< max |f'(z)|; NaN are passed over
};

/// The samples of some neurons, neuron j's from j * stride, readable up to padded(samples); those beyond `samples` do
/// not count.
struct TallyTask {
    const float* z = nullptr;
    const float* f = nullptr;
    const float* slopes = nullptr; ///< null: they are not looked at
    std::ptrdiff_t stride = 0;
    int neurons = 0;
    int samples = 0;
};

/// Counters for a histogram over [-range, range) in equal bins, with places for all that is in no bin: eight tables,
/// of which each value finds another, so that equal values do not wait for each other. A table has two halves, of
/// values above 0 the second: those of a ReLU's outputs, when the values are its inputs.
struct BinTables {
    std::int32_t* counts = nullptr; ///< binTableSize(bins) of them; each may count to 2^31 - 1
    float range = 6.0F;
    int bins = 0;
};
/// The places of a half, from 0: the bins, then these.
enum class BinPlace { Below, Above, Zero, Infinite, NotANumber };
inline constexpr int binPlaces = 5;
inline constexpr int binTables = 8;
[[nodiscard]] constexpr int halfTableSize(int bins) {
    return bins + binPlaces;
}
[[nodiscard]] constexpr int binTableSize(int bins) {
    return binTables * 2 * halfTableSize(bins);
}

/// Rows of `count` values, one neuron's a row, readable up to padded(count).
struct Rows {
    const float* values = nullptr;
    std::ptrdiff_t stride = 0;
    int rows = 0;
    int count = 0;
};

/// Between what the values of a row lie: the lowest of the lowest and the highest of the highest.
struct LaneRange {
    float lowest[8];
    float highest[8];
};

struct TallyKernels {
    void (*clear)(Tally* tallies, int neurons);
    /// Adds to those of each neuron.
    void (*add)(const TallyTask& task, Tally* tallies);
    /// A finite value v in [-range, range) other than 0 is counted in bin min((v + range) bins / (2 range), bins - 1),
    /// rounded down.
    void (*addToBins)(const Rows& rows, const BinTables& tables);
    /// The largest, over the samples, of a sample's sum of squares; NaN are passed over.
    float (*greatestSquare)(const Rows& rows);
    /// Widens one range a row to its values; NaN are passed over.
    void (*widenRanges)(const Rows& rows, LaneRange* ranges);
    /// The largest of so many values; NaN where one is NaN or infinite.
    float (*highest)(const float* values, int count);
    /// Whether no value is infinite; NaN are passed over.
    bool (*noInfinity)(const float* values, std::size_t count);
};

} // namespace flatline::kernels
