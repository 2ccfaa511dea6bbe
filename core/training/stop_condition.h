#pragma once

#include <cstdint>
#include <optional>

namespace flatline {

/// When a run that was told to go on is to stop by itself. Each that is set stops it once it begins to hold: one that
/// holds already when the run goes on must first have ceased. They act on a replay of the past, too.
struct StopCondition {
    bool nextDeath = false; ///< at the step at which a neuron dies: exact
    /// The mean training loss: exact. It is looked at after every step, for the price of a forward pass over the
    /// training set wherever the history keeps no row (History::stride).
    std::optional<double> lossUnder = {};
    std::optional<int> deadOver = {};        ///< more hidden neurons are dead than so many: exact
    std::optional<std::int64_t> atStep = {}; ///< exact
    bool operator==(const StopCondition&) const = default;
};

/// Why a run stopped by itself.
struct Stopped {
    enum class Why {
        Death, ///< layer, neuron: the first that died at that step; `dead` says how many did
        Loss,  ///< loss
        Dead,  ///< dead: how many are
        Step,
        Head ///< a replay of the past has come to where the run stands
    };
    Why why = Why::Step;
    std::int64_t step = 0;
    int layer = 0; ///< from 1
    int neuron = 0;
    int dead = 0;
    double loss = 0.0;
    bool operator==(const Stopped&) const = default;
};

} // namespace flatline
