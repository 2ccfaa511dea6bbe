#pragma once

#include "core/training/snapshot.h"
#include "ui/fields/frame.h"

#include <optional>
#include <span>

namespace flatline {

/// What a neuron's own parameters are, straight from the snapshot's flat vector.
struct NeuronParameters {
    double bias = 0.0;
    double weightNorm = 0.0;     ///< L2, of its incoming weights
    std::optional<double> slope; ///< the learnt one, where slopes are learnt
};
/// Layers and neurons from 1; nothing where the snapshot has no such neuron or no parameters.
[[nodiscard]] std::optional<NeuronParameters> neuronParameters(const Snapshot& snapshot, NeuronId id);

/// The learnt slopes of a hidden layer (from 1), one a neuron; empty where none are learnt. Valid as long as the
/// snapshot's parameters.
[[nodiscard]] std::span<const float> learntSlopes(const Snapshot& snapshot, int layer);

} // namespace flatline
