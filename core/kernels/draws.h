#pragma once

#include <cstdint>

namespace flatline::kernels {

/// Blocks of random words are made so many at a time, whatever the instruction set.
inline constexpr int drawnBlocks = 8;
inline constexpr int wordsPerBlock = 4;
inline constexpr int drawnWords = drawnBlocks * wordsPerBlock;

/// Where a stream of the generator stands: the key, and the counter of the next block, which counts up in its first two
/// words.
struct PhiloxPlace {
    std::uint32_t key[2] = {};
    std::uint32_t counter[4] = {};
};

/// The central branch of Wichura's algorithm AS 241 (PPND16) for the standard normal's quantile: with q = p - 1/2,
/// |q| <= reach, and r = 0.180625 - q^2, it is q A(r) / B(r), coefficients from the lowest on.
struct CentralQuantile {
    static constexpr double reach = 0.425;
    static constexpr double square = 0.180625;
    static constexpr double a[8] = {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3,
                                    1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
                                    3.3430575583588128105e4, 2.5090809287301226727e3};
    static constexpr double b[8] = {1.0,
                                    4.2313330701600911252e1,
                                    6.8718700749205790830e2,
                                    5.3941960214247511077e3,
                                    2.1213794301586595867e4,
                                    3.9307895800092710610e4,
                                    2.8729085735721942674e4,
                                    5.2264952788528545610e3};
};

/// Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011): the words of so many
/// consecutive blocks, a multiple of drawnBlocks. With p0 = M0 c0, p1 = M1 c2 (64 bits), ten rounds of
///   c0, c1, c2, c3 = high(p1) ^ c1 ^ k0,  low(p1),  high(p0) ^ c3 ^ k1,  low(p0);   k0 += W0,  k1 += W1
using PhiloxFunction = void (*)(const PhiloxPlace& place, int blocks, std::uint32_t* words);

/// Fisher-Yates, a word a turn: of the numbers' first `left` the last changes places with the one at the high half of
/// word * left, and one fewer is left; where the low half is below 2^32 mod left the word is passed over (Lemire, "Fast
/// Random Integer Generation in an Interval", 2019). Until the words are used up or one number is left; returns how
/// many are.
using ShuffleFunction = int (*)(const std::uint32_t* words, int count, int left, int* numbers);

/// Random numbers: integers and double precision without fusing, the same bits on every instruction set.
struct DrawKernels {
    PhiloxFunction philox;
    /// Uniform on (0, 1) from two words each, a = w0 >> 5 and b = w1 >> 6: (2^26 a + b + 1/2) / 2^53, below 1.
    /// count: a multiple of 8.
    void (*uniforms)(const std::uint32_t* words, int count, double* values);
    /// The standard normal's quantile where p lies in AS 241's central branch; elsewhere no meaning.
    /// count: a multiple of 8.
    void (*centralQuantiles)(const double* p, int count, double* values);
    ShuffleFunction shuffle;
};

} // namespace flatline::kernels
