#pragma once

#include "core/data/batch.h"
#include "core/data/dataset.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace flatline {

/// What a loss says of some samples.
struct LossSum {
    double sum = 0.0;          ///< over the samples of finite loss; not finite where the outputs are not
    std::int64_t correct = 0;  ///< samples whose predicted class is theirs; 0 for regression
    std::int64_t infinite = 0; ///< samples whose loss is infinite although the outputs are finite

    /// Over that many samples: infinite where one of them is.
    [[nodiscard]] double mean(std::int64_t samples) const;
    LossSum& operator+=(const LossSum& part);
};

/// Turns the last layer's values (the logits) into a loss.
/// `loss`: the sum over the samples. Where `gradient` is given (same shape as the outputs), it becomes
/// scale * d(sum)/d(outputs). No regularization.
template <class Scalar>
struct ObjectiveFunctions {
    LossSum (*loss)(const Batch<Scalar>& outputs, const Targets<Scalar>& targets, Scalar scale,
                    Batch<Scalar>* gradient);
};

/// One output of the contract: a row in objective.cpp.
struct ObjectiveRow {
    const char* id;    ///< "softmax", "sigmoid", "linear", "relu-normalized"
    const char* label; ///< translatable
    const char* formula;
    const char* lossName; ///< translatable: "cross-entropy"
    ObjectiveFunctions<float> single;
    ObjectiveFunctions<double> twice;
    /// What the predictions file and the decision regions show: probabilities a class, or the values
    /// themselves. samples x classes for classes with softmax, sigmoid or relu-normalized (where all are 0 if no
    /// output is above 0); the outputs unchanged for linear.
    void (*predict)(const Batch<float>& outputs, Batch<float>& predictions);

    template <class Scalar>
    [[nodiscard]] const ObjectiveFunctions<Scalar>& functions() const {
        if constexpr (std::is_same_v<Scalar, float>)
            return single;
        else
            return twice;
    }
};

[[nodiscard]] std::span<const ObjectiveRow> objectiveTable();
[[nodiscard]] const ObjectiveRow* findObjective(std::string_view id);

/// The output that is used where the experiment leaves it out: softmax for classes, linear for regression.
[[nodiscard]] const char* defaultObjective(Task task);

/// The number of the class, of `classes`, that a row of outputs stands for. One output for two classes: class 1 where
/// it is above 0.
[[nodiscard]] int predictedClass(const Batch<float>& outputs, Eigen::Index row, int classes);

} // namespace flatline
