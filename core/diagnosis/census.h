#pragma once

#include "core/diagnosis/evaluation.h"
#include "core/diagnosis/tally_counter.h"

namespace flatline {

/// Gathers the figures of every hidden neuron tile by tile, as addToTallies does; for ReLU with slope 0 at 0, where
/// z > 0 says it all, on the machine's kernels. `zeroSlope` is exact: who is dead is decided by it.
class Census {
public:
    /// Network and parameters must stay until the end.
    void begin(const Network<float>& network, const float* parameters);
    /// A tile of a pass that keeps the states.
    void add(const TilePass& pass);
    /// Of all tiles, at least one, since `begin`; stays until the next `begin`.
    [[nodiscard]] const Tallies& finish();
    /// Of all samples of the evaluator.
    [[nodiscard]] const Tallies& take(const Network<float>& network, const float* parameters, Evaluator& evaluator);

private:
    const Network<float>* m_network = nullptr;
    const float* m_parameters = nullptr;
    bool m_onKernels = false;
    bool m_first = true;
    TallyCounter m_counter;
    Tallies m_tallies;
};

} // namespace flatline
