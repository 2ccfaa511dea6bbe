#pragma once

#include "core/kernels/code/inline.h"
#include "core/kernels/losses.h"

namespace flatline::kernels {

/// The sums of eight samples' lanes while they are in registers.
template <class V>
struct LossLanes {
    using F = typename V::F;
    using I = typename V::I;
    static constexpr int parts = 8 / V::lanes; ///< vectors that hold eight samples
    typename V::D sums[8 / V::doubleLanes];
    I correct = V::allInt(0);
    I infinite = V::allInt(0);

    explicit FLATLINE_INLINE LossLanes(const LossSums& from) {
        unrolled<8 / V::doubleLanes>(
            [&](auto i) FLATLINE_INLINE_LAMBDA { sums[i] = V::loadDouble(from.lanes + i * V::doubleLanes); });
    }
    FLATLINE_INLINE void storeTo(LossSums& to) const {
        unrolled<8 / V::doubleLanes>(
            [&](auto i) FLATLINE_INLINE_LAMBDA { V::storeDouble(to.lanes + i * V::doubleLanes, sums[i]); });
        std::int32_t lanes[V::lanes];
        V::storeInt(lanes, correct);
        for (const std::int32_t lane : lanes)
            to.correct += lane;
        V::storeInt(lanes, infinite);
        for (const std::int32_t lane : lanes)
            to.infinite += lane;
    }
};

/// One vector of samples of a task. `valid` marks those that are there.
template <class V>
struct LossVector {
    using F = typename V::F;
    using I = typename V::I;
    using D = typename V::D;
    const LossTask& task;
    std::ptrdiff_t first; ///< sample
    F valid;

    FLATLINE_INLINE LossVector(const LossTask& of, std::ptrdiff_t sample)
        : task(of)
        , first(sample) {
        constexpr float lanes[] = {0.0F, 1.0F, 2.0F, 3.0F, 4.0F, 5.0F, 6.0F, 7.0F};
        valid = V::less(V::load(lanes), V::all(static_cast<float>(of.count - sample)));
    }
    [[nodiscard]] FLATLINE_INLINE F output(int k) const { return V::load(task.outputs + k * task.stride + first); }
    [[nodiscard]] FLATLINE_INLINE F target(int k) const { return V::load(task.values + k * task.valueStride + first); }
    [[nodiscard]] FLATLINE_INLINE I label() const { return V::loadInt(task.labels + first); }
    [[nodiscard]] FLATLINE_INLINE F where(F values) const { return V::bitAnd(valid, values); }
    FLATLINE_INLINE void gradient(int k, F value) const {
        V::store(task.gradient + k * task.stride + first, where(value));
    }
    static FLATLINE_INLINE F same(I a, I b) { return V::asFloat(V::equalInt(a, b)); }

    FLATLINE_INLINE void countIn(I& counter, F mask) const { counter = V::subInt(counter, V::asInt(where(mask))); }
};

/// The class that outputs stand for, the first of the largest, and whether it is the label (objective.cpp, classOf).
template <class V>
FLATLINE_INLINE typename V::F isCorrect(const LossVector<V>& at) {
    auto best = at.output(0);
    if (at.task.width == 1) { // class 1 above 0; a mask is -1
        const auto above = V::asInt(V::greater(best, V::zero()));
        return at.same(V::addInt(above, at.label()), V::allInt(0));
    }
    auto which = V::zero(); // the number's bits
    for (int k = 1; k < at.task.width; ++k) {
        const auto z = at.output(k);
        const auto above = V::greater(z, best);
        best = V::select(above, z, best);
        which = V::select(above, V::asFloat(V::allInt(k)), which);
    }
    return at.same(V::asInt(which), at.label());
}

} // namespace flatline::kernels
