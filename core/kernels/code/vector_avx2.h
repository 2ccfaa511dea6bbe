#pragma once

#include "core/kernels/code/inline.h"

#include <cstddef>
#include <cstdint>
#include <immintrin.h>

namespace flatline::kernels {

/// Eight floats in a register, with fused multiply-add. For the translation unit that is compiled for AVX2 and
/// FMA alone. The other instruction sets' structs have the same names with the same meaning:
///   fma(a, b, c) = a b + c, fused where the machine can;   min and max give b where one of them is NaN;
///   comparisons give all bits set or none, select(m, a, b) = a where m is set, else b;
///   toInt rounds to nearest, ties to even; F and I are float and 32-bit integer registers.
struct Avx2 {
    using F = __m256;
    using I = __m256i;
    static constexpr int lanes = 8;
    static constexpr int registers = 16;

    static FLATLINE_INLINE F zero() { return _mm256_setzero_ps(); }
    static FLATLINE_INLINE F all(float x) { return _mm256_set1_ps(x); }
    static FLATLINE_INLINE F broadcast(const float* p) { return _mm256_broadcast_ss(p); }
    static FLATLINE_INLINE F load(const float* p) { return _mm256_loadu_ps(p); }
    static FLATLINE_INLINE void store(float* p, F x) { _mm256_storeu_ps(p, x); }
    static FLATLINE_INLINE void copyTwo(float* to, const float* from) {
        _mm_storel_epi64(reinterpret_cast<__m128i*>(to), _mm_loadl_epi64(reinterpret_cast<const __m128i*>(from)));
    }
    static FLATLINE_INLINE F add(F a, F b) { return _mm256_add_ps(a, b); }
    static FLATLINE_INLINE F sub(F a, F b) { return _mm256_sub_ps(a, b); }
    static FLATLINE_INLINE F mul(F a, F b) { return _mm256_mul_ps(a, b); }
    static FLATLINE_INLINE F div(F a, F b) { return _mm256_div_ps(a, b); }
    static FLATLINE_INLINE F sqrt(F a) { return _mm256_sqrt_ps(a); }
    static FLATLINE_INLINE F fma(F a, F b, F c) { return _mm256_fmadd_ps(a, b, c); }
    static FLATLINE_INLINE F min(F a, F b) { return _mm256_min_ps(a, b); }
    static FLATLINE_INLINE F max(F a, F b) { return _mm256_max_ps(a, b); }
    static FLATLINE_INLINE F abs(F a) { return _mm256_andnot_ps(_mm256_set1_ps(-0.0F), a); }
    static FLATLINE_INLINE F neg(F a) { return _mm256_xor_ps(_mm256_set1_ps(-0.0F), a); }
    static FLATLINE_INLINE F bitAnd(F a, F b) { return _mm256_and_ps(a, b); }
    static FLATLINE_INLINE F bitOr(F a, F b) { return _mm256_or_ps(a, b); }
    static FLATLINE_INLINE F bitAndNot(F m, F a) { return _mm256_andnot_ps(m, a); } ///< a where m is not set
    static FLATLINE_INLINE F less(F a, F b) { return _mm256_cmp_ps(a, b, _CMP_LT_OQ); }
    static FLATLINE_INLINE F lessEqual(F a, F b) { return _mm256_cmp_ps(a, b, _CMP_LE_OQ); }
    static FLATLINE_INLINE F greater(F a, F b) { return _mm256_cmp_ps(a, b, _CMP_GT_OQ); }
    static FLATLINE_INLINE F equal(F a, F b) { return _mm256_cmp_ps(a, b, _CMP_EQ_OQ); }
    /// a where b is above 0, else 0.
    static FLATLINE_INLINE F whereAbove0(F a, F b) { return bitAnd(a, greater(b, zero())); }
    /// Numbers in memory become the lower ones of themselves and x, which is not NaN.
    static FLATLINE_INLINE void lowerInto(float* lowest, F x) { store(lowest, min(x, load(lowest))); }
    static FLATLINE_INLINE F select(F m, F a, F b) { return _mm256_blendv_ps(b, a, m); }
    /// One bit a lane, that of lane 0 lowest.
    static FLATLINE_INLINE unsigned bits(F m) { return static_cast<unsigned>(_mm256_movemask_ps(m)); }

    static FLATLINE_INLINE I allInt(std::int32_t x) { return _mm256_set1_epi32(x); }
    static FLATLINE_INLINE I loadInt(const std::int32_t* p) {
        return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
    }
    static FLATLINE_INLINE void storeInt(std::int32_t* p, I x) {
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), x);
    }
    static FLATLINE_INLINE I addInt(I a, I b) { return _mm256_add_epi32(a, b); }
    static FLATLINE_INLINE I subInt(I a, I b) { return _mm256_sub_epi32(a, b); }
    static FLATLINE_INLINE I equalInt(I a, I b) { return _mm256_cmpeq_epi32(a, b); }
    template <int Bits>
    static FLATLINE_INLINE I shiftLeft(I a) {
        return _mm256_slli_epi32(a, Bits);
    }
    template <int Bits>
    static FLATLINE_INLINE I shiftRight(I a) { ///< with the sign
        return _mm256_srai_epi32(a, Bits);
    }
    static FLATLINE_INLINE I toInt(F a) { return _mm256_cvtps_epi32(a); }
    static FLATLINE_INLINE I truncate(F a) { return _mm256_cvttps_epi32(a); } ///< towards 0
    static FLATLINE_INLINE F toFloat(I a) { return _mm256_cvtepi32_ps(a); }
    static FLATLINE_INLINE I asInt(F a) { return _mm256_castps_si256(a); }
    static FLATLINE_INLINE F asFloat(I a) { return _mm256_castsi256_ps(a); }

    /// Keeps a value in its register: GCC 12 would fold its load into each use and load it again and again.
    static FLATLINE_INLINE void keep([[maybe_unused]] F& a) {
#if defined(__GNUC__)
        __asm__("" : "+x"(a));
#endif
    }

    /// In each half: four rows of four; rows[i] becomes the i-th column.
    static FLATLINE_INLINE void transposeHalves(F (&r)[4]) {
        const F a0 = _mm256_unpacklo_ps(r[0], r[1]), a1 = _mm256_unpackhi_ps(r[0], r[1]);
        const F a2 = _mm256_unpacklo_ps(r[2], r[3]), a3 = _mm256_unpackhi_ps(r[2], r[3]);
        r[0] = _mm256_shuffle_ps(a0, a2, 0x44);
        r[1] = _mm256_shuffle_ps(a0, a2, 0xEE);
        r[2] = _mm256_shuffle_ps(a1, a3, 0x44);
        r[3] = _mm256_shuffle_ps(a1, a3, 0xEE);
    }
    /// Eight rows of eight: rows[i] becomes the i-th column.
    static FLATLINE_INLINE void transpose8(F (&r)[8]) {
        F upper[4] = {r[0], r[1], r[2], r[3]};
        F lower[4] = {r[4], r[5], r[6], r[7]};
        transposeHalves(upper);
        transposeHalves(lower);
        unrolled<4>([&](auto i) FLATLINE_INLINE_LAMBDA {
            r[i] = _mm256_permute2f128_ps(upper[i], lower[i], 0x20);
            r[i + 4] = _mm256_permute2f128_ps(upper[i], lower[i], 0x31);
        });
    }
    /// The columns of eight rows that stand in memory. Loads put their halves together, which costs less than to
    /// exchange them afterwards.
    static FLATLINE_INLINE void columnsOf8(const float* from, std::ptrdiff_t stride, F (&to)[8]) {
        unrolled<2>([&](auto side) FLATLINE_INLINE_LAMBDA {
            F rows[4];
            unrolled<4>([&](auto i) FLATLINE_INLINE_LAMBDA {
                const float* p = from + i * stride + 4 * side;
                rows[i] =
                    _mm256_insertf128_ps(_mm256_castps128_ps256(_mm_loadu_ps(p)), _mm_loadu_ps(p + 4 * stride), 1);
            });
            transposeHalves(rows);
            unrolled<4>([&](auto i) FLATLINE_INLINE_LAMBDA { to[4 * side + i] = rows[i]; });
        });
    }
    /// Pairs a0 b0, a1 b1, ... that stand in two registers, taken apart; and put together.
    static FLATLINE_INLINE void separate(F low, F high, F& a, F& b) {
        const auto sort = [](F x) FLATLINE_INLINE_LAMBDA {
            return _mm256_castpd_ps(_mm256_permute4x64_pd(_mm256_castps_pd(x), 0xD8));
        };
        a = sort(_mm256_shuffle_ps(low, high, 0x88));
        b = sort(_mm256_shuffle_ps(low, high, 0xDD));
    }
    static FLATLINE_INLINE void interleave(F a, F b, F& low, F& high) {
        const F even = _mm256_unpacklo_ps(a, b);
        const F odd = _mm256_unpackhi_ps(a, b);
        low = _mm256_permute2f128_ps(even, odd, 0x20);
        high = _mm256_permute2f128_ps(even, odd, 0x31);
    }
    /// A block of up to 8x8: to[i * toStride + j] = from[j * fromStride + i] for i < columns, j < 8, with 0 for rows
    /// that are not there. Reads eight floats a row.
    static FLATLINE_INLINE void transposeBlock(const float* from, std::ptrdiff_t fromStride, int rows, float* to,
                                               std::ptrdiff_t toStride, int columns) {
        F block[8];
        if (rows >= 8) {
            columnsOf8(from, fromStride, block);
        } else {
            unrolled<8>([&](auto i)
                            FLATLINE_INLINE_LAMBDA { block[i] = i < rows ? load(from + i * fromStride) : zero(); });
            transpose8(block);
        }
        unrolled<8>([&](auto i) FLATLINE_INLINE_LAMBDA {
            if (i < columns)
                store(to + i * toStride, block[i]);
        });
    }
    /// Marks the first `count` lanes.
    static FLATLINE_INLINE F firstOf(int count) {
        const I lane = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
        return _mm256_castsi256_ps(_mm256_cmpgt_epi32(_mm256_set1_epi32(count), lane));
    }
    /// The first `count` lanes (0 to 8), 0 in the others; nothing beyond is read.
    static FLATLINE_INLINE F loadSome(const float* p, int count) {
        return _mm256_maskload_ps(p, asInt(firstOf(count)));
    }
    /// The first `count` lanes (0 to 8); nothing beyond is written.
    static FLATLINE_INLINE void storeSome(float* p, F x, int count) {
        if (count >= 8) {
            store(p, x);
            return;
        }
        __m128 low = _mm256_castps256_ps128(x);
        if ((count & 4) != 0) {
            _mm_storeu_ps(p, low);
            low = _mm256_extractf128_ps(x, 1);
            p += 4;
        }
        if ((count & 2) != 0) {
            _mm_storel_pi(reinterpret_cast<__m64*>(p), low);
            low = _mm_movehl_ps(low, low);
            p += 2;
        }
        if ((count & 1) != 0)
            _mm_store_ss(p, low);
    }

    /// The lanes' sum, in the order ((0+4)+(2+6)) + ((1+5)+(3+7)).
    static FLATLINE_INLINE float sum(F a) {
        const __m128 four = _mm_add_ps(_mm256_castps256_ps128(a), _mm256_extractf128_ps(a, 1));
        const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
        return _mm_cvtss_f32(_mm_add_ss(two, _mm_shuffle_ps(two, two, 1)));
    }

    /// The lanes' sums of four registers, in the order ((0+2)+(1+3)) + ((4+6)+(5+7)).
    static FLATLINE_INLINE void sums4(F a, F b, F c, F d, float* to) {
        const F ab = _mm256_add_ps(_mm256_unpacklo_ps(a, b), _mm256_unpackhi_ps(a, b));
        const F cd = _mm256_add_ps(_mm256_unpacklo_ps(c, d), _mm256_unpackhi_ps(c, d));
        const F halves = _mm256_add_ps(_mm256_shuffle_ps(ab, cd, 0x44), _mm256_shuffle_ps(ab, cd, 0xEE));
        _mm_storeu_ps(to, _mm_add_ps(_mm256_castps256_ps128(halves), _mm256_extractf128_ps(halves, 1)));
    }

    /// Four doubles: the low and high half of the lanes.
    using D = __m256d;
    static constexpr int doubleLanes = 4;
    static FLATLINE_INLINE D zeroDouble() {
        return _mm256_setzero_pd();
    }
    static FLATLINE_INLINE D allDouble(double x) {
        return _mm256_set1_pd(x);
    }
    static FLATLINE_INLINE D loadDouble(const double* p) {
        return _mm256_loadu_pd(p);
    }
    static FLATLINE_INLINE void storeDouble(double* p, D x) {
        _mm256_storeu_pd(p, x);
    }
    static FLATLINE_INLINE D low(F a) {
        return _mm256_cvtps_pd(_mm256_castps256_ps128(a));
    }
    static FLATLINE_INLINE D high(F a) {
        return _mm256_cvtps_pd(_mm256_extractf128_ps(a, 1));
    }
    static FLATLINE_INLINE F narrow(D low, D high) {
        return _mm256_insertf128_ps(_mm256_castps128_ps256(_mm256_cvtpd_ps(low)), _mm256_cvtpd_ps(high), 1);
    }
    static FLATLINE_INLINE D addDouble(D a, D b) {
        return _mm256_add_pd(a, b);
    }
    static FLATLINE_INLINE D subDouble(D a, D b) {
        return _mm256_sub_pd(a, b);
    }
    static FLATLINE_INLINE D mulDouble(D a, D b) {
        return _mm256_mul_pd(a, b);
    }
    static FLATLINE_INLINE D divDouble(D a, D b) {
        return _mm256_div_pd(a, b);
    }
    static FLATLINE_INLINE D fmaDouble(D a, D b, D c) {
        return _mm256_fmadd_pd(a, b, c);
    }
    /// The number whose bits are the lowest of x, moved up to where sign and exponent stand.
    static FLATLINE_INLINE D lowBitsAsPower(D x) {
        return _mm256_castsi256_pd(_mm256_slli_epi64(_mm256_castpd_si256(x), 52));
    }
    static FLATLINE_INLINE D minDouble(D a, D b) {
        return _mm256_min_pd(a, b);
    }

    /// Wide lanes: 64-bit integers, four of them. mulWide multiplies the low words; storeWords stores the low words of
    /// a, b, c, d lane after lane; ofPairs gives the words at one place of each pair, shifted right, as doubles.
    using U = __m256i;
    static constexpr int wideLanes = 4;
    static FLATLINE_INLINE U allWide(std::uint64_t x) {
        return _mm256_set1_epi64x(static_cast<long long>(x));
    }
    static FLATLINE_INLINE U countWide(std::uint64_t first) { ///< first, first + 1, ...
        return _mm256_add_epi64(allWide(first), _mm256_set_epi64x(3, 2, 1, 0));
    }
    static FLATLINE_INLINE U addWide(U a, U b) {
        return _mm256_add_epi64(a, b);
    }
    static FLATLINE_INLINE U mulWide(U a, U b) {
        return _mm256_mul_epu32(a, b);
    }
    static FLATLINE_INLINE U highWords(U a) {
        return _mm256_srli_epi64(a, 32);
    }
    static FLATLINE_INLINE U xorWide(U a, U b) {
        return _mm256_xor_si256(a, b);
    }
    static FLATLINE_INLINE void storeWords(std::uint32_t* p, U a, U b, U c, U d) {
        const U ab = _mm256_blend_epi32(a, _mm256_slli_epi64(b, 32), 0xAA);
        const U cd = _mm256_blend_epi32(c, _mm256_slli_epi64(d, 32), 0xAA);
        const U even = _mm256_unpacklo_epi64(ab, cd), odd = _mm256_unpackhi_epi64(ab, cd);
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), _mm256_permute2x128_si256(even, odd, 0x20));
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(p + 8), _mm256_permute2x128_si256(even, odd, 0x31));
    }
    template <int Place, int Shift>
    static FLATLINE_INLINE D ofPairs(const std::uint32_t* p) {
        const __m256i words = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
        const __m256i chosen =
            _mm256_permutevar8x32_epi32(words, _mm256_set_epi32(7, 5, 3, 1, 6 + Place, 4 + Place, 2 + Place, Place));
        return _mm256_cvtepi32_pd(_mm_srli_epi32(_mm256_castsi256_si128(chosen), Shift));
    }
};

} // namespace flatline::kernels
