#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

/// What the whole training set says of every hidden neuron. Definitions: README, "What a neuron's state
/// means".
namespace flatline {

enum class NeuronState { Alive, AtRisk, Comatose, Dead };
[[nodiscard]] const char* neuronStateId(NeuronState state); ///< "alive", "at-risk", "comatose", "dead"

/// One hidden neuron; layer and neuron from 0.
struct NeuronPlace {
    std::size_t layer = 0;
    std::size_t neuron = 0;
    bool operator==(const NeuronPlace&) const = default;
};

struct NeuronDiagnosis {
    NeuronState state = NeuronState::Alive;
    float margin = 0.0F;            ///< max z over the samples; below 0 and ReLU-like: the distance to life
    float minimum = 0.0F;           ///< min z over the samples
    float activeFraction = 0.0F;    ///< share of the samples with z > 0
    float zeroSlopeFraction = 0.0F; ///< share of the samples with f'(z) exactly 0
    /// Sokar et al. 2023: mean |f(z)| over the samples, relative to the mean of that over the layer's neurons. 1 is the
    /// average neuron; at most dormantBelow: dormant. 0 in a layer that is silent altogether.
    float dormancy = 0.0F;
    bool operator==(const NeuronDiagnosis&) const = default;
};

/// Sokar's tau.
inline constexpr float dormantBelow = 0.025F;

/// A histogram over [-range, range) in equal bins. What lies outside is counted apart; exact zeros are
/// counted in `zeros` and in no bin; non-finite values only in `nonFinite`.
struct Histogram {
    float range = 6.0F;
    std::vector<std::int64_t> bins;
    std::int64_t below = 0;
    std::int64_t above = 0;
    std::int64_t zeros = 0;
    std::int64_t nonFinite = 0;
    std::int64_t count = 0; ///< all values, samples x neurons
    bool operator==(const Histogram&) const = default;
};

struct LayerDiagnosis {
    std::vector<NeuronDiagnosis> neurons;
    Histogram preActivations;
    Histogram activations;
    int dead = 0;
    int comatose = 0;
    int atRisk = 0;
    double inactiveShare = 0.0; ///< of all (sample, neuron) pairs, those with f'(z) exactly 0
    double gradientNorm = 0.0;  ///< L2 norm of the training loss's gradient by this layer's weights
    bool operator==(const LayerDiagnosis&) const = default;
};

struct Diagnosis {
    std::int64_t step = 0;
    std::vector<LayerDiagnosis> layers; ///< hidden layers only
    bool operator==(const Diagnosis&) const = default;

    [[nodiscard]] int neurons() const;
    [[nodiscard]] int dead() const;
    [[nodiscard]] int comatose() const;
    [[nodiscard]] int atRisk() const;
    [[nodiscard]] int deadLayers() const; ///< hidden layers in which every neuron is dead
};

} // namespace flatline
