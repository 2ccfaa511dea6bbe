#pragma once

#include "core/data/batch.h"

#include <string>
#include <vector>

namespace flatline {

enum class Task { Classification, Regression };

/// Samples with what is to be predicted of them. Values, immutable once made.
struct Split {
    Batch<float> features;    ///< samples x features
    Targets<float> targets;   ///< one row a sample
    std::vector<int> sources; ///< each sample's place in the data as generated or read, from 0

    [[nodiscard]] int samples() const { return static_cast<int>(features.rows()); }
};

/// A data set, split and scaled, as the network sees it.
struct Dataset {
    std::string name; ///< the source's label, or the CSV file's name
    Task task = Task::Classification;
    std::vector<std::string> featureNames;
    std::string targetName;
    std::vector<std::string> classNames; ///< classification only, in order of the class's number
    std::vector<float> means;            ///< by which the features were standardized; empty: they were not
    std::vector<float> deviations;
    Split train;
    Split test; ///< no samples where there is no test set

    [[nodiscard]] int features() const { return static_cast<int>(featureNames.size()); }
    [[nodiscard]] int classes() const { return static_cast<int>(classNames.size()); }
};

} // namespace flatline
