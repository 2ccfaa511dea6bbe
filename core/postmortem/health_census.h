#pragma once

#include "core/diagnosis/evaluation.h"

#include <cstdint>
#include <vector>

namespace flatline {

/// Who has a slope (f'(z) not 0) on at least so many samples: counts on only as long as somebody's samples are not
/// enough yet. One thread; scratch memory.
class HealthCensus {
public:
    /// Whether it can: ReLU with slope 0 at 0, as Census on the machine's kernels.
    [[nodiscard]] static bool serves(const NetworkSpec& spec);
    /// [hidden layer][neuron]; stays until the next call.
    [[nodiscard]] const std::vector<std::vector<char>>& take(const Network<float>& network, const float* parameters,
                                                             Evaluator& evaluator, std::int64_t needed);

private:
    void addTile(TilePass& pass, const TileSamples& tile);
    void addRow(std::size_t layer, std::size_t neuron, const float* values, int samples);

    std::vector<std::vector<char>> m_enough;
    std::vector<std::vector<std::int64_t>> m_counts;
    std::vector<std::vector<std::size_t>> m_open; ///< [layer]: neurons that have not enough yet
    std::int64_t m_needed = 0;
};

} // namespace flatline
