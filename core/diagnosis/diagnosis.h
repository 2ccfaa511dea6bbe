#pragma once

#include <cstdint>
#include <vector>

/// What the whole training set says of every hidden neuron. Definitions: README, "What a neuron's state
/// means".
namespace flatline {

enum class NeuronState { Alive, AtRisk, Comatose, Dead };
[[nodiscard]] const char* neuronStateId(NeuronState state); ///< "alive", "at-risk", "comatose", "dead"

struct NeuronDiagnosis {
    NeuronState state = NeuronState::Alive;
    float margin = 0.0F;            ///< max z over the samples; below 0 and ReLU-like: the distance to life
    float minimum = 0.0F;           ///< min z over the samples
    float activeFraction = 0.0F;    ///< share of the samples with z > 0
    float zeroSlopeFraction = 0.0F; ///< share of the samples with f'(z) exactly 0
    bool operator==(const NeuronDiagnosis&) const = default;
};

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
