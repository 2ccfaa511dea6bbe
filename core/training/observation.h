#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace flatline {

/// One row of the trace: a run at one step, over the whole sets, in evaluation mode.
struct Observation {
    struct Layer {
        int neurons = 0;
        int dead = 0;
        int comatose = 0;
        int atRisk = 0;
        double inactiveShare = 0.0;
        double gradientNorm = 0.0;
        bool operator==(const Layer&) const = default;
    };

    std::int64_t step = 0;
    std::int64_t epoch = 0;              ///< epochs completed
    double trainLoss = 0.0;              ///< mean, without the decay term
    std::optional<double> testLoss;      ///< nothing where there is no test set
    std::optional<double> trainAccuracy; ///< 0 to 1; nothing for regression
    std::optional<double> testAccuracy;
    double gradientNorm = 0.0; ///< L2 norm of the training loss's gradient by all parameters
    double outputRange = 0.0;  ///< the largest, over the logits, of maximum minus minimum over the training set
    std::int64_t infiniteLossSamples = 0; ///< of the training set; then trainLoss is infinite, and nothing is wrong
    std::int64_t testInfiniteLossSamples = 0;
    bool allFinite = true; ///< every pre-activation, also one that a silent layer hides from the loss
    double warming = 0.0;  ///< what bias warming adds to every hidden bias at this step
    int deadLayers = 0;
    std::vector<Layer> layers; ///< hidden layers only
    /// The pending step's size relative to the parameters that are learnt: |learning rate * move| / |theta|, L2 norms.
    /// Nothing after a divergence, where it is not finite, or where all of them are 0.
    std::optional<double> updateRatio;
    bool afterIntervention = false; ///< a second look at the same step, after a kick or a change; not in the trace

    [[nodiscard]] int neurons() const;
    [[nodiscard]] int dead() const;
    [[nodiscard]] int comatose() const;
    [[nodiscard]] int atRisk() const;
    [[nodiscard]] bool finite() const; ///< gradient and losses, but for samples of infinite loss
    bool operator==(const Observation&) const = default;
};

} // namespace flatline
