#pragma once

#include "core/kernels/code/inline.h"
#include "core/kernels/product.h"

namespace flatline::kernels {

/// A step of plain gradient descent, register by register: p - rate (g + decay p), with SgdRule's bits.
template <class V>
struct DescentRule {
    using F = typename V::F;
    F rate, decay;
    F gone; ///< no longer 0 once a result was not finite
    FLATLINE_INLINE DescentRule(float byRate, float byDecay, const float* goneBefore)
        : rate(V::all(-byRate))
        , decay(V::all(byDecay))
        , gone(V::load(goneBefore)) {}
    [[nodiscard]] FLATLINE_INLINE F next(F p, F g) {
        const F q = V::fma(rate, V::fma(decay, p, g), p);
        gone = V::fma(q, V::zero(), gone);
        return q;
    }
};

/// Over a run of parameters whose gradient is complete.
template <class V>
FLATLINE_INLINE void descend(const float* from, const float* gradient, float* next, std::ptrdiff_t count, float rate,
                             float decay, float* gone) {
    DescentRule<V> rule(rate, decay, gone);
    for (std::ptrdiff_t i = 0; i < count; i += V::lanes) {
        const int some = static_cast<int>(count - i);
        V::storeSome(next + i, rule.next(V::loadSome(from + i, some), V::loadSome(gradient + i, some)), some);
    }
    V::store(gone, rule.gone);
}

} // namespace flatline::kernels
