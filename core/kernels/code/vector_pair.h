#pragma once

#include "core/kernels/code/vector_avx512.h"

namespace flatline::kernels {

/// Two samples in a register, their values in turn: a0 b0 a1 b1 ... a7 b7. What EightWidePass needs of it.
struct PairOfSamples : Avx512Wide {
    using Half = __m256;
    static constexpr bool apart = false;
    static constexpr int together = 2; ///< pairs in hand

    /// `above` where z is above 0 or NaN, else `below`.
    static FLATLINE_INLINE F bySign(F z, F below, F above) { return select(lessEqual(z, zero()), below, above); }
    /// A value of both samples, in all lanes: x y x y ...
    static FLATLINE_INLINE F broadcast(const float* p) {
        return _mm512_castsi512_ps(_mm512_broadcastq_epi64(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(p))));
    }
    /// A value of both samples of a pair, in the same way.
    static FLATLINE_INLINE F unit(const float* samples, int i) { return broadcast(samples + 2 * i); }
    /// The same for both samples.
    static FLATLINE_INLINE F twice(Half x) {
        const __m512i places = _mm512_setr_epi32(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7);
        return _mm512_permutexvar_ps(places, _mm512_castps256_ps512(x));
    }
    static FLATLINE_INLINE F widened(Half x) { return _mm512_zextps256_ps512(x); }
    static FLATLINE_INLINE F widened(F x) { return x; }

    /// The columns of 8x8, without padding, each value twice.
    static FLATLINE_INLINE void twiceColumns(const float* from, F (&to)[8]) {
        const F rows01 = loadHalves(from), rows23 = loadHalves(from + 16);
        const F rows45 = loadHalves(from + 32), rows67 = loadHalves(from + 48);
        // Of four rows the columns 0 to 3, or 4 to 7, one after the other.
        const __m512i left = _mm512_setr_epi32(0, 8, 16, 24, 1, 9, 17, 25, 2, 10, 18, 26, 3, 11, 19, 27);
        const __m512i right = _mm512_setr_epi32(4, 12, 20, 28, 5, 13, 21, 29, 6, 14, 22, 30, 7, 15, 23, 31);
        const F upperLeft = _mm512_permutex2var_ps(rows01, left, rows23);
        const F upperRight = _mm512_permutex2var_ps(rows01, right, rows23);
        const F lowerLeft = _mm512_permutex2var_ps(rows45, left, rows67);
        const F lowerRight = _mm512_permutex2var_ps(rows45, right, rows67);
        unrolled<4>([&](auto i) FLATLINE_INLINE_LAMBDA {
            constexpr int k = 4 * i, m = k + 16;
            const __m512i column = _mm512_setr_epi32(k, k, k + 1, k + 1, k + 2, k + 2, k + 3, k + 3, m, m, m + 1, m + 1,
                                                     m + 2, m + 2, m + 3, m + 3);
            to[i] = _mm512_permutex2var_ps(upperLeft, column, lowerLeft);
            to[i + 4] = _mm512_permutex2var_ps(upperRight, column, lowerRight);
        });
    }
    /// Of 8x2.
    static FLATLINE_INLINE void twiceColumns(const float* from, F (&to)[2]) {
        const F rows = loadHalves(from);
        to[0] = _mm512_permutexvar_ps(_mm512_setr_epi32(0, 0, 2, 2, 4, 4, 6, 6, 8, 8, 10, 10, 12, 12, 14, 14), rows);
        to[1] = _mm512_permutexvar_ps(_mm512_setr_epi32(1, 1, 3, 3, 5, 5, 7, 7, 9, 9, 11, 11, 13, 13, 15, 15), rows);
    }

    /// The even lanes plus the odd ones: of one register; of a, then of b; of a and b in turn.
    static FLATLINE_INLINE Half joined(F a) {
        const Half low = _mm512_castps512_ps256(a), high = _mm512_extractf32x8_ps(a, 1);
        const Half sum = _mm256_add_ps(_mm256_shuffle_ps(low, high, 0x88), _mm256_shuffle_ps(low, high, 0xDD));
        return _mm256_castpd_ps(_mm256_permute4x64_pd(_mm256_castps_pd(sum), 0xD8));
    }
    static FLATLINE_INLINE F joined(F a, F b) {
        const __m512i even = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
        const __m512i odd = _mm512_setr_epi32(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
        return add(_mm512_permutex2var_ps(a, even, b), _mm512_permutex2var_ps(a, odd, b));
    }
    static FLATLINE_INLINE F joinedInTurn(F a, F b) {
        const __m512i even = _mm512_setr_epi32(0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30);
        const __m512i odd = _mm512_setr_epi32(1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31);
        return add(_mm512_permutex2var_ps(a, even, b), _mm512_permutex2var_ps(a, odd, b));
    }

    /// Over the units, in the order of V::sum, in all lanes.
    static FLATLINE_INLINE F unitSums(F x) {
        x = add(x, _mm512_shuffle_f32x4(x, x, 0x4E));
        x = add(x, _mm512_shuffle_f32x4(x, x, 0xB1));
        return add(x, _mm512_castpd_ps(_mm512_permute_pd(_mm512_castps_pd(x), 0x55)));
    }
    /// One number of both samples, which all lanes have.
    static FLATLINE_INLINE void storeTwo(float* p, F x) { storeTwo(p, _mm512_castps512_ps128(x)); }
    /// 0 for the second of the samples in turn, if only one is there.
    static FLATLINE_INLINE F firstInTurn(F x, std::ptrdiff_t there) {
        return _mm512_maskz_mov_ps(there < 2 ? 0x5555 : 0xFFFF, x);
    }
    static FLATLINE_INLINE Half lowHalf(F x) { return _mm512_castps512_ps256(x); }
    static FLATLINE_INLINE Half highHalf(F x) { return _mm512_extractf32x8_ps(x, 1); }

    static FLATLINE_INLINE __m128 loadTwo(const float* p) {
        return _mm_castsi128_ps(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(p)));
    }
    static FLATLINE_INLINE void storeTwo(float* p, __m128 x) { _mm_storel_pi(reinterpret_cast<__m64*>(p), x); }
    /// Numbers that stand apart, next to each other.
    static FLATLINE_INLINE void storeTwo(float* to, const float* a, const float* b) {
        storeTwo(to, _mm_insert_ps(_mm_load_ss(a), _mm_load_ss(b), 0x10));
    }
    static FLATLINE_INLINE void storeTwo(std::int32_t* to, const std::int32_t* a, const std::int32_t* b) {
        to[0] = *a;
        to[1] = *b;
    }
    /// Two samples of two values: a0 b0 a1 b1.
    static FLATLINE_INLINE void storeInTurn2(float* to, const float* a, const float* b) {
        _mm_storeu_ps(to, _mm_unpacklo_ps(loadTwo(a), loadTwo(b)));
    }
    /// Of eight pairs that stand one after the other: each of the eight values of the sixteen samples, in their order.
    static FLATLINE_INLINE void separate(const float* from, F (&to)[8]) {
        const auto half = [&](int number, int which) FLATLINE_INLINE_LAMBDA {
            return _mm256_castps_pd(_mm256_loadu_ps(from + number * 16 + which * 8));
        };
        // Quarters 0 and 1: from a pair; 2 and 3: from the fourth one after it. `left` has quarters 0 and 1 of two
        // registers in turn, with them 2 and 3; `right` the others.
        const __m512i left = _mm512_setr_epi64(0, 1, 8, 9, 4, 5, 12, 13);
        const __m512i right = _mm512_setr_epi64(2, 3, 10, 11, 6, 7, 14, 15);
        unrolled<2>([&](auto which) FLATLINE_INLINE_LAMBDA { // values 0 to 3, or 4 to 7
            D pairs[4], even[2], odd[2];
            unrolled<4>([&](auto i) FLATLINE_INLINE_LAMBDA {
                pairs[i] = _mm512_insertf64x4(_mm512_castpd256_pd512(half(i, which)), half(i + 4, which), 1);
            });
            unrolled<2>([&](auto i) FLATLINE_INLINE_LAMBDA {
                even[i] = _mm512_unpacklo_pd(pairs[2 * i], pairs[2 * i + 1]);
                odd[i] = _mm512_unpackhi_pd(pairs[2 * i], pairs[2 * i + 1]);
            });
            F* const values = to + 4 * which;
            values[0] = _mm512_castpd_ps(_mm512_permutex2var_pd(even[0], left, even[1]));
            values[1] = _mm512_castpd_ps(_mm512_permutex2var_pd(odd[0], left, odd[1]));
            values[2] = _mm512_castpd_ps(_mm512_permutex2var_pd(even[0], right, even[1]));
            values[3] = _mm512_castpd_ps(_mm512_permutex2var_pd(odd[0], right, odd[1]));
        });
    }

    static FLATLINE_INLINE F where(__mmask16 there, F x) { return _mm512_maskz_mov_ps(there, x); }
    static FLATLINE_INLINE bool noneBelow(F a, float limit) {
        return _mm512_cmp_ps_mask(a, all(limit), _CMP_LT_OQ) == 0;
    }
    static FLATLINE_INLINE bool all0(F a) { return _mm512_cmp_ps_mask(a, zero(), _CMP_NEQ_UQ) == 0; }

    static FLATLINE_INLINE D zeroDouble() { return _mm512_setzero_pd(); }
    /// In the order of LossSums::total.
    static FLATLINE_INLINE double sumDouble(D a) {
        const __m256d four = _mm256_add_pd(_mm512_castpd512_pd256(a), _mm512_extractf64x4_pd(a, 1));
        const __m128d two = _mm_add_pd(_mm256_castpd256_pd128(four), _mm256_extractf128_pd(four, 1));
        return _mm_cvtsd_f64(_mm_add_sd(two, _mm_unpackhi_pd(two, two)));
    }
};

/// AVX-512 with pairs of samples.
struct PairingAvx512 : Avx512 {
    using Pair = PairOfSamples;
};

} // namespace flatline::kernels
