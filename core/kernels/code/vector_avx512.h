#pragma once

#include "core/kernels/code/vector_avx2.h"

namespace flatline::kernels {

/// Sixteen floats in a register, of which there are thirty-two: what products, sums over samples, WideLayers,
/// activations, batch norm and some updates need.
struct Avx512Wide {
    using F = __m512;
    using I = __m512i;
    using Narrower = Avx2; ///< whose bits are the same, lane by lane
    static constexpr int lanes = 16;
    static constexpr int registers = 32;

    static FLATLINE_INLINE F zero() { return _mm512_setzero_ps(); }
    static FLATLINE_INLINE F all(float x) { return _mm512_set1_ps(x); }
    static FLATLINE_INLINE F broadcast(const float* p) { return _mm512_set1_ps(*p); }
    static FLATLINE_INLINE F load(const float* p) { return _mm512_loadu_ps(p); }
    /// Of what was stored in registers of half the size just before: one load would have to wait for that.
    static FLATLINE_INLINE F loadHalves(const float* p) {
        return _mm512_insertf32x8(_mm512_castps256_ps512(_mm256_loadu_ps(p)), _mm256_loadu_ps(p + 8), 1);
    }
    static FLATLINE_INLINE void store(float* p, F x) { _mm512_storeu_ps(p, x); }
    static FLATLINE_INLINE F add(F a, F b) { return _mm512_add_ps(a, b); }
    static FLATLINE_INLINE F sub(F a, F b) { return _mm512_sub_ps(a, b); }
    static FLATLINE_INLINE F mul(F a, F b) { return _mm512_mul_ps(a, b); }
    static FLATLINE_INLINE F div(F a, F b) { return _mm512_div_ps(a, b); }
    static FLATLINE_INLINE F sqrt(F a) { return _mm512_sqrt_ps(a); }
    static FLATLINE_INLINE F fma(F a, F b, F c) { return _mm512_fmadd_ps(a, b, c); }
    static FLATLINE_INLINE F min(F a, F b) { return _mm512_min_ps(a, b); }
    static FLATLINE_INLINE F max(F a, F b) { return _mm512_max_ps(a, b); }
    static FLATLINE_INLINE F abs(F a) { return _mm512_abs_ps(a); }
    static FLATLINE_INLINE F neg(F a) { return _mm512_xor_ps(all(-0.0F), a); }
    static FLATLINE_INLINE F bitAnd(F a, F b) { return _mm512_and_ps(a, b); }
    static FLATLINE_INLINE F bitOr(F a, F b) { return _mm512_or_ps(a, b); }
    static FLATLINE_INLINE F bitAndNot(F m, F a) { return _mm512_andnot_ps(m, a); } ///< of a mask from memory
    // Comparisons give a bit a lane.
    using Mask = __mmask16;
    static FLATLINE_INLINE Mask less(F a, F b) { return _mm512_cmp_ps_mask(a, b, _CMP_LT_OQ); }
    static FLATLINE_INLINE Mask lessEqual(F a, F b) { return _mm512_cmp_ps_mask(a, b, _CMP_LE_OQ); }
    static FLATLINE_INLINE Mask greater(F a, F b) { return _mm512_cmp_ps_mask(a, b, _CMP_GT_OQ); }
    static FLATLINE_INLINE Mask equal(F a, F b) { return _mm512_cmp_ps_mask(a, b, _CMP_EQ_OQ); }
    static FLATLINE_INLINE F select(Mask m, F a, F b) { return _mm512_mask_mov_ps(b, m, a); }
    static FLATLINE_INLINE F bitAndNot(Mask m, F a) { return _mm512_maskz_mov_ps(static_cast<Mask>(~m), a); }
    static FLATLINE_INLINE unsigned bits(Mask m) { return m; }
    /// a where b is above 0, else 0.
    static FLATLINE_INLINE F whereAbove0(F a, F b) {
        return _mm512_maskz_mov_ps(_mm512_cmp_ps_mask(b, zero(), _CMP_GT_OQ), a);
    }
    static FLATLINE_INLINE void keep([[maybe_unused]] F& a) {
#if defined(__GNUC__)
        __asm__("" : "+v"(a));
#endif
    }
    /// The first `count` lanes.
    static FLATLINE_INLINE __mmask16 firstOf(int count) {
        return static_cast<__mmask16>((1U << (count < lanes ? count : lanes)) - 1U);
    }
    static FLATLINE_INLINE F loadSome(const float* p, int count) {
        return _mm512_maskz_loadu_ps(firstOf(count), p);
    }
    static FLATLINE_INLINE void storeSome(float* p, F x, int count) {
        _mm512_mask_storeu_ps(p, firstOf(count), x);
    }
    static FLATLINE_INLINE __m256 lowHalf(F a) {
        return _mm512_castps512_ps256(a);
    }
    static FLATLINE_INLINE __m256 highHalf(F a) {
        return _mm512_extractf32x8_ps(a, 1);
    }
    /// Of eight floats, and of both halves of x.
    static FLATLINE_INLINE void lowerInto(float* lowest, F x) {
        const __m256 halves = _mm256_min_ps(lowHalf(x), highHalf(x));
        Avx2::store(lowest, Avx2::min(halves, Avx2::load(lowest)));
    }

    template <int Bits>
    static FLATLINE_INLINE I shiftLeft(I a) {
        return _mm512_slli_epi32(a, Bits);
    }
    static FLATLINE_INLINE I asInt(F a) {
        return _mm512_castps_si512(a);
    }
    static FLATLINE_INLINE F asFloat(I a) {
        return _mm512_castsi512_ps(a);
    }

    /// Eight doubles: the low and high half of the lanes.
    using D = __m512d;
    static FLATLINE_INLINE D allDouble(double x) {
        return _mm512_set1_pd(x);
    }
    static FLATLINE_INLINE D low(F a) {
        return _mm512_cvtps_pd(_mm512_castps512_ps256(a));
    }
    static FLATLINE_INLINE D high(F a) {
        return _mm512_cvtps_pd(_mm512_extractf32x8_ps(a, 1));
    }
    static FLATLINE_INLINE F narrow(D low, D high) {
        return _mm512_insertf32x8(_mm512_castps256_ps512(_mm512_cvtpd_ps(low)), _mm512_cvtpd_ps(high), 1);
    }
    static FLATLINE_INLINE D subDouble(D a, D b) {
        return _mm512_sub_pd(a, b);
    }
    static FLATLINE_INLINE D mulDouble(D a, D b) {
        return _mm512_mul_pd(a, b);
    }
    static FLATLINE_INLINE D divDouble(D a, D b) {
        return _mm512_div_pd(a, b);
    }
    static FLATLINE_INLINE D fmaDouble(D a, D b, D c) {
        return _mm512_fmadd_pd(a, b, c);
    }
    static FLATLINE_INLINE D lowBitsAsPower(D x) {
        return _mm512_castsi512_pd(_mm512_slli_epi64(_mm512_castpd_si512(x), 52));
    }
};

/// Eight 64-bit integers in a register: what philox needs of it.
struct Avx512Draws {
    using U = __m512i;
    static constexpr int wideLanes = 8;
    static FLATLINE_INLINE U allWide(std::uint64_t x) { return _mm512_set1_epi64(static_cast<long long>(x)); }
    static FLATLINE_INLINE U countWide(std::uint64_t first) {
        return _mm512_add_epi64(allWide(first), _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7));
    }
    static FLATLINE_INLINE U addWide(U a, U b) { return _mm512_add_epi64(a, b); }
    static FLATLINE_INLINE U mulWide(U a, U b) { return _mm512_mul_epu32(a, b); }
    static FLATLINE_INLINE U highWords(U a) {
        return _mm512_shuffle_epi32(a, _MM_PERM_DDBB);
    } // another port than products
    static FLATLINE_INLINE U xorWide(U a, U b) { return _mm512_xor_si512(a, b); }
    static FLATLINE_INLINE void storeWords(std::uint32_t* p, U a, U b, U c, U d) {
        const U ab = _mm512_mask_mov_epi32(a, 0xAAAA, _mm512_slli_epi64(b, 32));
        const U cd = _mm512_mask_mov_epi32(c, 0xAAAA, _mm512_slli_epi64(d, 32));
        const U left = _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11),
                right = _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15);
        _mm512_storeu_si512(p, _mm512_permutex2var_epi64(ab, left, cd));
        _mm512_storeu_si512(p + 16, _mm512_permutex2var_epi64(ab, right, cd));
    }
};

/// AVX2's, with products in wide registers: every sum has the same bits.
struct Avx512 : Avx2 {
    using Wide = Avx512Wide;

    /// A block of 16x8: to[i * toStride + j] = from[j * fromStride + i] for i < 8, j < 16.
    static FLATLINE_INLINE void transposeTall(const float* from, std::ptrdiff_t fromStride, float* to,
                                              std::ptrdiff_t toStride) {
        using W = __m512;
        W rows[8]; // row i and row 8 + i
        unrolled<8>([&](auto i) FLATLINE_INLINE_LAMBDA {
            const W lower = _mm512_castps256_ps512(load(from + i * fromStride));
            rows[i] = _mm512_insertf32x8(lower, load(from + (8 + i) * fromStride), 1);
        });
        W pairs[8], fours[8]; // in each quarter of a register
        unrolled<4>([&](auto i) FLATLINE_INLINE_LAMBDA {
            pairs[2 * i] = _mm512_unpacklo_ps(rows[2 * i], rows[2 * i + 1]);
            pairs[2 * i + 1] = _mm512_unpackhi_ps(rows[2 * i], rows[2 * i + 1]);
        });
        unrolled<2>([&](auto i) FLATLINE_INLINE_LAMBDA {
            unrolled<2>([&](auto j) FLATLINE_INLINE_LAMBDA {
                const W a = pairs[4 * i + j], b = pairs[4 * i + 2 + j];
                fours[4 * i + 2 * j] = _mm512_shuffle_ps(a, b, 0x44);
                fours[4 * i + 2 * j + 1] = _mm512_shuffle_ps(a, b, 0xEE);
            });
        });
        const __m512i left = _mm512_set_epi64(13, 12, 5, 4, 9, 8, 1, 0); // the even quarters of two registers
        const __m512i right = _mm512_set_epi64(15, 14, 7, 6, 11, 10, 3, 2);
        unrolled<4>([&](auto i) FLATLINE_INLINE_LAMBDA {
            const __m512d a = _mm512_castps_pd(fours[i]), b = _mm512_castps_pd(fours[4 + i]);
            _mm512_storeu_ps(to + i * toStride, _mm512_castpd_ps(_mm512_permutex2var_pd(a, left, b)));
            _mm512_storeu_ps(to + (4 + i) * toStride, _mm512_castpd_ps(_mm512_permutex2var_pd(a, right, b)));
        });
    }
};

} // namespace flatline::kernels
