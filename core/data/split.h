#pragma once

#include "core/base/result.h"
#include "core/data/dataset.h"
#include "core/data/raw_data.h"

#include <cstdint>
#include <vector>

namespace flatline {

/// Which samples are held out, by their place in the data. round(count * fraction) of them, drawn without
/// replacement from the stream "split" of the seed. Error: none would be left to train on.
[[nodiscard]] Result<std::vector<bool>> drawTestSet(std::size_t count, double fraction, std::uint64_t seed);

/// What a feature is moved and divided by: the mean and the population deviation sqrt(sum (x - mean)^2 / n)
/// over some samples. The deviation of a constant feature counts as 1.
struct Scaling {
    std::vector<double> means;
    std::vector<double> deviations;
};

/// Over the samples that are not held out.
[[nodiscard]] Scaling measureScaling(const RawData& data, const std::vector<bool>& heldOut);

/// The samples that are held out, or the others, in the data's order; features (x - mean) / deviation + offset,
/// computed in double. `scaling` has no means where features are not to be scaled. withClassValues: classes
/// get values to be fitted, too: -1 and +1 for at most two, else one-hot. Error: a feature that single
/// precision cannot hold.
[[nodiscard]] Result<Split> takeSplit(const RawData& data, const std::vector<bool>& heldOut, bool test,
                                      const Scaling& scaling, double offset, bool withClassValues);

} // namespace flatline
