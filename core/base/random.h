#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace flatline {

/// The named random streams. Each has its own place in the generator's counter, so that what one draws never
/// changes what another draws: another activation keeps the same data, the same raw draws and the same
/// batches.
enum class StreamId : std::uint32_t {
    Data = 1,
    Split,
    Initialization,
    Batches,
    Kicks,
    Directions,
    Resets,
    Chances,
    Gates
};

/// A stream of random numbers that is a pure function of (seed, id, substream): Philox4x32-10, a
/// counter-based generator (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011). A substream
/// is, for example, the number of a layer, an epoch or a kick; there is no state to save. Uniform and normal
/// are our own, because those of the standard library differ from one library to the next.
class RandomStream {
public:
    RandomStream(std::uint64_t seed, StreamId id, std::uint32_t substream = 0);

    [[nodiscard]] std::uint32_t bits() {
        if (m_used == m_words.size())
            refill();
        return m_words[m_used++];
    }
    /// Uniform on the open interval (0, 1): (k + 1/2) / 2^53. Takes two words.
    [[nodiscard]] double uniform();
    [[nodiscard]] double uniform(double low, double high) { return low + (high - low) * uniform(); }
    /// Standard normal by the inverse of its distribution function: one uniform a draw, never rejected, so
    /// that the i-th draw stays the i-th whatever its neighbours are used for.
    [[nodiscard]] double normal();
    /// Uniform on 0 .. bound-1, without bias. bound > 0.
    [[nodiscard]] std::uint32_t below(std::uint32_t bound);

    /// The next words, uniforms or normals, all at once: what as many calls would give.
    void fillBits(std::span<std::uint32_t> words);
    void fillUniform(std::span<double> values);
    void fillNormal(std::span<double> values);

private:
    void refill();
    void drawBlocks(std::uint32_t* words, std::size_t blocks);

    std::array<std::uint32_t, 2> m_key;
    std::array<std::uint32_t, 4> m_counter; ///< of the block after those in m_words
    std::array<std::uint32_t, 32> m_words{};
    std::size_t m_used = 32;
};

/// The quantile of the standard normal: Wichura's algorithm AS 241 (PPND16), relative accuracy about 1e-16.
/// 0 < p < 1.
[[nodiscard]] double normalQuantile(double p);

/// The numbers from 0 on in random order (Fisher-Yates).
void fillRandomOrder(RandomStream stream, std::span<int> order);
[[nodiscard]] std::vector<int> randomOrder(int count, RandomStream stream);

} // namespace flatline
