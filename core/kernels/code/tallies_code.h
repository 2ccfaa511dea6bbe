#pragma once

#include "core/kernels/code/dots_code.h"
#include "core/kernels/code/inline.h"
#include "core/kernels/tallies.h"

namespace flatline::kernels {

/// A neuron's figures while they are gathered: eight samples at a time, whatever the register's width.
template <class V, bool WithSlopes>
struct Tallying {
    using F = typename V::F;
    using I = typename V::I;
    using D = typename V::D;
    static constexpr int vectors = 8 / V::lanes;

    F maximum[vectors], minimum[vectors], greatestSlope[vectors];
    I positive[vectors], number[vectors], zeroSlope[vectors];
    D low[vectors], high[vectors]; ///< sums of |f| over the two halves of a register's lanes

    template <class Body>
    static FLATLINE_INLINE void each(const Body& body) {
        unrolled<vectors>([&](auto v) FLATLINE_INLINE_LAMBDA { body(v, v * V::lanes); });
    }

    FLATLINE_INLINE void begin(const Tally& tally) {
        each([&](auto v, int lane) FLATLINE_INLINE_LAMBDA {
            maximum[v] = V::load(tally.maximum + lane);
            minimum[v] = V::load(tally.minimum + lane);
            positive[v] = V::loadInt(tally.positive + lane);
            number[v] = V::loadInt(tally.number + lane);
            low[v] = V::loadDouble(tally.absolute + lane);
            high[v] = V::loadDouble(tally.absolute + lane + V::doubleLanes);
            if constexpr (WithSlopes) {
                greatestSlope[v] = V::load(tally.greatestSlope + lane);
                zeroSlope[v] = V::loadInt(tally.zeroSlope + lane);
            }
        });
    }

    FLATLINE_INLINE void end(Tally& tally) const {
        each([&](auto v, int lane) FLATLINE_INLINE_LAMBDA {
            V::store(tally.maximum + lane, maximum[v]);
            V::store(tally.minimum + lane, minimum[v]);
            V::storeInt(tally.positive + lane, positive[v]);
            V::storeInt(tally.number + lane, number[v]);
            V::storeDouble(tally.absolute + lane, low[v]);
            V::storeDouble(tally.absolute + lane + V::doubleLanes, high[v]);
            if constexpr (WithSlopes) {
                V::store(tally.greatestSlope + lane, greatestSlope[v]);
                V::storeInt(tally.zeroSlope + lane, zeroSlope[v]);
            }
        });
    }

    static FLATLINE_INLINE void count(I& counter, F mask) { counter = V::subInt(counter, V::asInt(mask)); }

    FLATLINE_INLINE void step(int v, F z, F f) {
        maximum[v] = V::max(z, maximum[v]); // NaN, being first, is passed over
        minimum[v] = V::min(z, minimum[v]);
        count(positive[v], V::greater(z, V::zero()));
        count(number[v], V::equal(z, z));
        const F size = V::abs(f);
        low[v] = V::addDouble(low[v], V::low(size));
        high[v] = V::addDouble(high[v], V::high(size));
    }
    FLATLINE_INLINE void stepSlope(int v, F slope, F own) {
        count(zeroSlope[v], V::bitAnd(V::equal(slope, V::zero()), own));
        greatestSlope[v] = V::max(V::bitAnd(V::abs(slope), own), greatestSlope[v]);
    }

    static FLATLINE_INLINE void neuron(const float* z, const float* f, const float* slopes, int samples, Tally& tally) {
        Tallying gathered;
        gathered.begin(tally);
        const F all = V::equal(V::zero(), V::zero());
        int s = 0;
        for (; s + 8 <= samples; s += 8)
            each([&](auto v, int lane) FLATLINE_INLINE_LAMBDA {
                gathered.step(v, V::load(z + s + lane), V::load(f + s + lane));
                if constexpr (WithSlopes)
                    gathered.stepSlope(v, V::load(slopes + s + lane), all);
            });
        if (s < samples)
            each([&](auto v, int lane) FLATLINE_INLINE_LAMBDA {
                const F own = firstLanes<V>(samples - s - lane);
                const F none = V::bitOr(V::bitAndNot(own, all), V::load(z + s + lane)); // NaN where not its own
                gathered.step(v, none, V::bitAnd(V::load(f + s + lane), own));
                if constexpr (WithSlopes)
                    gathered.stepSlope(v, V::load(slopes + s + lane), own);
            });
        gathered.end(tally);
    }

    static void run(const TallyTask& task, Tally* tallies) {
        const TallyTask t = task;
        for (int j = 0; j < t.neurons; ++j)
            neuron(t.z + j * t.stride, t.f + j * t.stride, WithSlopes ? t.slopes + j * t.stride : nullptr, t.samples,
                   tallies[j]);
    }
};

template <class V>
void clearTallies(Tally* tallies, int neurons) {
    for (int j = 0; j < neurons; ++j)
        for (int lane = 0; lane < 8; ++lane) {
            tallies[j].maximum[lane] = -INFINITY;
            tallies[j].minimum[lane] = INFINITY;
            tallies[j].positive[lane] = tallies[j].number[lane] = tallies[j].zeroSlope[lane] = 0;
            tallies[j].absolute[lane] = 0.0;
            tallies[j].greatestSlope[lane] = 0.0F;
        }
}

template <class V>
void addTallies(const TallyTask& task, Tally* tallies) {
    if (task.slopes != nullptr)
        Tallying<V, true>::run(task, tallies);
    else
        Tallying<V, false>::run(task, tallies);
}

/// The place of each value in its table.
template <class V>
struct BinIndex {
    using F = typename V::F;
    using I = typename V::I;
    F range, lowest, scale, lastBin, largest;
    F below, above, atZero, infinite, notANumber; // places, their bits being integers
    I half;
    I tables[8 / V::lanes];

    explicit FLATLINE_INLINE BinIndex(const BinTables& t)
        : range(V::all(t.range))
        , lowest(V::all(-t.range))
        , scale(V::all(static_cast<float>(t.bins) / (2.0F * t.range)))
        , lastBin(V::all(static_cast<float>(t.bins) - 1.0F))
        , largest(V::all(INFINITY))
        , below(place(t, BinPlace::Below))
        , above(place(t, BinPlace::Above))
        , atZero(place(t, BinPlace::Zero))
        , infinite(place(t, BinPlace::Infinite))
        , notANumber(place(t, BinPlace::NotANumber))
        , half(V::allInt(halfTableSize(t.bins))) {
        std::int32_t first[8];
        for (int i = 0; i < 8; ++i)
            first[i] = i * 2 * halfTableSize(t.bins);
        for (int v = 0; v < 8 / V::lanes; ++v)
            tables[v] = V::loadInt(first + v * V::lanes);
    }
    static FLATLINE_INLINE F place(const BinTables& t, BinPlace which) {
        return V::asFloat(V::allInt(t.bins + static_cast<int>(which)));
    }

    FLATLINE_INLINE I of(F z, int table) const {
        const F position = V::min(V::mul(V::add(z, range), scale), lastBin);
        F index = V::asFloat(V::truncate(position));
        const F size = V::abs(z);
        const F usual = V::bitAnd(V::less(V::zero(), size), V::less(size, range));
        if (V::bits(usual) != (1U << static_cast<unsigned>(V::lanes)) - 1U) // nearly always all of them are
            index = unusual(z, index);
        const F positive = V::bitAnd(V::greater(z, V::zero()), V::asFloat(half));
        return V::addInt(V::addInt(V::asInt(index), V::asInt(positive)), tables[table]);
    }

private:
    FLATLINE_INLINE F unusual(F z, F index) const {
        index = V::select(V::less(z, lowest), below, index);
        index = V::select(V::lessEqual(range, z), above, index);
        index = V::select(V::equal(z, V::zero()), atZero, index);
        index = V::select(V::equal(V::abs(z), largest), infinite, index);
        return V::select(V::equal(z, z), index, notANumber);
    }
};

/// First the places of many values, then they are counted: from memory, which is faster than from a register's lanes.
template <class V>
void addToBins(const Rows& rows, const BinTables& tables) {
    constexpr int many = 256;
    const BinIndex<V> index(tables);
    std::int32_t places[many];
    std::int32_t* const counts = tables.counts;
    const Rows t = rows;
    for (int row = 0; row < t.rows; ++row)
        for (int first = 0; first < t.count; first += many) {
            const float* values = t.values + row * t.stride + first;
            const int count = t.count - first < many ? t.count - first : many;
            for (int i = 0; i < count; i += 8)
                unrolled<8 / V::lanes>([&](auto v) FLATLINE_INLINE_LAMBDA {
                    V::storeInt(places + i + v * V::lanes, index.of(V::load(values + i + v * V::lanes), v));
                });
            int i = 0;
            for (; i + 8 <= count; i += 8)
                unrolled<8>([&](auto j) FLATLINE_INLINE_LAMBDA { ++counts[places[i + j]]; });
            for (; i < count; ++i)
                ++counts[places[i]];
        }
}

/// The sums of squares of so many neighbouring vectors of samples, which need not wait for each other.
template <class V, int Vectors>
FLATLINE_INLINE typename V::F greatestSquares(const Rows& t, int first, typename V::F greatest) {
    using F = typename V::F;
    const float* value = t.values + first;
    F sum[Vectors];
    unrolled<Vectors>([&](auto v) FLATLINE_INLINE_LAMBDA { sum[v] = V::zero(); });
    for (int row = 0; row < t.rows; ++row, value += t.stride)
        unrolled<Vectors>([&](auto v) FLATLINE_INLINE_LAMBDA {
            const F x = V::load(value + v * V::lanes);
            sum[v] = V::fma(x, x, sum[v]);
        });
    unrolled<Vectors>([&](auto v) FLATLINE_INLINE_LAMBDA {
        const int left = t.count - first - v * V::lanes;
        if (left < V::lanes)
            sum[v] = V::bitAnd(sum[v], firstLanes<V>(left));
        greatest = V::max(sum[v], greatest);
    });
    return greatest;
}

template <class V>
float greatestSquareOf(const Rows& rows) {
    const Rows t = rows;
    typename V::F greatest = V::zero();
    int s = 0;
    for (; s + 4 * V::lanes <= t.count; s += 4 * V::lanes)
        greatest = greatestSquares<V, 4>(t, s, greatest);
    for (; s < t.count; s += V::lanes)
        greatest = greatestSquares<V, 1>(t, s, greatest);
    float lanes[V::lanes];
    V::store(lanes, greatest);
    float result = 0.0F;
    for (const float lane : lanes)
        result = lane > result ? lane : result;
    return result;
}

/// Widened to whole vectors, every other one by itself: they need not wait for each other.
template <class V>
FLATLINE_INLINE void widenByWhole(const float* values, int vectors, typename V::F& low, typename V::F& high) {
    using F = typename V::F;
    F lows[2] = {low, low}, highs[2] = {high, high};
    int v = 0;
    for (; v + 2 <= vectors; v += 2)
        unrolled<2>([&](auto i) FLATLINE_INLINE_LAMBDA {
            const F x = V::load(values + (v + i) * V::lanes);
            lows[i] = V::min(x, lows[i]);
            highs[i] = V::max(x, highs[i]);
        });
    if (v < vectors) {
        const F x = V::load(values + v * V::lanes);
        lows[0] = V::min(x, lows[0]);
        highs[0] = V::max(x, highs[0]);
    }
    low = V::min(lows[0], lows[1]);
    high = V::max(highs[0], highs[1]);
}

template <class V>
void widenRangesOf(const Rows& rows, LaneRange* ranges) {
    using F = typename V::F;
    const Rows t = rows;
    const float* values = t.values;
    const int whole = t.count / V::lanes;
    const int rest = t.count % V::lanes;
    for (int row = 0; row < t.rows; ++row, values += t.stride) {
        F low = V::load(ranges[row].lowest);
        F high = V::load(ranges[row].highest);
        widenByWhole<V>(values, whole, low, high);
        if (rest > 0) {
            const F x = V::select(firstLanes<V>(rest), V::load(values + whole * V::lanes), V::all(values[0]));
            low = V::min(x, low);
            high = V::max(x, high);
        }
        V::store(ranges[row].lowest, low);
        V::store(ranges[row].highest, high);
    }
}

template <class V>
float highestOf(const float* values, int count) {
    typename V::F high = V::all(values[0]);
    typename V::F odd = V::zero(); // NaN where a value is not finite
    for (int s = 0; s < count; s += V::lanes) {
        typename V::F x = V::load(values + s);
        if (count - s < V::lanes)
            x = V::select(firstLanes<V>(count - s), x, V::all(values[0]));
        high = V::max(x, high);
        odd = V::fma(x, V::zero(), odd);
    }
    float highs[V::lanes], odds[V::lanes];
    V::store(highs, high);
    V::store(odds, odd);
    float result = highs[0];
    float sum = 0.0F;
    for (int i = 0; i < V::lanes; ++i) {
        result = highs[i] > result ? highs[i] : result;
        sum += odds[i];
    }
    return result + sum;
}

template <class V>
bool noInfinityIn(const float* values, std::size_t count) {
    typename V::F found = V::zero();
    const typename V::F infinity = V::all(INFINITY);
    std::size_t i = 0;
    for (; i + V::lanes <= count; i += V::lanes)
        found = V::bitOr(found, V::equal(V::abs(V::load(values + i)), infinity));
    bool none = V::bits(found) == 0;
    for (; i < count; ++i)
        none = none && values[i] != INFINITY && values[i] != -INFINITY;
    return none;
}

template <class V>
constexpr TallyKernels tallyKernels() {
    return {.clear = clearTallies<V>,
            .add = addTallies<V>,
            .addToBins = addToBins<V>,
            .greatestSquare = greatestSquareOf<V>,
            .widenRanges = widenRangesOf<V>,
            .highest = highestOf<V>,
            .noInfinity = noInfinityIn<V>};
}

} // namespace flatline::kernels
