#pragma once

#include "core/kernels/code/inline.h"

#include <cstdint>

namespace flatline::kernels {

/// Two samples in two registers of V, eight values each; in memory one after the other: a0 ... a7 b0 ... b7. What
/// EightWidePass needs of it, as PairOfSamples; sixteen samples' numbers are two registers, too.
template <class V>
struct TwoRegisters {
    using Half = typename V::F;
    struct F {
        Half a;
        Half b;
    };
    using Mask = F;
    /// Eight doubles.
    struct D {
        typename V::D a;
        typename V::D b;
    };
    /// The samples stand apart, and registers are few: sums over samples are made of every other sample's at a time.
    static constexpr bool apart = true;
    static constexpr int together = 1; ///< pairs in hand

    static FLATLINE_INLINE F zero() { return {V::zero(), V::zero()}; }
    static FLATLINE_INLINE F all(float x) { return twice(V::all(x)); }
    static FLATLINE_INLINE F load(const float* p) { return {V::load(p), V::load(p + 8)}; }
    static FLATLINE_INLINE void store(float* p, F x) {
        V::store(p, x.a);
        V::store(p + 8, x.b);
    }
    static FLATLINE_INLINE F add(F x, F y) { return {V::add(x.a, y.a), V::add(x.b, y.b)}; }
    static FLATLINE_INLINE F sub(F x, F y) { return {V::sub(x.a, y.a), V::sub(x.b, y.b)}; }
    static FLATLINE_INLINE F mul(F x, F y) { return {V::mul(x.a, y.a), V::mul(x.b, y.b)}; }
    static FLATLINE_INLINE F fma(F x, F y, F z) { return {V::fma(x.a, y.a, z.a), V::fma(x.b, y.b, z.b)}; }
    static FLATLINE_INLINE F min(F x, F y) { return {V::min(x.a, y.a), V::min(x.b, y.b)}; }
    static FLATLINE_INLINE F max(F x, F y) { return {V::max(x.a, y.a), V::max(x.b, y.b)}; }
    static FLATLINE_INLINE F whereAbove0(F x, F y) { return {V::whereAbove0(x.a, y.a), V::whereAbove0(x.b, y.b)}; }

    static FLATLINE_INLINE void keep(F& x) {
        V::keep(x.a);
        V::keep(x.b);
    }

    /// `above` where z is above 0 or NaN, else `below`.
    static FLATLINE_INLINE F bySign(F z, F below, F above) {
        return {V::select(V::lessEqual(z.a, V::zero()), below.a, above.a),
                V::select(V::lessEqual(z.b, V::zero()), below.b, above.b)};
    }

    /// Two numbers, each in all lanes of its sample.
    static FLATLINE_INLINE F broadcast(const float* p) { return {V::broadcast(p), V::broadcast(p + 1)}; }
    /// A value of both samples of a pair, in the same way.
    static FLATLINE_INLINE F unit(const float* samples, int i) {
        return {V::broadcast(samples + i), V::broadcast(samples + 8 + i)};
    }
    /// The same for both samples.
    static FLATLINE_INLINE F twice(Half x) { return {x, x}; }
    static FLATLINE_INLINE F widened(Half x) { return {x, V::zero()}; }
    /// The columns of 8x8, or 8x2, without padding, each value twice.
    static FLATLINE_INLINE void twiceColumns(const float* from, F (&to)[8]) {
        Half columns[8];
        V::columnsOf8(from, 8, columns);
        unrolled<8>([&](auto i) FLATLINE_INLINE_LAMBDA { to[i] = twice(columns[i]); });
    }
    static FLATLINE_INLINE void twiceColumns(const float* from, F (&to)[2]) {
        Half columns[2];
        V::separate(V::load(from), V::load(from + 8), columns[0], columns[1]);
        to[0] = twice(columns[0]);
        to[1] = twice(columns[1]);
    }

    /// The first sample's plus the second's: of x; of x, then of y; of x and y in turn.
    static FLATLINE_INLINE Half joined(F x) { return V::add(x.a, x.b); }
    static FLATLINE_INLINE F joined(F x, F y) { return {joined(x), joined(y)}; }
    static FLATLINE_INLINE F joinedInTurn(F x, F y) {
        F result;
        V::interleave(joined(x), joined(y), result.a, result.b);
        return result;
    }

    static FLATLINE_INLINE Half lowHalf(F x) { return x.a; }
    static FLATLINE_INLINE Half highHalf(F x) { return x.b; }

    /// Numbers that stand apart, next to each other.
    template <class Number>
    static FLATLINE_INLINE void storeTwo(Number* to, const Number* a, const Number* b) {
        to[0] = *a;
        to[1] = *b;
    }
    /// Two samples of two values, where they stand in a pair.
    static FLATLINE_INLINE void storeInTurn2(float* to, const float* a, const float* b) {
        V::copyTwo(to, a);
        V::copyTwo(to + 8, b);
    }
    /// Of eight pairs that stand one after the other: each of the eight values of the sixteen samples, in their order.
    static FLATLINE_INLINE void separate(const float* from, F (&to)[8]) {
        Half first[8];
        Half second[8];
        V::columnsOf8(from, 8, first);
        V::columnsOf8(from + 64, 8, second);
        unrolled<8>([&](auto i) FLATLINE_INLINE_LAMBDA { to[i] = {first[i], second[i]}; });
    }

    /// The first `count` lanes.
    static FLATLINE_INLINE Mask firstOf(int count) { return {V::firstOf(count), V::firstOf(count - 8)}; }
    static FLATLINE_INLINE F where(Mask there, F x) { return {V::bitAnd(there.a, x.a), V::bitAnd(there.b, x.b)}; }
    static FLATLINE_INLINE bool noneBelow(F x, float limit) {
        return V::bits(V::less(V::min(x.a, x.b), V::all(limit))) == 0;
    }
    static FLATLINE_INLINE bool all0(F x) {
        return (V::bits(V::equal(x.a, V::zero())) & V::bits(V::equal(x.b, V::zero()))) == 0xFF;
    }

    static FLATLINE_INLINE D zeroDouble() { return {V::zeroDouble(), V::zeroDouble()}; }
    static FLATLINE_INLINE D low(F x) { return {V::low(x.a), V::high(x.a)}; }
    static FLATLINE_INLINE D high(F x) { return {V::low(x.b), V::high(x.b)}; }
    static FLATLINE_INLINE D subDouble(D x, D y) { return {V::subDouble(x.a, y.a), V::subDouble(x.b, y.b)}; }
    static FLATLINE_INLINE D fmaDouble(D x, D y, D z) {
        return {V::fmaDouble(x.a, y.a, z.a), V::fmaDouble(x.b, y.b, z.b)};
    }
    /// In the order of LossSums::total.
    static FLATLINE_INLINE double sumDouble(D x) {
        double four[4];
        V::storeDouble(four, V::addDouble(x.a, x.b));
        return (four[0] + four[2]) + (four[1] + four[3]);
    }
};

/// V with pairs of samples.
template <class V>
struct PairingTwo : V {
    using Pair = TwoRegisters<V>;
};

} // namespace flatline::kernels
