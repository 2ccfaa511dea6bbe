#include "core/base/random.h"

#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>
#include <utility>

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#endif
#include <Random123/philox.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

namespace flatline {
namespace {

double polynomial(std::span<const double> coefficients, double x) {
    double sum = 0.0;
    for (auto c = coefficients.rbegin(); c != coefficients.rend(); ++c)
        sum = sum * x + *c;
    return sum;
}

} // namespace

RandomStream::RandomStream(std::uint64_t seed, StreamId id, std::uint32_t substream)
    : m_key{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)}
    , m_counter{0, 0, substream, static_cast<std::uint32_t>(id)} {}

std::uint32_t RandomStream::bits() {
    if (m_used == m_block.size()) {
        const r123::Philox4x32::ctr_type counter{{m_counter[0], m_counter[1], m_counter[2], m_counter[3]}};
        const r123::Philox4x32::key_type key{{m_key[0], m_key[1]}};
        const auto block = r123::Philox4x32{}(counter, key);
        for (std::size_t i = 0; i < m_block.size(); ++i)
            m_block[i] = block[i];
        if (++m_counter[0] == 0)
            ++m_counter[1];
        m_used = 0;
    }
    return m_block[m_used++];
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
    // Lemire's method: the high half of a product, with the few values that would bias it drawn again.
    const std::uint32_t threshold = (0U - bound) % bound;
    for (;;) {
        const std::uint64_t product = static_cast<std::uint64_t>(bits()) * bound;
        if (static_cast<std::uint32_t>(product) >= threshold)
            return static_cast<std::uint32_t>(product >> 32U);
    }
}

double normalQuantile(double p) {
    assert(p > 0.0 && p < 1.0);
    static constexpr std::array centralA{3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
                                         1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                                         3.3430575583588128105e4, 2.5090809287301226727e3};
    static constexpr std::array centralB{1.0,
                                         4.2313330701600911252e1,
                                         6.8718700749205790830e2,
                                         5.3941960214247511077e3,
                                         2.1213794301586595867e4,
                                         3.9307895800092710610e4,
                                         2.8729085735721942674e4,
                                         5.2264952788528545610e3};
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
    if (std::abs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * polynomial(centralA, r) / polynomial(centralB, r);
    }
    const double r = std::sqrt(-std::log(q < 0.0 ? p : 1.0 - p));
    const double magnitude = r <= 5.0 ? polynomial(middleC, r - 1.6) / polynomial(middleD, r - 1.6)
                                      : polynomial(tailE, r - 5.0) / polynomial(tailF, r - 5.0);
    return q < 0.0 ? -magnitude : magnitude;
}

std::vector<int> randomOrder(int count, RandomStream stream) {
    std::vector<int> order(static_cast<std::size_t>(count));
    std::iota(order.begin(), order.end(), 0);
    for (std::size_t last = order.size(); last > 1; --last)
        std::swap(order[last - 1], order[stream.below(static_cast<std::uint32_t>(last))]);
    return order;
}

} // namespace flatline
