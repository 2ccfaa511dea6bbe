#pragma once

#include "core/data/dataset.h"

#include <cstddef>
#include <string>
#include <vector>

namespace flatline {

/// Samples as they were generated or read: neither split nor scaled.
struct RawData {
    Task task = Task::Classification;
    std::vector<std::string> featureNames;
    std::string targetName;
    std::vector<double> features;        ///< samples x features, one sample after the other
    std::vector<std::string> classNames; ///< classification only
    std::vector<int> labels;             ///< classification only, one a sample
    std::vector<double> values;          ///< regression only, one a sample

    [[nodiscard]] std::size_t samples() const { return labels.empty() ? values.size() : labels.size(); }
};

} // namespace flatline
