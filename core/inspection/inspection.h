#pragma once

#include "core/training/snapshot.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace flatline {

/// One step of training as a neuron felt it.
struct Beat {
    std::int64_t step = 0; ///< its number, from 1
    float output = 0.0F;   ///< the largest f(z) on that step's batch, before the update; training mode
    float gradient = 0.0F; ///< L2 norm of the batch's gradient by the neuron's incoming weights and bias
    float update = 0.0F;   ///< L2 norm of what the step did to these
    bool operator==(const Beat&) const = default;
};

struct RatePoint {
    double rate = 0.0;
    double margin = 0.0; ///< may be infinite or NaN: the network overflows
    bool operator==(const RatePoint&) const = default;
};

/// What training would have made of a neuron's margin (its largest z over the training set), had the learning rate been
/// another. Of one step: every optimizer's step is proportional to the rate; the whole network is evaluated at each
/// one, in evaluation mode, with all layers moved; batch norm's running figures stay. Of several: they are made once
/// more at each rate, with the same batches.
struct RateCurve {
    std::int64_t first = 0;            ///< the first step that is made at other rates, from 1
    std::int64_t step = 0;             ///< the last one: the step asked about; the margin is that after it
    bool made = false;                 ///< it has been made; else it is the next one
    RatePoint taken;                   ///< with the rate that is, or was, set
    std::vector<RatePoint> points;     ///< by rising rate, evenly spaced in its logarithm
    std::optional<double> largestSafe; ///< up to there the margin stays above 0; nothing: up to the last point
    bool operator==(const RateCurve&) const = default;
};

/// Which steps a neuron's vital signs are wanted of.
enum class BeatsOf {
    Death, ///< around its latest death; where it never died in this run, the last ones
    Latest ///< the last ones up to the snapshot's step
};

/// A neuron's incoming parameters at some moment.
struct NeuronWeights {
    std::vector<float> weights;
    float bias = 0.0F; ///< what warming adds included
    bool operator==(const NeuronWeights&) const = default;
};

[[nodiscard]] NeuronWeights neuronWeights(const Network<float>& network, std::span<const float> parameters,
                                          NeuronPlace place);

/// The same as evaluation has them: batch norm before the activation is a scale s and a shift t there (NormScale), so
/// that z = s w . h + (s b + t). In the first layer z = 0 is a straight edge in the plane of the data with it, too.
[[nodiscard]] NeuronWeights evaluatedWeights(const Network<float>& network, std::span<const float> parameters,
                                             NeuronPlace place);

/// How a neuron stood before it died: at the end of the last step on which it lived.
struct LastLife {
    std::int64_t step = 0;
    NeuronWeights own;      ///< evaluatedWeights
    std::int64_t fired = 0; ///< training samples on which z > 0
    bool operator==(const LastLife&) const = default;
};

/// What a close look at one neuron has found, over the whole training set.
struct Inspection {
    std::uint64_t run = 0;
    std::uint64_t version = 0; ///< of the snapshot
    std::int64_t step = 0;
    NeuronPlace place;
    NeuronWeights own;       ///< now
    std::vector<float> z;    ///< now, by sample
    std::size_t nearest = 0; ///< the sample with the largest z
    double gradient = 0.0;   ///< norm of the pending step's move of its parameters, per unit of the learning rate
    BeatsOf beatsOf = BeatsOf::Latest;
    std::vector<Beat> beats;
    std::optional<LastLife> before; ///< its latest death; nothing where it never died, or was born dead
    /// The step that killed it, of a dead neuron; else the pending one. Nothing where it cannot die, where no step
    /// but an intervention did it, and after a divergence.
    std::optional<RateCurve> rates;
    std::optional<double> redrawChance; ///< dead ones only: see redrawChance
    std::shared_ptr<const Fields> map;  ///< its activation over the plane or line of the data; null: none
};

} // namespace flatline
