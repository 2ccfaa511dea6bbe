#pragma once

#include "core/kernels/code/inline.h"
#include "core/kernels/dots.h"

namespace flatline::kernels {

/// All bits in the first `count` lanes, none in the others.
template <class V>
FLATLINE_INLINE typename V::F firstLanes(int count) {
    static constexpr float places[8] = {0, 1, 2, 3, 4, 5, 6, 7};
    return V::less(V::load(places), V::all(static_cast<float>(count)));
}

/// A tile of Rows x Columns sums, each split among Parts registers, so that a small tile too has enough sums under way
/// to hide the latency of an addition. WithSums: those of the rows alone, too.
template <class V, int Rows, int Columns, int Parts, bool WithSums>
struct DotTile {
    using F = typename V::F;
    static constexpr int across = Columns + (WithSums ? 1 : 0);
    using Sums = F[Parts][Rows][across];

    /// left(j) and right(i) give registers. The fewer of the two are loaded first and kept.
    template <class Left, class Right>
    static FLATLINE_INLINE void step(F (&sum)[Rows][across], const Left& left, const Right& right) {
        if constexpr (Rows <= Columns) {
            F own[Rows];
            unrolled<Rows>([&](auto j) FLATLINE_INLINE_LAMBDA {
                own[j] = left(j);
                V::keep(own[j]);
                addAlone(sum, j, own[j]);
            });
            unrolled<Columns>([&](auto i) FLATLINE_INLINE_LAMBDA {
                F other = right(i);
                V::keep(other);
                unrolled<Rows>([&](auto j) FLATLINE_INLINE_LAMBDA { sum[j][i] = V::fma(own[j], other, sum[j][i]); });
            });
        } else {
            F own[Columns];
            unrolled<Columns>([&](auto i) FLATLINE_INLINE_LAMBDA {
                own[i] = right(i);
                V::keep(own[i]);
            });
            unrolled<Rows>([&](auto j) FLATLINE_INLINE_LAMBDA {
                F other = left(j);
                V::keep(other);
                addAlone(sum, j, other);
                unrolled<Columns>([&](auto i) FLATLINE_INLINE_LAMBDA { sum[j][i] = V::fma(other, own[i], sum[j][i]); });
            });
        }
    }
    static FLATLINE_INLINE void addAlone(F (&sum)[Rows][across], int j, F left) {
        if constexpr (WithSums)
            sum[j][Columns] = V::add(sum[j][Columns], left);
    }

    static void run(const Dots& p, int row, int column) {
        Sums sum;
        unrolled<Parts>([&](auto part) FLATLINE_INLINE_LAMBDA {
            unrolled<Rows>([&](auto j) FLATLINE_INLINE_LAMBDA {
                unrolled<across>([&](auto i) FLATLINE_INLINE_LAMBDA { sum[part][j][i] = V::zero(); });
            });
        });
        const std::ptrdiff_t gStride = p.gStride;
        const std::ptrdiff_t hStride = p.hStride;
        const float* g = p.g + row * gStride;
        const float* h = p.h + column * hStride;
        int left = p.samples;
        if constexpr (Parts == 2 && requires { typename V::Wide; })
            left = addWide(sum, g, h, gStride, hStride, left);
        for (; left >= Parts * V::lanes; left -= Parts * V::lanes) {
            unrolled<Parts>([&](auto part) FLATLINE_INLINE_LAMBDA {
                const float* rows = g + part * V::lanes;
                const float* columns = h + part * V::lanes;
                step(
                    sum[part], [&](auto j) FLATLINE_INLINE_LAMBDA { return V::load(rows + j * gStride); },
                    [&](auto i) FLATLINE_INLINE_LAMBDA { return V::load(columns + i * hStride); });
            });
            g += Parts * V::lanes;
            h += Parts * V::lanes;
        }
        for (; left > 0; left -= V::lanes) { // masked: the last ones may be fewer than lanes
            const F own = firstLanes<V>(left);
            step(
                sum[0], [&](auto j) FLATLINE_INLINE_LAMBDA { return V::bitAnd(V::load(g + j * gStride), own); },
                [&](auto i) FLATLINE_INLINE_LAMBDA { return V::bitAnd(V::load(h + i * hStride), own); });
            g += V::lanes;
            h += V::lanes;
        }
        addUp(sum, p, row, column);
    }

    /// The same with both parts in one register, as far as it is filled. Returns how many samples are left.
    static FLATLINE_INLINE int addWide(Sums& sum, const float*& g, const float*& h, std::ptrdiff_t gStride,
                                       std::ptrdiff_t hStride, int left) {
        using W = typename V::Wide;
        using Both = DotTile<W, Rows, Columns, 1, WithSums>;
        typename W::F both[Rows][across];
        const auto each = [](const auto& body) FLATLINE_INLINE_LAMBDA {
            unrolled<Rows>([&](auto j) FLATLINE_INLINE_LAMBDA {
                unrolled<across>([&](auto i) FLATLINE_INLINE_LAMBDA { body(j, i); });
            });
        };
        each([&](auto j, auto i) FLATLINE_INLINE_LAMBDA { both[j][i] = W::zero(); });
        for (; left >= W::lanes; left -= W::lanes) {
            Both::step(
                both, [&](auto j) FLATLINE_INLINE_LAMBDA { return W::load(g + j * gStride); },
                [&](auto i) FLATLINE_INLINE_LAMBDA { return W::load(h + i * hStride); });
            g += W::lanes;
            h += W::lanes;
        }
        each([&](auto j, auto i) FLATLINE_INLINE_LAMBDA {
            sum[0][j][i] = W::lowHalf(both[j][i]);
            sum[1][j][i] = W::highHalf(both[j][i]);
        });
        return left;
    }

    static FLATLINE_INLINE void addUp(Sums& sum, const Dots& p, int row, int column) {
        constexpr int count = Rows * across;
        constexpr int groups = (count + 3) / 4;
        F whole[groups * 4];
        unrolled<groups * 4>([&](auto n) FLATLINE_INLINE_LAMBDA {
            constexpr int j = n < count ? n / across : 0;
            constexpr int i = n < count ? n % across : 0;
            if constexpr (n >= count)
                whole[n] = V::zero();
            else if constexpr (Parts == 1)
                whole[n] = sum[0][j][i];
            else if constexpr (Parts == 2)
                whole[n] = V::add(sum[0][j][i], sum[1][j][i]);
            else
                whole[n] = V::add(V::add(sum[0][j][i], sum[1][j][i]), sum[2][j][i]);
        });
        float sums[groups * 4];
        unrolled<groups>([&](auto n) FLATLINE_INLINE_LAMBDA {
            V::sums4(whole[4 * n], whole[4 * n + 1], whole[4 * n + 2], whole[4 * n + 3], sums + 4 * n);
        });
        float* d = p.d + row * p.dStride + column;
        float* of = p.sums + row;
        const std::ptrdiff_t stride = p.dStride;
        unrolled<count>([&](auto n) FLATLINE_INLINE_LAMBDA {
            constexpr int j = n / across;
            constexpr int i = n % across;
            if constexpr (i < Columns)
                d[j * stride + i] += sums[n];
            else
                of[j] += sums[n];
        });
    }
};

using DotFunction = void (*)(const Dots&, int row, int column);

/// So many parts that there are eight sums or more, and registers for what is loaded.
[[nodiscard]] constexpr int dotParts(int sums) {
    return sums <= 4 ? 3 : sums <= 6 ? 2 : 1;
}
inline constexpr int mostDotRows = 4;
/// The most columns of a tile, that of the rows' own sums included: twelve sums.
[[nodiscard]] constexpr int widestDots(int rows) {
    return rows == 1 ? 8 : rows == 2 ? 6 : rows == 3 ? 4 : 3;
}

template <class V, int Rows, int Columns, bool WithSums>
constexpr DotFunction dotTile() {
    constexpr int most = widestDots(Rows) - (WithSums ? 1 : 0);
    constexpr int columns = Columns < most ? Columns : most;
    return DotTile<V, Rows, columns, dotParts(Rows * (columns + (WithSums ? 1 : 0))), WithSums>::run;
}

template <class V, int Rows, bool WithSums>
DotFunction dotFunction(int columns) {
    static constexpr DotFunction functions[] = {
        dotTile<V, Rows, 1, WithSums>(), dotTile<V, Rows, 2, WithSums>(), dotTile<V, Rows, 3, WithSums>(),
        dotTile<V, Rows, 4, WithSums>(), dotTile<V, Rows, 5, WithSums>(), dotTile<V, Rows, 6, WithSums>(),
        dotTile<V, Rows, 7, WithSums>(), dotTile<V, Rows, 8, WithSums>(),
    };
    return functions[columns - 1];
}

/// Some rows with all columns, in tiles of nearly equal width, of which the first brings the rows' own sums along.
template <class V, int Rows>
void dotRows(const Dots& p, int row) {
    const int all = p.columns + 1;
    const int tiles = (all + widestDots(Rows) - 1) / widestDots(Rows);
    const int narrow = all / tiles;
    const int wider = all - narrow * tiles;
    // Where a tile is one column wide, it is the only one: a first one has at least one beside the sums.
    const int first = (wider > 0 ? narrow + 1 : narrow) - 1;
    dotFunction<V, Rows, true>(first)(p, row, 0);
    int column = first;
    for (int i = 1; i < tiles; ++i) {
        const int columns = narrow + (i < wider ? 1 : 0);
        dotFunction<V, Rows, false>(columns)(p, row, column);
        column += columns;
    }
}

template <class V>
void addDots(const Dots& p) {
    int row = 0;
    for (; row + mostDotRows <= p.rows; row += mostDotRows)
        dotRows<V, mostDotRows>(p, row);
    switch (p.rows - row) {
    case 1:
        dotRows<V, 1>(p, row);
        break;
    case 2:
        dotRows<V, 2>(p, row);
        break;
    case 3:
        dotRows<V, 3>(p, row);
        break;
    default:
        break;
    }
}

template <class V>
float throughLearntSlope(const LearntSlope& p) {
    typename V::F sum = V::zero();
    for (int s = 0; s < p.samples; s += V::lanes) {
        const typename V::F g = V::load(p.g + s);
        typename V::F term = V::mul(g, V::min(V::zero(), V::load(p.z + s))); // NaN, being second, stays
        if (p.samples - s < V::lanes)
            term = V::bitAnd(term, firstLanes<V>(p.samples - s));
        sum = V::add(sum, term);
        V::store(p.g + s, V::mul(g, V::load(p.slope + s)));
    }
    return V::sum(sum);
}

template <class V>
constexpr DotKernels dotKernels() {
    return {.add = addDots<V>, .learntSlope = throughLearntSlope<V>};
}

} // namespace flatline::kernels
