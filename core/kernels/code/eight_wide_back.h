#pragma once

#include "core/kernels/code/eight_wide_room.h"
#include "core/kernels/code/lanes_code.h"

namespace flatline::kernels {

/// What comes back to a layer's outputs at a place, taken to its sums; not of learnt slopes.
template <class R, Slopes Kind>
FLATLINE_INLINE typename R::F throughActivation(typename R::F gradient, typename R::F value,
                                                [[maybe_unused]] const float* slopes,
                                                [[maybe_unused]] std::ptrdiff_t at) {
    if constexpr (Kind == Slopes::Relu)
        return R::whereAbove0(gradient, value);
    else
        return R::mul(gradient, R::load(slopes + at));
}

/// z where z is above 0, else alpha z.
template <class P>
FLATLINE_INLINE typename P::F bent(typename P::F z, typename P::F alpha) {
    return P::bySign(z, P::mul(alpha, z), z);
}
/// What comes back to bent(z, alpha), taken to z; adds its part of alpha's gradient.
template <class P>
FLATLINE_INLINE typename P::F throughBent(typename P::F gradient, typename P::F z, typename P::F alpha,
                                          typename P::F& alphaGradient) {
    alphaGradient = P::fma(gradient, P::min(P::zero(), z), alphaGradient);
    return P::mul(gradient, P::bySign(z, alpha, P::all(1.0F)));
}

// EightWidePass's way back where samples stand apart (V::Pair::apart).

/// Of a pair's first samples (half 0) or second ones: the gradients of the second layer's weights, added to theirs in
/// `sums`, and those of the first layer's sums, in hidden1; with learnt slopes those of its outputs.
template <class V, int Outputs, Slopes Kind>
FLATLINE_INLINE void backOfEveryOther(const float* parameters, EightWideRoom<V, Outputs, Kind>& room, int count,
                                      int half, typename V::Pair::F (&sums)[mostNarrow]) {
    using F = typename V::F;
    using Places = EightWidePlaces<Outputs, Kind>;
    constexpr int units = Places::units;
    constexpr int pair = Places::pair;
    const float* const gradients = room.hidden2 + half * units;
    float* const below = room.hidden1 + half * units;
    const float* const slopes = room.slopes1 + (Kind == Slopes::Listed ? half * units : 0);
    F own[units];
    unrolled<units>([&](auto j) FLATLINE_INLINE_LAMBDA { own[j] = half == 0 ? sums[j].a : sums[j].b; });
    const auto body = [&](auto together, std::ptrdiff_t at) FLATLINE_INLINE_LAMBDA {
        F value[together];
        Chains<V, units> sum[together];
        unrolled<together>([&](auto n) FLATLINE_INLINE_LAMBDA { value[n] = V::load(below + at + n * pair); });
        unrolled<units>([&](auto j) FLATLINE_INLINE_LAMBDA {
            F weight = V::load(parameters + Places::weight2 + j * units);
            V::keep(weight);
            unrolled<together>([&](auto n) FLATLINE_INLINE_LAMBDA {
                const F gradient = V::broadcast(gradients + at + n * pair + j);
                own[j] = V::fma(gradient, value[n], own[j]);
                sum[n].template addTo<j>(gradient, weight);
            });
        });
        unrolled<together>([&](auto n) FLATLINE_INLINE_LAMBDA {
            const std::ptrdiff_t place = at + n * pair;
            if constexpr (Kind == Slopes::Learnt)
                V::store(below + place, sum[n].sum());
            else
                V::store(below + place, throughActivation<V, Kind>(sum[n].sum(), value[n], slopes, place));
        });
    };
    Places::template eachPair<2>((count + 1) / 2 * 2, body);
    unrolled<units>([&](auto j) FLATLINE_INLINE_LAMBDA { (half == 0 ? sums[j].a : sums[j].b) = own[j]; });
}

/// All of the first layer and the second one's biases, from the gradients in hidden1 and hidden2.
template <class V, int Outputs, Slopes Kind>
FLATLINE_INLINE void firstBack(const EightWideRoom<V, Outputs, Kind>& room, int count,
                               [[maybe_unused]] typename V::Pair::F alpha, typename V::Pair::F& alphaGradient,
                               typename V::Pair::F (&weights)[eightWideInputs], typename V::Pair::F& bias,
                               typename V::Pair::F& upperBias) {
    using P = typename V::Pair;
    typename P::F sums[] = {weights[0], weights[1], bias, upperBias};
    auto sumAlpha = alphaGradient;
    EightWidePlaces<Outputs, Kind>::template eachPair<1>(count, [&](auto, std::ptrdiff_t at) FLATLINE_INLINE_LAMBDA {
        auto own = P::load(room.hidden1 + at);
        if constexpr (Kind == Slopes::Learnt)
            own = throughBent<P>(own, P::load(room.sums1 + at), alpha, sumAlpha);
        sums[0] = P::fma(P::unit(room.values + at, 0), own, sums[0]);
        sums[1] = P::fma(P::unit(room.values + at, 1), own, sums[1]);
        sums[2] = P::add(sums[2], own);
        sums[3] = P::add(sums[3], P::load(room.hidden2 + at));
    });
    weights[0] = sums[0];
    weights[1] = sums[1];
    bias = sums[2];
    upperBias = sums[3];
    alphaGradient = sumAlpha;
}

} // namespace flatline::kernels
