#pragma once

#include "core/kernels/code/vector_avx2.h"

namespace flatline::kernels {

/// Sixteen floats in a register, of which there are thirty-two: what products and WideLayers need and no more.
struct Avx512Wide {
    using F = __m512;
    static constexpr int lanes = 16;
    static constexpr int registers = 32;

    static FLATLINE_INLINE F zero() { return _mm512_setzero_ps(); }
    static FLATLINE_INLINE F all(float x) { return _mm512_set1_ps(x); }
    static FLATLINE_INLINE F broadcast(const float* p) { return _mm512_set1_ps(*p); }
    static FLATLINE_INLINE F load(const float* p) { return _mm512_loadu_ps(p); }
    static FLATLINE_INLINE void store(float* p, F x) { _mm512_storeu_ps(p, x); }
    static FLATLINE_INLINE F add(F a, F b) { return _mm512_add_ps(a, b); }
    static FLATLINE_INLINE F mul(F a, F b) { return _mm512_mul_ps(a, b); }
    static FLATLINE_INLINE F fma(F a, F b, F c) { return _mm512_fmadd_ps(a, b, c); }
    static FLATLINE_INLINE F min(F a, F b) { return _mm512_min_ps(a, b); }
    static FLATLINE_INLINE F max(F a, F b) { return _mm512_max_ps(a, b); }
    /// a where b is above 0, else 0.
    static FLATLINE_INLINE F whereAbove0(F a, F b) {
        return _mm512_maskz_mov_ps(_mm512_cmp_ps_mask(b, zero(), _CMP_GT_OQ), a);
    }
    static FLATLINE_INLINE void keep([[maybe_unused]] F& a) {
#if defined(__GNUC__)
        __asm__("" : "+v"(a));
#endif
    }
    static FLATLINE_INLINE void storeSome(float* p, F x, int count) {
        _mm512_mask_storeu_ps(p, static_cast<__mmask16>((1U << (count < lanes ? count : lanes)) - 1U), x);
    }
    /// Of eight floats, and of both halves of x.
    static FLATLINE_INLINE void lowerInto(float* lowest, F x) {
        const __m256 halves = _mm256_min_ps(_mm512_castps512_ps256(x), _mm512_extractf32x8_ps(x, 1));
        Avx2::store(lowest, Avx2::min(halves, Avx2::load(lowest)));
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
