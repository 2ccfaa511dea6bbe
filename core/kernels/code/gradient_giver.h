#pragma once

#include "core/kernels/batch.h"
#include "core/kernels/code/inline.h"

namespace flatline::kernels {

/// Where a gradient goes, register by register: to its place, or where a Descent is taken along into the next
/// parameters, p - rate (g + decay p), with SgdRule's bits. Without decay they need no product for it: a zero that it
/// would turn to the other sign moves no parameter.
template <class V, bool Decays>
struct GradientGiver {
    using F = typename V::F;
    using P = typename V::Pair;
    const float* const parameters;
    float* const gradient;
    float* const next;
    const float rate;
    const float weightDecay;
    const float biasDecay;
    typename P::F gone = P::zero(); ///< no longer 0 where a next parameter is not finite
    F goneHalf = V::zero();         ///< of registers half as wide

    // One by one: a copy of the whole would have to wait for what was stored in parts.
    FLATLINE_INLINE GradientGiver(const float* from, float* to, const Descent& descent)
        : parameters(from)
        , gradient(to)
        , next(descent.next)
        , rate(-descent.rate)
        , weightDecay(descent.weightDecay)
        , biasDecay(descent.biasDecay) {}

    template <class Registers>
    FLATLINE_INLINE void weights(int place, typename Registers::F g) {
        give<Registers>(place, g, weightDecay);
    }
    FLATLINE_INLINE void biases(int place, F g) { give<V>(place, g, biasDecay); }
    FLATLINE_INLINE void slopes(int place, F g) { give<V>(place, g, 0.0F); } ///< learnt ones: they do not decay
    FLATLINE_INLINE void bias(int place, float g) {
        if (next == nullptr)
            gradient[place] = g;
        else
            V::storeSome(next + place, moved<V>(V::all(parameters[place]), V::all(g), biasDecay), 1);
    }
    [[nodiscard]] FLATLINE_INLINE bool isFinite() const { return P::all0(P::add(gone, P::widened(goneHalf))); }

private:
    template <class Registers>
    FLATLINE_INLINE void give(int place, typename Registers::F g, float decay) {
        if (next == nullptr)
            Registers::store(gradient + place, g);
        else
            Registers::store(next + place, moved<Registers>(Registers::load(parameters + place), g, decay));
    }
    FLATLINE_INLINE void watch(F q) { goneHalf = V::fma(q, V::zero(), goneHalf); }
    FLATLINE_INLINE void watch(typename P::F q) { gone = P::fma(q, P::zero(), gone); }
    template <class R>
    FLATLINE_INLINE typename R::F moved(typename R::F p, typename R::F g, float decay) {
        const auto q = R::fma(R::all(rate), Decays ? R::fma(R::all(decay), p, g) : g, p);
        watch(q);
        return q;
    }
};

} // namespace flatline::kernels
