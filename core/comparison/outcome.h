#pragma once

#include "core/comparison/fork.h"

#include <optional>
#include <vector>

namespace flatline {

/// How a run stands.
struct Outcome {
    int neurons = 0;
    int dead = 0;
    double trainLoss = 0.0;
    std::optional<double> testLoss; ///< nothing where there is no test set
    std::optional<double> trainAccuracy;
    std::optional<double> testAccuracy; ///< nothing for regression
    bool diverged = false;              ///< then the rest is of the last finite step
    bool operator==(const Outcome&) const = default;

    [[nodiscard]] const std::optional<double>& accuracy() const { return testAccuracy ? testAccuracy : trainAccuracy; }
};

/// With who is dead: [hidden layer][neuron].
struct DetailedOutcome {
    Outcome outcome;
    std::vector<std::vector<bool>> dead;
};
[[nodiscard]] DetailedOutcome outcomeOf(Trainer& trainer);

} // namespace flatline
