#pragma once

#include "core/data/sample_tiles.h"
#include "core/diagnosis/diagnosis.h"
#include "core/network/tile_pass.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace flatline {

/// On how many samples some neurons had a slope (f'(z) not 0) at some moments: what passes over all samples that
/// somebody makes anyway leave for who asks later. One thread.
class SlopeCounts {
public:
    /// From now on those; what was counted is forgotten. Where there were passes at less than half of the moments
    /// since, what they tell is not worth the counting, and nothing is counted until the next time.
    void follow(std::vector<NeuronPlace> places);
    [[nodiscard]] const std::vector<NeuronPlace>& places() const { return m_places; }

    /// Where the parameters of the passes that follow stand.
    void moveTo(std::size_t moment) { m_moment = moment; }
    /// A pass over all samples, through the layers before `layer`: all its tiles follow.
    void begin(std::size_t layer);
    void add(TilePass& pass, const TileSamples& tile, const Network<float>& network, const float* parameters);

    [[nodiscard]] bool none() const { return m_counts.empty(); } ///< nothing is known of any moment
    /// Of place number `index`, from 0; none where nobody has counted.
    [[nodiscard]] std::optional<std::int64_t> at(std::size_t moment, std::size_t index) const;

private:
    [[nodiscard]] std::int32_t sloping(const float* z, int samples, const Network<float>& network,
                                       const ActivationParameters& own);

    static constexpr std::int32_t unknown = -1;
    std::vector<NeuronPlace> m_places;
    std::vector<std::int32_t> m_counts; ///< moment after moment, one a place
    std::size_t m_moment = 0;
    std::size_t m_passes = 0; ///< moments at which there was one
    std::size_t m_passedAt = 0;
    bool m_counting = true;
    std::size_t m_layer = 0; ///< of the pass under way
    std::vector<float> m_slopes;
};

} // namespace flatline
