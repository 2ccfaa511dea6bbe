#pragma once

#include "core/data/dataset.h"
#include "core/network/network.h"

#include <span>
#include <vector>

namespace flatline {

/// What an objective makes of one sample's outputs (the logits, before any objective).
struct OutputReading {
    const ObjectiveRow* objective = nullptr;
    std::vector<double> predictions;           ///< probabilities a class, or the values themselves
    double loss = 0.0;                         ///< infinity where the sample's own probability is exactly 0
    std::vector<double> gradient;              ///< d loss / d output
    [[nodiscard]] double gradientNorm() const; ///< L2; exactly 0: no gradient
};

/// One sample of a split as targets of its own.
[[nodiscard]] Targets<float> targetOf(const Split& split, int sample);

/// The network's outputs for the samples first .. first + count - 1 of a split, in evaluation mode: samples x outputs.
[[nodiscard]] Batch<float> outputsFor(const NetworkSpec& spec, std::span<const float> parameters, const Split& split,
                                      int first, int count);

/// The objective need not be the network's own: any that can read as many outputs. Not finite outputs give a loss that
/// is not a number.
[[nodiscard]] OutputReading readOutput(const ObjectiveRow& objective, std::span<const float> outputs,
                                       const Targets<float>& target);

/// The objectives that can read such outputs, the network's own among them, in the table's order: for classes with an
/// output each softmax and ReLU over sum; else the network's own alone.
[[nodiscard]] std::vector<const ObjectiveRow*> comparableObjectives(const NetworkSpec& spec, const Dataset& dataset);

/// Whether the sample's outputs (a row) miss its target: another class is predicted, or its loss is infinite; for
/// values whether its loss is above `meanLoss`.
[[nodiscard]] bool misses(const NetworkSpec& spec, const Dataset& dataset, std::span<const float> outputs,
                          const Targets<float>& target, double meanLoss);

} // namespace flatline
