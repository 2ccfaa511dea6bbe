#pragma once

#include <Eigen/Core>

#include <vector>

namespace flatline {

/// Values of some samples: one row a sample, one column a unit (feature, neuron, output). Columns are
/// contiguous, so that one unit's values over the samples are one run of memory: what a dead check or a
/// histogram reads.
template <class Scalar>
using Batch = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic>;

/// What is to be predicted: a class number a sample (classification), or values (samples x outputs,
/// regression). The one that a task does not use is empty. Classes that are fitted with squared loss have
/// both: labels for the accuracy, and values -1 and +1 (two classes, one output) or one-hot (more).
template <class Scalar>
struct Targets {
    std::vector<int> labels;
    Batch<Scalar> values;
};

} // namespace flatline
