#include "core/base/random.h"

#include "core/kernels/kernels.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace flatline {
namespace {

double polynomial(std::span<const double> coefficients, double x) {
    double sum = 0.0;
    for (auto c = coefficients.rbegin(); c != coefficients.rend(); ++c)
        sum = sum * x + *c;
    return sum;
}

bool isCentral(double p) {
    return std::abs(p - 0.5) <= kernels::CentralQuantile::reach;
}

/// The other branches of AS 241.
double tailQuantile(double p) {
    static constexpr std::array middleC{1.42343711074968357734e0,  4.63033784615654529590e0, 5.76949722146069140550e0,
                                        3.64784832476320460504e0,  1.27045825245236838258e0, 2.41780725177450611770e-1,
                                        2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static constexpr std::array middleD{1.0,
                                        2.05319162663775882187e0,
                                        1.67638483018380384940e0,
                                        6.89767334985100004550e-1,
                                        1.48103976427480074590e-1,
                                        1.51986665636164571966e-2,
                                        5.47593808499534494600e-4,
                                        1.05075007164441684324e-9};
    static constexpr std::array tailE{6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
                                      2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                      2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static constexpr std::array tailF{1.0,
                                      5.99832206555887937690e-1,
                                      1.36929880922735805310e-1,
                                      1.48753612908506148525e-2,
                                      7.86869131145613259100e-4,
                                      1.84631831751005468180e-5,
                                      1.42151175831644588870e-7,
                                      2.04426310338993978564e-15};
    const double q = p - 0.5;
    const double r = std::sqrt(-std::log(q < 0.0 ? p : 1.0 - p));
    const double magnitude = r <= 5.0 ? polynomial(middleC, r - 1.6) / polynomial(middleD, r - 1.6)
                                      : polynomial(tailE, r - 5.0) / polynomial(tailF, r - 5.0);
    return q < 0.0 ? -magnitude : magnitude;
}

constexpr std::size_t piece = 256; // values at a time: what they need stays in the first cache

/// So many values with padding.
constexpr std::size_t padded(std::size_t count) {
    return (count + 7) / 8 * 8;
}

} // namespace

RandomStream::RandomStream(std::uint64_t seed, StreamId id, std::uint32_t substream)
    : m_key{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}
    , m_counter{0, 0, substream, static_cast<std::uint32_t>(id)} {}

void RandomStream::drawBlocks(std::uint32_t* words, std::size_t blocks) {
    const kernels::PhiloxPlace place{{m_key[0], m_key[1]}, {m_counter[0], m_counter[1], m_counter[2], m_counter[3]}};
    kernels::chosen().draws.philox(place, static_cast<int>(blocks), words);
    const std::uint64_t next = (static_cast<std::uint64_t>(m_counter[1]) << 32U | m_counter[0]) + blocks;
    m_counter[0] = static_cast<std::uint32_t>(next);
    m_counter[1] = static_cast<std::uint32_t>(next >> 32U);
}

void RandomStream::refill() {
    static_assert(std::tuple_size_v<decltype(m_words)> == kernels::drawnWords);
    drawBlocks(m_words.data(), kernels::drawnBlocks);
    m_used = 0;
}

void RandomStream::fillBits(std::span<std::uint32_t> words) {
    const auto takeOver = [&] {
        const std::size_t count = std::min(words.size(), m_words.size() - m_used);
        std::copy_n(m_words.begin() + static_cast<std::ptrdiff_t>(m_used), count, words.begin());
        m_used += count;
        words = words.subspan(count);
    };
    takeOver();
    const std::size_t whole = words.size() - words.size() % m_words.size();
    if (whole > 0)
        drawBlocks(words.data(), whole / kernels::wordsPerBlock);
    words = words.subspan(whole);
    if (words.empty())
        return;
    refill();
    takeOver();
}

// The last piece is padded with words of no meaning.
void RandomStream::fillUniform(std::span<double> values) {
    std::array<std::uint32_t, 2 * piece> words{};
    std::array<double, piece> drawn;
    while (!values.empty()) {
        const std::size_t count = std::min(piece, values.size());
        fillBits(std::span(words).first(2 * count));
        kernels::chosen().draws.uniforms(words.data(), static_cast<int>(padded(count)), drawn.data());
        std::copy_n(drawn.begin(), count, values.begin());
        values = values.subspan(count);
    }
}

void RandomStream::fillNormal(std::span<double> values) {
    std::array<double, piece> p;
    p.fill(0.5);
    std::array<double, piece> drawn;
    while (!values.empty()) {
        const std::size_t count = std::min(piece, values.size());
        fillUniform(std::span(p).first(count));
        kernels::chosen().draws.centralQuantiles(p.data(), static_cast<int>(padded(count)), drawn.data());
        for (std::size_t i = 0; i < count; ++i)
            values[i] = isCentral(p[i]) ? drawn[i] : tailQuantile(p[i]);
        values = values.subspan(count);
    }
}

double RandomStream::uniform() {
    const std::uint64_t high = bits() >> 5U; // 27 bits
    const std::uint64_t low = bits() >> 6U;  // 26 bits
    constexpr double scale = 1.0 / 9007199254740992.0;
    // The largest k would round up to 1 and is not worth a branch on the others.
    const double value = (static_cast<double>(high * 67108864U + low) + 0.5) * scale;
    return value < 1.0 ? value : 1.0 - std::numeric_limits<double>::epsilon() / 2;
}

double RandomStream::normal() {
    return normalQuantile(uniform());
}

std::uint32_t RandomStream::below(std::uint32_t bound) {
    assert(bound > 0);
    // Lemire's method: the high half of a product, with the few values that would bias it drawn again. The threshold is
    // below the bound, so that most need no division.
    for (;;) {
        const std::uint64_t product = static_cast<std::uint64_t>(bits()) * bound;
        const auto low = static_cast<std::uint32_t>(product);
        if (low >= bound || low >= (0U - bound) % bound)
            return static_cast<std::uint32_t>(product >> 32U);
    }
}

double normalQuantile(double p) {
    assert(p > 0.0 && p < 1.0);
    using Central = kernels::CentralQuantile;
    if (!isCentral(p))
        return tailQuantile(p);
    const double q = p - 0.5;
    const double r = Central::square - q * q;
    return q * polynomial(Central::a, r) / polynomial(Central::b, r);
}

void fillRandomOrder(RandomStream stream, std::span<int> order) {
    std::iota(order.begin(), order.end(), 0);
    std::array<std::uint32_t, 2 * piece> words;
    for (std::size_t left = order.size(); left > 1;) {
        const std::size_t drawn = std::min<std::size_t>(words.size(), padded(left - 1));
        stream.fillBits(std::span(words).first(drawn));
        left = static_cast<std::size_t>(kernels::chosen().draws.shuffle(words.data(), static_cast<int>(drawn),
                                                                        static_cast<int>(left), order.data()));
    }
}

std::vector<int> randomOrder(int count, RandomStream stream) {
    std::vector<int> order(static_cast<std::size_t>(count));
    fillRandomOrder(stream, order);
    return order;
}

} // namespace flatline
