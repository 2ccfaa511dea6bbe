#pragma once

#include "core/kernels/code/inline.h"
#include "core/kernels/product.h"

namespace flatline::kernels {

inline constexpr float largestFinite = 3.402823466e+38F;

/// The widest registers that V has.
template <class V>
struct WidestOf {
    using Type = V;
};
template <class V>
requires requires {
    typename V::Wide;
}
struct WidestOf<V> {
    using Type = typename V::Wide;
};
template <class V>
using Widest = typename WidestOf<V>::Type;

/// to[i] = from[i] + shift for i < count; lanes beyond get the shift.
template <class V>
FLATLINE_INLINE void copyShifted(const float* from, int count, float shift, float* to) {
    using W = Widest<V>;
    int i = 0;
    for (; i + W::lanes <= count; i += W::lanes)
        W::store(to + i, W::add(W::load(from + i), W::all(shift)));
    for (; i + V::lanes <= count; i += V::lanes)
        V::store(to + i, V::add(V::load(from + i), V::all(shift)));
    if (i < count)
        V::store(to + i, V::add(V::loadSome(from + i, count - i), V::all(shift)));
}

/// As transposeInto, of as many whole blocks of 16x8 as there are; returns the rows that are done. Where V has none: 0.
template <class V>
FLATLINE_INLINE int transposeTallBlocks(const float* from, int rows, int columns, std::ptrdiff_t fromStride, float* to,
                                        std::ptrdiff_t toStride) {
    int i = 0;
    if constexpr (requires { V::transposeTall(from, toStride, to, toStride); })
        for (; columns % 8 == 0 && i + 16 <= rows; i += 16)
            for (int j = 0; j < columns; j += 8)
                V::transposeTall(from + i * fromStride + j, fromStride, to + j * toStride + i, toStride);
    return i;
}

/// to[j * toStride + i] = from[i * fromStride + j], and 0 in the padding beyond `rows`. Where there are eight rows or
/// more, up to seven floats beyond a row are read.
template <class V>
FLATLINE_INLINE void transposeInto(const float* from, int rows, int columns, std::ptrdiff_t fromStride, float* to,
                                   std::ptrdiff_t toStride) {
    for (int i = transposeTallBlocks<V>(from, rows, columns, fromStride, to, toStride); i < rows; i += 8) {
        const int high = rows - i < 8 ? rows - i : 8;
        for (int j = 0; j < columns; j += 8) {
            const int wide = columns - j < 8 ? columns - j : 8;
            if (high == 8 || wide == 8)
                V::transposeBlock(from + i * fromStride + j, fromStride, high, to + j * toStride + i, toStride, wide);
            else
                for (int c = 0; c < wide; ++c)
                    for (int r = 0; r < high; ++r)
                        to[(j + c) * toStride + i + r] = from[(i + r) * fromStride + j + c];
        }
    }
}

/// to[j * rows + i] = from[i * fromStride + j], the result without padding.
template <class V>
FLATLINE_INLINE void transposeExact(const float* from, std::ptrdiff_t fromStride, int rows, int columns, float* to) {
    for (int i = 0; i < rows; i += 8) {
        const int high = rows - i < 8 ? rows - i : 8;
        for (int j = 0; j < columns; j += 8) {
            const int wide = columns - j < 8 ? columns - j : 8;
            float block[64];
            V::transposeBlock(from + i * fromStride + j, fromStride, high, block, 8, 8);
            for (int c = 0; c < wide; ++c)
                for (int r = 0; r < 8; r += V::lanes)
                    if (high > r)
                        V::storeSome(to + (j + c) * rows + i + r, V::load(block + 8 * c + r), high - r);
        }
    }
}

/// A sum of so many products that goes through its even terms and its odd ones by themselves: neither chain has to wait
/// for the other. Two terms or one are not worth it.
template <class V, int Terms>
struct Chains {
    using F = typename V::F;
    F even;
    F odd;
    /// Terms in their order; the sum begins with `first`, or with nothing.
    template <int I>
    FLATLINE_INLINE void addTo(F a, F b, F first) {
        if constexpr (I == 0)
            even = V::fma(a, b, first);
        else
            addTo<I>(a, b);
    }
    template <int I>
    FLATLINE_INLINE void addTo(F a, F b) {
        if constexpr (I == 0)
            even = V::mul(a, b);
        else if constexpr (Terms > 2 && I == 1)
            odd = V::mul(a, b);
        else if constexpr (Terms > 2 && I % 2 == 1)
            odd = V::fma(a, b, odd);
        else
            even = V::fma(a, b, even);
    }
    [[nodiscard]] FLATLINE_INLINE F sum() const {
        if constexpr (Terms > 2)
            return V::add(even, odd);
        else
            return even;
    }
};

/// In the order of V::sum, eight lanes.
template <class V>
FLATLINE_INLINE typename V::F sumOfEight(const typename V::F (&t)[8]) {
    return V::add(V::add(V::add(t[0], t[4]), V::add(t[2], t[6])), V::add(V::add(t[1], t[5]), V::add(t[3], t[7])));
}

/// A strip of lanes summed over rows, in two halves that need not wait for each other.
template <class V>
FLATLINE_INLINE typename V::F columnSum(const float* from, std::ptrdiff_t stride, int rows) {
    auto even = V::zero();
    auto odd = V::zero();
    int s = 0;
    for (; s + 2 <= rows; s += 2) {
        even = V::add(even, V::load(from + s * stride));
        odd = V::add(odd, V::load(from + (s + 1) * stride));
    }
    if (s < rows)
        even = V::add(even, V::load(from + s * stride));
    return V::add(even, odd);
}

/// body(registers): the widest ones of which `count` numbers are whole ones, else V.
template <class V, class Body>
FLATLINE_INLINE void inWidest(std::ptrdiff_t count, const Body& body) {
    using W = Widest<V>;
    if constexpr (W::lanes > V::lanes)
        if (count % W::lanes == 0) {
            body(W{});
            return;
        }
    body(V{});
}

/// Whether no value is infinite; NaN is passed over. count: padded.
template <class V>
bool noInfinity(const float* values, std::ptrdiff_t count) {
    typename V::F largest = V::zero();
    for (std::ptrdiff_t i = 0; i < count; i += V::lanes)
        largest = V::max(V::abs(V::load(values + i)), largest);
    return V::bits(V::greater(largest, V::all(largestFinite))) == 0;
}

/// to[i] *= factor[i]; count: padded.
template <class V>
void multiplyInto(float* to, const float* factor, std::ptrdiff_t count) {
    for (std::ptrdiff_t i = 0; i < count; i += V::lanes)
        V::store(to + i, V::mul(V::load(to + i), V::load(factor + i)));
}

} // namespace flatline::kernels
