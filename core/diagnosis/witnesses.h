#pragma once

#include "core/base/scratch.h"
#include "core/data/dataset.h"
#include "core/diagnosis/diagnosis.h"
#include "core/network/tile_pass.h"

#include <cstddef>
#include <vector>

namespace flatline {

/// How a neuron's z turns into its hold on a sample, which is more than 0 only where f'(z) is not 0: z itself of a flat
/// neuron (f is 0 below 0, and has a slope above), else |f'(z)| where that is clear of 0.
class Holds {
public:
    [[nodiscard]] static bool isFlat(const NetworkSpec& spec, const ActivationParameters& neuron) {
        return spec.activation->reluLike && neuron.alpha == 0.0;
    }
    /// Of so many samples; stays until the next call.
    [[nodiscard]] const float* of(const Network<float>& network, const float* parameters, NeuronPlace place,
                                  const float* z, std::size_t samples);

private:
    std::vector<float> m_values;
};

/// A few samples that show, step after step, that neurons live: one that has a hold on a sample is not dead. They go
/// through the network with the bits of a pass over all samples, so that what they show is certain. One thread.
class Witnesses {
public:
    static constexpr int most = 48; ///< beyond that a look at all samples is hardly dearer

    void clear() { m_count = 0; }
    /// Number `index`, from 0 to count(), becomes that sample.
    void set(int index, const Split& split, int sample);
    [[nodiscard]] int count() const { return m_count; }

    /// Forward, all of them; network and parameters must stay while holds are asked for.
    void run(const Network<float>& network, const float* parameters);
    [[nodiscard]] bool holds(NeuronPlace place, int index);
    /// A witness on which the neuron has a hold; -1: none.
    [[nodiscard]] int find(NeuronPlace place);
    /// Its holds on all of them; stays until the next call.
    [[nodiscard]] const float* all(NeuronPlace place);

private:
    int m_count = 0;
    std::vector<float> m_features; ///< feature after feature, in rows of `most`
    Scratch<TilePass> m_pass;
    const Network<float>* m_network = nullptr; ///< of the last run
    const float* m_parameters = nullptr;
    bool m_allFlat = false;
    Holds m_holds;
};

} // namespace flatline
