#include "ui/fields/stretch.h"

#include <algorithm>

namespace flatline {

Stretch::Stretch(int pixels, int samples)
    : m_starts(static_cast<std::size_t>(samples), pixels) {
    m_starts.front() = 0;
    std::size_t begun = 0;
    for (int pixel = 0; pixel < pixels; ++pixel) {
        const double at = (pixel + 0.5) / pixels * (samples - 1);
        const int index = std::min(static_cast<int>(at), samples - 2);
        while (begun < static_cast<std::size_t>(index))
            m_starts[++begun] = pixel;
        m_indices.push_back(index);
        m_shares.push_back(static_cast<float>(at - index));
    }
}

// Sample by sample: within one all pixels lie on a line, which the compiler computes several at a time.
void Stretch::draw(std::span<const float> samples, std::span<float> pixels) const {
    for (std::size_t sample = 0; sample + 1 < m_starts.size(); ++sample) {
        const float from = samples[sample];
        const float slope = samples[sample + 1] - from;
        const auto end = static_cast<std::size_t>(m_starts[sample + 1]);
        for (auto pixel = static_cast<std::size_t>(m_starts[sample]); pixel < end; ++pixel)
            pixels[pixel] = from + m_shares[pixel] * slope;
    }
}

} // namespace flatline
