#pragma once

#include "core/data/dataset.h"
#include "core/settings/settings.h"

#include <array>
#include <memory>
#include <string>
#include <string_view>

/// What all benchmarks measure, so that they measure the same.
namespace flatline::benchmarks {

inline constexpr std::array workloads{"W0", "W1", "W2", "W3", "W4"};

/// W1: 2-8-8-1, squared loss, 500 points of circles, batch 10. W0: 2-7-7-1, which is not compiled in, batch 11, else
/// the same. W2: 2-32-32-32-2, softmax, 1,000 points of circles, batch 32. W3: 64-256-256-10, softmax, digits,
/// batch 64. W4: 1-(10 layers of 2)-1, squared loss, 3,000 points of |x|, batch 128. ReLU, SGD, shuffled, no test set,
/// at a rate that neither diverges nor kills.
[[nodiscard]] Settings settingsOf(std::string_view workload);

/// Ends the program with a message where there is none: a benchmark has no user to ask.
[[nodiscard]] std::shared_ptr<const Dataset> datasetOf(const Settings& settings);

} // namespace flatline::benchmarks
