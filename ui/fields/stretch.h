#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace flatline {

/// Where a pixel's centre lies between two samples, of which the outermost stand at the picture's very edges.
struct BetweenSamples {
    int index = 0;      ///< of the sample before it
    float share = 0.0F; ///< of the way to the next one
};

/// A row of samples drawn out to a row of pixels, straight from each to the next. At least two samples.
class Stretch {
public:
    Stretch(int pixels, int samples);

    /// As many pixels, as many samples as it was made for. What is not a number spreads to both sides.
    void draw(std::span<const float> samples, std::span<float> pixels) const;
    /// Where a pixel lies, counted from the first sample on.
    [[nodiscard]] BetweenSamples at(int pixel) const {
        return {m_indices[static_cast<std::size_t>(pixel)], m_shares[static_cast<std::size_t>(pixel)]};
    }

private:
    std::vector<int> m_starts;  ///< the first pixel behind each sample, and the end
    std::vector<int> m_indices; ///< of each pixel, and
    std::vector<float> m_shares;
};

} // namespace flatline
