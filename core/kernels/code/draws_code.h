#pragma once

#include "core/kernels/code/inline.h"
#include "core/kernels/draws.h"

namespace flatline::kernels {

/// Four registers hold the four words of as many blocks as there are wide lanes, each word in the low half of its lane;
/// what the high halves hold does not matter.
template <class V>
struct PhiloxBlocks {
    using U = typename V::U;
    U c0, c1, c2, c3;

    FLATLINE_INLINE void begin(std::uint64_t first, const PhiloxPlace& place) {
        c0 = V::countWide(first);
        c1 = V::highWords(c0);
        c2 = V::allWide(place.counter[2]);
        c3 = V::allWide(place.counter[3]);
    }
    FLATLINE_INLINE void round(U key0, U key1) {
        const U p0 = V::mulWide(V::allWide(0xD2511F53U), c0);
        const U p1 = V::mulWide(V::allWide(0xCD9E8D57U), c2);
        c0 = V::xorWide(V::highWords(p1), V::xorWide(c1, key0));
        c1 = p1;
        c2 = V::xorWide(V::highWords(p0), V::xorWide(c3, key1));
        c3 = p0;
    }
    FLATLINE_INLINE void store(std::uint32_t* words) const { V::storeWords(words, c0, c1, c2, c3); }
};

template <class V>
void philox(const PhiloxPlace& place, int blocks, std::uint32_t* words) {
    // Two chains of products hide each other's latency, where so many blocks are drawn.
    constexpr int together = 2 * V::wideLanes <= drawnBlocks ? 2 : 1;
    constexpr int step = together * V::wideLanes;
    static_assert(drawnBlocks % step == 0);
    std::uint64_t first = static_cast<std::uint64_t>(place.counter[1]) << 32U | place.counter[0];
    typename V::U keys[10][2];
    for (std::uint32_t round = 0; round < 10; ++round) {
        keys[round][0] = V::allWide(place.key[0] + round * 0x9E3779B9U);
        keys[round][1] = V::allWide(place.key[1] + round * 0xBB67AE85U);
    }
    for (int block = 0; block < blocks; block += step, first += step, words += step * wordsPerBlock) {
        PhiloxBlocks<V> chains[together];
        unrolled<together>([&](auto i) FLATLINE_INLINE_LAMBDA { chains[i].begin(first + i * V::wideLanes, place); });
        for (const auto& key : keys)
            unrolled<together>([&](auto i) FLATLINE_INLINE_LAMBDA { chains[i].round(key[0], key[1]); });
        unrolled<together>([&](auto i)
                               FLATLINE_INLINE_LAMBDA { chains[i].store(words + i * V::wideLanes * wordsPerBlock); });
    }
}

// The 53 bits are put together as an integer, which a double holds exactly; the largest would round up to 1.
template <class V>
void uniforms(const std::uint32_t* words, int count, double* values) {
    using D = typename V::D;
    constexpr double scale = 1.0 / 9007199254740992.0;
    constexpr double largest = 1.0 - 1.0 / 9007199254740992.0;
    for (int i = 0; i < count; i += V::doubleLanes) {
        const D high = V::template ofPairs<0, 5>(words + 2 * i), low = V::template ofPairs<1, 6>(words + 2 * i);
        const D whole = V::addDouble(V::mulDouble(high, V::allDouble(67108864.0)), low);
        const D value = V::mulDouble(V::addDouble(whole, V::allDouble(0.5)), V::allDouble(scale));
        V::storeDouble(values + i, V::minDouble(value, V::allDouble(largest)));
    }
}

template <class V, int Count>
FLATLINE_INLINE typename V::D hornerDouble(const double (&coefficients)[Count], typename V::D x) {
    typename V::D sum = V::allDouble(coefficients[Count - 1]);
    for (int i = Count - 2; i >= 0; --i)
        sum = V::addDouble(V::mulDouble(sum, x), V::allDouble(coefficients[i]));
    return sum;
}

template <class V>
void centralQuantiles(const double* p, int count, double* values) {
    using D = typename V::D;
    for (int i = 0; i < count; i += V::doubleLanes) {
        const D q = V::subDouble(V::loadDouble(p + i), V::allDouble(0.5));
        const D r = V::subDouble(V::allDouble(CentralQuantile::square), V::mulDouble(q, q));
        const D numerator = V::mulDouble(q, hornerDouble<V>(CentralQuantile::a, r));
        V::storeDouble(values + i, V::divDouble(numerator, hornerDouble<V>(CentralQuantile::b, r)));
    }
}

FLATLINE_INLINE void swapNumbers(int& a, int& b) {
    const int kept = a;
    a = b;
    b = kept;
}

/// Takes the words one by one.
template <class V>
int shuffleSlowly(const std::uint32_t* words, int count, int left, int* numbers) {
    for (int i = 0; i < count && left > 1; ++i) {
        const auto bound = static_cast<std::uint32_t>(left);
        const std::uint64_t product = static_cast<std::uint64_t>(words[i]) * bound;
        const auto low = static_cast<std::uint32_t>(product);
        if (low < bound && low < (0U - bound) % bound) // what is not below the bound needs no division
            continue;
        --left;
        swapNumbers(numbers[left], numbers[product >> 32U]);
    }
    return left;
}

// Plain loops, which the compiler makes fit the instruction set: where to, for a piece of words at once, and whether
// any of them may have to be passed over, which hardly ever is so.
template <class V>
int shuffle(const std::uint32_t* words, int count, int left, int* numbers) {
    constexpr int piece = 128;
    constexpr int together = 8;
    std::uint32_t places[piece];
    for (int taken = 0; count > 0 && left > 1; words += taken, count -= taken) {
        taken = count < piece ? count : piece;
        const int size = taken < left - 1 ? taken : left - 1;
        const auto bound = static_cast<std::uint32_t>(left);
        std::uint32_t doubtful = 0;
        for (int i = 0; i < size; ++i) {
            const std::uint64_t product =
                static_cast<std::uint64_t>(words[i]) * (bound - static_cast<std::uint32_t>(i));
            places[i] = static_cast<std::uint32_t>(product >> 32U);
            doubtful |= static_cast<std::uint32_t>(product) < bound ? 1U : 0U;
        }
        if (doubtful != 0) {
            left = shuffleSlowly<V>(words, taken, left, numbers);
            continue;
        }
        int* last = numbers + left - 1;
        int i = 0;
        for (; i + together <= size; i += together)
            unrolled<together>([&](auto k)
                                   FLATLINE_INLINE_LAMBDA { swapNumbers(last[-i - k], numbers[places[i + k]]); });
        for (; i < size; ++i)
            swapNumbers(last[-i], numbers[places[i]]);
        left -= size;
    }
    return left;
}

template <class V>
constexpr DrawKernels drawKernels() {
    return {
        .philox = philox<V>, .uniforms = uniforms<V>, .centralQuantiles = centralQuantiles<V>, .shuffle = shuffle<V>};
}

} // namespace flatline::kernels
