#pragma once

#include "core/kernels/code/inline.h"

#include <cstddef>
#include <cstdint>
#include <emmintrin.h>

namespace flatline::kernels {

/// Four floats in a register, no fused multiply-add: what every x86-64 has. See Avx2 for the names.
struct Sse2 {
    using F = __m128;
    using I = __m128i;
    static constexpr int lanes = 4;
    static constexpr int registers = 16;

    static FLATLINE_INLINE F zero() { return _mm_setzero_ps(); }
    static FLATLINE_INLINE F all(float x) { return _mm_set1_ps(x); }
    static FLATLINE_INLINE F broadcast(const float* p) { return _mm_set1_ps(*p); }
    static FLATLINE_INLINE F load(const float* p) { return _mm_loadu_ps(p); }
    static FLATLINE_INLINE void store(float* p, F x) { _mm_storeu_ps(p, x); }
    static FLATLINE_INLINE F add(F a, F b) { return _mm_add_ps(a, b); }
    static FLATLINE_INLINE F sub(F a, F b) { return _mm_sub_ps(a, b); }
    static FLATLINE_INLINE F mul(F a, F b) { return _mm_mul_ps(a, b); }
    static FLATLINE_INLINE F div(F a, F b) { return _mm_div_ps(a, b); }
    static FLATLINE_INLINE F sqrt(F a) { return _mm_sqrt_ps(a); }
    static FLATLINE_INLINE F fma(F a, F b, F c) { return _mm_add_ps(_mm_mul_ps(a, b), c); }
    static FLATLINE_INLINE F min(F a, F b) { return _mm_min_ps(a, b); }
    static FLATLINE_INLINE F max(F a, F b) { return _mm_max_ps(a, b); }
    static FLATLINE_INLINE F abs(F a) { return _mm_andnot_ps(_mm_set1_ps(-0.0F), a); }
    static FLATLINE_INLINE F neg(F a) { return _mm_xor_ps(_mm_set1_ps(-0.0F), a); }
    static FLATLINE_INLINE F bitAnd(F a, F b) { return _mm_and_ps(a, b); }
    static FLATLINE_INLINE F bitOr(F a, F b) { return _mm_or_ps(a, b); }
    static FLATLINE_INLINE F bitAndNot(F m, F a) { return _mm_andnot_ps(m, a); }
    static FLATLINE_INLINE F less(F a, F b) { return _mm_cmplt_ps(a, b); }
    static FLATLINE_INLINE F lessEqual(F a, F b) { return _mm_cmple_ps(a, b); }
    static FLATLINE_INLINE F greater(F a, F b) { return _mm_cmpgt_ps(a, b); }
    static FLATLINE_INLINE F equal(F a, F b) { return _mm_cmpeq_ps(a, b); }
    static FLATLINE_INLINE F whereAbove0(F a, F b) { return bitAnd(a, greater(b, zero())); }
    static FLATLINE_INLINE void lowerInto(float* lowest, F x) { store(lowest, min(x, load(lowest))); }
    static FLATLINE_INLINE F select(F m, F a, F b) { return _mm_or_ps(_mm_and_ps(m, a), _mm_andnot_ps(m, b)); }
    static FLATLINE_INLINE unsigned bits(F m) { return static_cast<unsigned>(_mm_movemask_ps(m)); }

    static FLATLINE_INLINE I allInt(std::int32_t x) { return _mm_set1_epi32(x); }
    static FLATLINE_INLINE I loadInt(const std::int32_t* p) {
        return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
    }
    static FLATLINE_INLINE void storeInt(std::int32_t* p, I x) { _mm_storeu_si128(reinterpret_cast<__m128i*>(p), x); }
    static FLATLINE_INLINE I addInt(I a, I b) { return _mm_add_epi32(a, b); }
    static FLATLINE_INLINE I subInt(I a, I b) { return _mm_sub_epi32(a, b); }
    static FLATLINE_INLINE I equalInt(I a, I b) { return _mm_cmpeq_epi32(a, b); }
    template <int Bits>
    static FLATLINE_INLINE I shiftLeft(I a) {
        return _mm_slli_epi32(a, Bits);
    }
    template <int Bits>
    static FLATLINE_INLINE I shiftRight(I a) {
        return _mm_srai_epi32(a, Bits);
    }
    static FLATLINE_INLINE I toInt(F a) { return _mm_cvtps_epi32(a); }
    static FLATLINE_INLINE I truncate(F a) { return _mm_cvttps_epi32(a); }
    static FLATLINE_INLINE F toFloat(I a) { return _mm_cvtepi32_ps(a); }
    static FLATLINE_INLINE I asInt(F a) { return _mm_castps_si128(a); }
    static FLATLINE_INLINE F asFloat(I a) { return _mm_castsi128_ps(a); }

    static FLATLINE_INLINE void keep([[maybe_unused]] F& a) {
#if defined(__GNUC__)
        __asm__("" : "+x"(a));
#endif
    }

    static FLATLINE_INLINE void transposeBlock(const float* from, std::ptrdiff_t fromStride, int rows, float* to,
                                               std::ptrdiff_t toStride, int columns) {
        for (int i = 0; i < 8; i += 4)
            for (int j = 0; j < columns; j += 4) {
                F block[4];
                unrolled<4>([&](auto r) FLATLINE_INLINE_LAMBDA {
                    block[r] = i + r < rows ? load(from + (i + r) * fromStride + j) : zero();
                });
                _MM_TRANSPOSE4_PS(block[0], block[1], block[2], block[3]);
                unrolled<4>([&](auto c) FLATLINE_INLINE_LAMBDA {
                    if (j + c < columns)
                        store(to + (j + c) * toStride + i, block[c]);
                });
            }
    }
    static FLATLINE_INLINE F loadSome(const float* p, int count) {
        if (count >= 4)
            return load(p);
        return _mm_setr_ps(count > 0 ? p[0] : 0.0F, count > 1 ? p[1] : 0.0F, count > 2 ? p[2] : 0.0F, 0.0F);
    }
    static FLATLINE_INLINE void storeSome(float* p, F x, int count) {
        if (count >= 4) {
            store(p, x);
            return;
        }
        if ((count & 2) != 0) {
            _mm_storel_pi(reinterpret_cast<__m64*>(p), x);
            x = _mm_movehl_ps(x, x);
            p += 2;
        }
        if ((count & 1) != 0)
            _mm_store_ss(p, x);
    }

    static FLATLINE_INLINE float sum(F a) {
        const F two = _mm_add_ps(a, _mm_movehl_ps(a, a));
        return _mm_cvtss_f32(_mm_add_ss(two, _mm_shuffle_ps(two, two, 1)));
    }

    static FLATLINE_INLINE void sums4(F a, F b, F c, F d, float* to) {
        const F ab = _mm_add_ps(_mm_unpacklo_ps(a, b), _mm_unpackhi_ps(a, b));
        const F cd = _mm_add_ps(_mm_unpacklo_ps(c, d), _mm_unpackhi_ps(c, d));
        store(to, _mm_add_ps(_mm_movelh_ps(ab, cd), _mm_movehl_ps(cd, ab)));
    }

    using D = __m128d;
    static constexpr int doubleLanes = 2;
    static FLATLINE_INLINE D zeroDouble() {
        return _mm_setzero_pd();
    }
    static FLATLINE_INLINE D allDouble(double x) {
        return _mm_set1_pd(x);
    }
    static FLATLINE_INLINE D loadDouble(const double* p) {
        return _mm_loadu_pd(p);
    }
    static FLATLINE_INLINE void storeDouble(double* p, D x) {
        _mm_storeu_pd(p, x);
    }
    static FLATLINE_INLINE D low(F a) {
        return _mm_cvtps_pd(a);
    }
    static FLATLINE_INLINE D high(F a) {
        return _mm_cvtps_pd(_mm_movehl_ps(a, a));
    }
    static FLATLINE_INLINE F narrow(D low, D high) {
        return _mm_movelh_ps(_mm_cvtpd_ps(low), _mm_cvtpd_ps(high));
    }
    static FLATLINE_INLINE D addDouble(D a, D b) {
        return _mm_add_pd(a, b);
    }
    static FLATLINE_INLINE D subDouble(D a, D b) {
        return _mm_sub_pd(a, b);
    }
    static FLATLINE_INLINE D mulDouble(D a, D b) {
        return _mm_mul_pd(a, b);
    }
    static FLATLINE_INLINE D divDouble(D a, D b) {
        return _mm_div_pd(a, b);
    }
    static FLATLINE_INLINE D fmaDouble(D a, D b, D c) {
        return _mm_add_pd(_mm_mul_pd(a, b), c);
    }
    static FLATLINE_INLINE D lowBitsAsPower(D x) {
        return _mm_castsi128_pd(_mm_slli_epi64(_mm_castpd_si128(x), 52));
    }
    static FLATLINE_INLINE D minDouble(D a, D b) {
        return _mm_min_pd(a, b);
    }

    using U = __m128i;
    static constexpr int wideLanes = 2;
    static FLATLINE_INLINE U allWide(std::uint64_t x) {
        return _mm_set1_epi64x(static_cast<long long>(x));
    }
    static FLATLINE_INLINE U countWide(std::uint64_t first) {
        return _mm_add_epi64(allWide(first), _mm_set_epi64x(1, 0));
    }
    static FLATLINE_INLINE U addWide(U a, U b) {
        return _mm_add_epi64(a, b);
    }
    static FLATLINE_INLINE U mulWide(U a, U b) {
        return _mm_mul_epu32(a, b);
    }
    static FLATLINE_INLINE U highWords(U a) {
        return _mm_srli_epi64(a, 32);
    }
    static FLATLINE_INLINE U xorWide(U a, U b) {
        return _mm_xor_si128(a, b);
    }
    static FLATLINE_INLINE void storeWords(std::uint32_t* p, U a, U b, U c, U d) {
        const U low = _mm_set1_epi64x(0xFFFFFFFF);
        const U ab = _mm_or_si128(_mm_and_si128(a, low), _mm_slli_epi64(b, 32));
        const U cd = _mm_or_si128(_mm_and_si128(c, low), _mm_slli_epi64(d, 32));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(p), _mm_unpacklo_epi64(ab, cd));
        _mm_storeu_si128(reinterpret_cast<__m128i*>(p + 4), _mm_unpackhi_epi64(ab, cd));
    }
    template <int Place, int Shift>
    static FLATLINE_INLINE D ofPairs(const std::uint32_t* p) {
        const __m128i words = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p));
        return _mm_cvtepi32_pd(_mm_srli_epi32(_mm_shuffle_epi32(words, 0x08 + 0x05 * Place), Shift));
    }
};

} // namespace flatline::kernels
