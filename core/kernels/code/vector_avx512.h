#pragma once

#include "core/kernels/code/vector_avx2.h"

namespace flatline::kernels {

/// Sixteen floats in a register, of which there are thirty-two: what a Tile needs and no more.
struct Avx512Wide {
    using F = __m512;
    static constexpr int lanes = 16;
    static constexpr int registers = 32;

    static FLATLINE_INLINE F zero() { return _mm512_setzero_ps(); }
    static FLATLINE_INLINE F all(float x) { return _mm512_set1_ps(x); }
    static FLATLINE_INLINE F broadcast(const float* p) { return _mm512_set1_ps(*p); }
    static FLATLINE_INLINE F load(const float* p) { return _mm512_loadu_ps(p); }
    static FLATLINE_INLINE void store(float* p, F x) { _mm512_storeu_ps(p, x); }
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
};

} // namespace flatline::kernels
