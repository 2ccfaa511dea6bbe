#pragma once

#include "core/kernels/code/descent_code.h"
#include "core/kernels/product.h"

namespace flatline::kernels {

/// A tile of C: Vectors registers of lanes by Columns columns, all sums in registers.
template <class V, int Vectors, int Columns>
struct Tile {
    using F = typename V::F;
    using Sums = F[Columns][Vectors];

    template <class Body>
    static FLATLINE_INLINE void each(const Body& body) {
        unrolled<Columns>([&](auto n) FLATLINE_INLINE_LAMBDA {
            unrolled<Vectors>([&](auto v) FLATLINE_INLINE_LAMBDA { body(n, v); });
        });
    }

    static FLATLINE_INLINE void begin(Sums& sum, const Product& p, int lane, int column) {
        if (p.laneInit != nullptr)
            each([&](auto n, auto v) FLATLINE_INLINE_LAMBDA { sum[n][v] = V::load(p.laneInit + lane + v * V::lanes); });
        else if (p.columnInit != nullptr)
            each([&](auto n, auto v)
                     FLATLINE_INLINE_LAMBDA { sum[n][v] = V::all(p.columnInit[column + n] + p.shift); });
        else
            each([&](auto n, auto v) FLATLINE_INLINE_LAMBDA { sum[n][v] = V::zero(); });
    }

    /// So many columns of B are found from one pointer, the others from a second one at the same distances: a distance
    /// for each column would take more registers than there are.
    static constexpr int nearColumns = Columns <= 6 ? Columns : (Columns + 1) / 2;

    /// One k: the fewer of the two factors are loaded first and kept.
    static FLATLINE_INLINE void step(Sums& sum, const float* a, const float* b, const float* far,
                                     std::ptrdiff_t bColumn) {
        if constexpr (Vectors <= Columns) {
            F left[Vectors];
            unrolled<Vectors>([&](auto v) FLATLINE_INLINE_LAMBDA {
                left[v] = V::load(a + v * V::lanes);
                V::keep(left[v]);
            });
            unrolled<Columns>([&](auto n) FLATLINE_INLINE_LAMBDA {
                const F right =
                    n < nearColumns ? V::broadcast(b + n * bColumn) : V::broadcast(far + (n - nearColumns) * bColumn);
                unrolled<Vectors>([&](auto v)
                                      FLATLINE_INLINE_LAMBDA { sum[n][v] = V::fma(left[v], right, sum[n][v]); });
            });
        } else {
            F right[Columns];
            unrolled<Columns>([&](auto n) FLATLINE_INLINE_LAMBDA {
                right[n] = V::broadcast(b + n * bColumn);
                V::keep(right[n]);
            });
            unrolled<Vectors>([&](auto v) FLATLINE_INLINE_LAMBDA {
                F left = V::load(a + v * V::lanes);
                if constexpr (Columns > 1)
                    V::keep(left);
                unrolled<Columns>([&](auto n)
                                      FLATLINE_INLINE_LAMBDA { sum[n][v] = V::fma(left, right[n], sum[n][v]); });
            });
        }
    }

    /// The lowest of that and all sums, lane by lane; NaN is passed over.
    static FLATLINE_INLINE F lowestOf(const Sums& sum, F lowest) {
        each([&](auto n, auto v) FLATLINE_INLINE_LAMBDA { lowest = V::min(sum[n][v], lowest); });
        return lowest;
    }

    /// factor: at the tile's first entry.
    template <Finish Kind>
    static FLATLINE_INLINE void finish(Sums& sum, const float* factor, std::ptrdiff_t stride) {
        each([&](auto n, auto v) FLATLINE_INLINE_LAMBDA {
            if constexpr (Kind == Finish::Relu) {
                sum[n][v] = V::max(V::zero(), sum[n][v]); // NaN, being second, stays
            } else if constexpr (Kind == Finish::WhereOn) {
                sum[n][v] = V::whereAbove0(sum[n][v], V::load(factor + n * stride + v * V::lanes));
            } else if constexpr (Kind == Finish::Multiply) {
                sum[n][v] = V::mul(sum[n][v], V::load(factor + n * stride + v * V::lanes));
            }
        });
    }
    static FLATLINE_INLINE void descend(Sums& sum, const Product& p, const float* from, int own) {
        DescentRule<V> rule(p.rate, p.decay, p.gone);
        if (own >= Vectors * V::lanes)
            each([&](auto n, auto v) FLATLINE_INLINE_LAMBDA {
                sum[n][v] = rule.next(V::load(from + n * p.cStride + v * V::lanes), sum[n][v]);
            });
        else
            each([&](auto n, auto v) FLATLINE_INLINE_LAMBDA {
                if (own > v * V::lanes)
                    sum[n][v] =
                        rule.next(V::loadSome(from + n * p.cStride + v * V::lanes, own - v * V::lanes), sum[n][v]);
            });
        V::store(p.gone, rule.gone);
    }
    static FLATLINE_INLINE void finish(Sums& sum, const Product& p, int lane, int column) {
        const float* factor = p.factor + lane + column * p.cStride;
        if (p.finish == Finish::Relu) {
            if (p.lowest != nullptr)
                V::lowerInto(p.lowest, lowestOf(sum, V::zero()));
            finish<Finish::Relu>(sum, factor, p.cStride);
        } else if (p.finish == Finish::WhereOn) {
            finish<Finish::WhereOn>(sum, factor, p.cStride);
        } else if (p.finish == Finish::Multiply) {
            finish<Finish::Multiply>(sum, factor, p.cStride);
        } else if (p.finish == Finish::Descend) {
            descend(sum, p, factor, p.m - lane);
        }
    }

    static FLATLINE_INLINE void store(const Sums& sum, const Product& p, int lane, int column) {
        float* c = p.c + lane + column * p.cStride;
        const int own = p.m - lane; // lanes that are C's own
        if (!p.exact || own >= Vectors * V::lanes) {
            each([&](auto n, auto v) FLATLINE_INLINE_LAMBDA { V::store(c + n * p.cStride + v * V::lanes, sum[n][v]); });
            return;
        }
        each([&](auto n, auto v) FLATLINE_INLINE_LAMBDA {
            if (own > v * V::lanes)
                V::storeSome(c + n * p.cStride + v * V::lanes, sum[n][v], own - v * V::lanes);
        });
    }

    static FLATLINE_INLINE void compute(const Product& p, int lane, int column) {
        Sums sum;
        begin(sum, p, lane, column);
        const float* a = p.a + lane;
        const float* b = p.b + column * p.bColumn;
        const float* far = b + nearColumns * p.bColumn;
        keepPointer(far);
        for (int k = 0; k < p.k; ++k) {
            step(sum, a, b, far, p.bColumn);
            a += p.aStride;
            b += p.bRow;
            far += p.bRow;
        }
        finish(sum, p, lane, column);
        store(sum, p, lane, column);
    }

    /// So many strips of lanes, from that one on.
    static void run(const Product& p, int lane, int strips, int column) {
        for (; strips > 0; --strips, lane += Vectors * V::lanes)
            compute(p, lane, column);
    }
};

/// Columns of C whose sums have one or two terms, over all lanes: B and the initial values stay in registers.
template <class V, int Depth, int Columns>
struct ShallowTile {
    using F = typename V::F;
    using Column = Tile<V, 1, Columns>;

    // Whatever is stored through a vector might be one of the task's own fields: those are read beforehand.
    template <Finish Kind, bool WithLowest>
    static void loop(const Product& p, int column) {
        F init[Columns];
        F right[Depth][Columns];
        unrolled<Columns>([&](auto n) FLATLINE_INLINE_LAMBDA {
            init[n] = p.columnInit != nullptr ? V::all(p.columnInit[column + n] + p.shift) : V::zero();
            unrolled<Depth>([&](auto k) FLATLINE_INLINE_LAMBDA {
                right[k][n] = V::broadcast(p.b + k * p.bRow + (column + n) * p.bColumn);
                V::keep(right[k][n]);
            });
        });
        F lowest = V::zero();
        const float* a = p.a;
        const std::ptrdiff_t aStride = p.aStride;
        const std::ptrdiff_t stride = p.cStride;
        float* c = p.c + column * stride;
        const float* factor = p.factor + column * stride;
        const auto sums = [&](typename Column::Sums& sum) FLATLINE_INLINE_LAMBDA {
            F left[Depth];
            unrolled<Depth>([&](auto k) FLATLINE_INLINE_LAMBDA { left[k] = V::load(a + k * aStride); });
            unrolled<Columns>([&](auto n) FLATLINE_INLINE_LAMBDA {
                sum[n][0] = init[n];
                unrolled<Depth>([&](auto k)
                                    FLATLINE_INLINE_LAMBDA { sum[n][0] = V::fma(left[k], right[k][n], sum[n][0]); });
            });
            if constexpr (WithLowest)
                lowest = Column::lowestOf(sum, lowest);
            Column::template finish<Kind>(sum, factor, stride);
        };
        const int m = p.m;
        const int whole = p.exact ? m - V::lanes : m - 1; // the last lane at which a register is stored
        int lane = 0;
        for (; lane <= whole; lane += V::lanes) {
            typename Column::Sums sum;
            sums(sum);
            unrolled<Columns>([&](auto n) FLATLINE_INLINE_LAMBDA { V::store(c + n * stride, sum[n][0]); });
            a += V::lanes;
            c += V::lanes;
            factor += V::lanes;
        }
        if (lane < m) {
            typename Column::Sums sum;
            sums(sum);
            Column::store(sum, p, lane, column);
        }
        if constexpr (WithLowest)
            V::lowerInto(p.lowest, lowest);
    }

    static void run(const Product& p, int column) {
        switch (p.finish) {
        case Finish::None:
            loop<Finish::None, false>(p, column);
            break;
        case Finish::Relu:
            if (p.lowest != nullptr)
                loop<Finish::Relu, true>(p, column);
            else
                loop<Finish::Relu, false>(p, column);
            break;
        case Finish::WhereOn:
            loop<Finish::WhereOn, false>(p, column);
            break;
        case Finish::Multiply:
            loop<Finish::Multiply, false>(p, column);
            break;
        case Finish::Descend: // goes through Tiles
            break;
        }
    }
};

} // namespace flatline::kernels
