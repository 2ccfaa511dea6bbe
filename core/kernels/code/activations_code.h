#pragma once

#include "core/kernels/activations.h"
#include "core/kernels/code/functions_code.h"

namespace flatline::kernels {

/// f(z) and f'(z). What is not asked for is never computed: all of it is inlined.
template <class V>
struct Bend {
    typename V::F value;
    typename V::F slope;
};

/// Below, 0 z is added where the reference does: what is not finite becomes NaN.
template <class V>
FLATLINE_INLINE typename V::F plusZeroTimes(typename V::F z, typename V::F f) {
    return V::fma(V::zero(), z, f);
}

template <class V>
struct IdentityCode {
    using F = typename V::F;
    static FLATLINE_INLINE Bend<V> at(F z, ActivationFigures) { return {z, plusZeroTimes<V>(z, V::all(1.0F))}; }
};

/// e = exp(-|z|), i = 1 / (1 + e):   s = i for z >= 0, else e i;   s' = e i^2
template <class V>
struct SigmoidParts {
    using F = typename V::F;
    F inverse;
    F small; ///< e i = s(-|z|)
    F value;
    F power;

    explicit FLATLINE_INLINE SigmoidParts(F z)
        : power(exponential<V>(V::bitOr(z, V::all(-0.0F)))) {
        inverse = V::div(V::all(1.0F), V::add(V::all(1.0F), power));
        small = V::mul(power, inverse);
        value = V::select(V::less(z, V::zero()), small, inverse);
    }
};

template <class V>
struct SigmoidCode {
    using F = typename V::F;
    static FLATLINE_INLINE Bend<V> at(F z, ActivationFigures) {
        const SigmoidParts<V> s(z);
        return {plusZeroTimes<V>(z, s.value), plusZeroTimes<V>(z, V::mul(s.small, s.inverse))};
    }
};

/// e = exp(-2 |z|), t = tanh |z| = (1 - e) / (1 + e);   tanh' = 4 e / (1 + e)^2 = e (1 + t)^2
template <class V>
struct TanhCode {
    using F = typename V::F;
    static FLATLINE_INLINE Bend<V> at(F z, ActivationFigures) {
        const PowerParts<V> parts = powerParts<V>(V::mul(V::all(-2.0F), V::abs(z)));
        const F below = powerMinusOne<V>(parts); // e - 1
        const F size = V::div(V::neg(below), V::add(V::all(2.0F), below));
        const F sign = V::bitAnd(z, V::all(-0.0F));
        const F sum = V::add(V::all(1.0F), size);
        return {plusZeroTimes<V>(z, V::bitOr(size, sign)),
                plusZeroTimes<V>(z, V::mul(power<V>(parts), V::mul(sum, sum)))};
    }
};

template <class V>
struct ReluCode {
    using F = typename V::F;
    static FLATLINE_INLINE Bend<V> at(F z, ActivationFigures p) {
        const F above = V::select(V::equal(z, V::zero()), V::all(p.slopeAtZero), V::all(1.0F));
        return {V::bitAndNot(V::lessEqual(z, V::zero()), z), V::bitAndNot(V::less(z, V::zero()), above)};
    }
};

template <class V>
struct LeakyReluCode {
    using F = typename V::F;
    static FLATLINE_INLINE Bend<V> at(F z, ActivationFigures p) {
        const auto below = V::lessEqual(z, V::zero());
        const F alpha = V::all(p.alpha);
        return {V::select(below, V::mul(alpha, z), z), V::select(below, alpha, V::all(1.0F))};
    }
};

template <class V>
struct EluCode {
    using F = typename V::F;
    static FLATLINE_INLINE Bend<V> at(F z, ActivationFigures p) {
        const F alpha = V::all(p.alpha);
        const auto above = V::greater(z, V::zero());
        const PowerParts<V> parts = powerParts<V>(V::bitOr(z, V::all(-0.0F)));
        const F below = plusZeroTimes<V>(z, V::mul(alpha, powerMinusOne<V>(parts)));
        const F slope = V::select(above, V::all(1.0F), V::mul(alpha, power<V>(parts)));
        return {V::select(V::lessEqual(V::zero(), z), z, below), plusZeroTimes<V>(z, slope)};
    }
};

/// m = -|z|, e = e^(-z^2 / 2), R = Phi(m) / e:   z Phi(z) = max(z, 0) + e m R;   Phi(z) + z phi(z) = s for z < 0, else
/// 1 - s, s = e (R + m / sqrt(2 pi)). In double up to the last rounding. m is -15 at least, where all of it vanishes.
template <class V>
struct GeluCode {
    using F = typename V::F;
    using D = typename V::D;
    struct Half {
        D value;
        D slope;
    };
    static FLATLINE_INLINE Half half(D m, D positive) {
        const Normal<V> at = normal<V>(m);
        const D slope = V::fmaDouble(m, V::allDouble(0.39894228040143268), at.ratio);
        return {V::fmaDouble(at.power, V::mulDouble(m, at.ratio), positive), V::mulDouble(at.power, slope)};
    }
    static FLATLINE_INLINE Bend<V> at(F z, ActivationFigures) {
        const F m = V::max(V::all(-15.0F), V::bitOr(z, V::all(-0.0F))); // NaN, being second, stays
        const F positive = V::max(V::zero(), z);
        const Half low = half(V::low(m), V::low(positive));
        const Half high = half(V::high(m), V::high(positive));
        const F below = V::narrow(low.slope, high.slope);
        const F slope = V::select(V::less(z, V::zero()), below, V::sub(V::all(1.0F), below));
        return {plusZeroTimes<V>(z, V::narrow(low.value, high.value)), plusZeroTimes<V>(z, slope)};
    }
};

/// log(1 + e^z) = max(z, 0) + log(1 + exp(-|z|)), and the sigmoid
template <class V>
struct SoftplusCode {
    using F = typename V::F;
    static FLATLINE_INLINE Bend<V> at(F z, ActivationFigures) {
        const SigmoidParts<V> s(z);
        const F value = V::add(V::max(V::zero(), z), logOnePlusFraction<V>(s.power));
        return {plusZeroTimes<V>(z, value), plusZeroTimes<V>(z, s.value)};
    }
};

/// z s(z), and s + z s'
template <class V>
struct SiluCode {
    using F = typename V::F;
    static FLATLINE_INLINE Bend<V> at(F z, ActivationFigures) {
        const SigmoidParts<V> s(z);
        const F value = plusZeroTimes<V>(z, s.value);
        return {V::mul(value, z), V::fma(z, V::mul(s.small, s.inverse), s.value)};
    }
};

/// Runs over an array; Value and Slope: what is wanted. The last vector overlaps the one before where count is not a
/// multiple of the lanes; it is read before that one is written, in case an output is z.
template <class V, class Code, bool Value, bool Slope>
struct ActivationSweep {
    /// What was stored just before in smaller registers, where one load would have to wait for that.
    static FLATLINE_INLINE typename V::F load(const float* z) {
        if constexpr (requires { V::loadHalves(z); })
            return V::loadHalves(z);
        else
            return V::load(z);
    }
    static FLATLINE_INLINE void store(typename V::F z, float* h, float* slope, std::size_t at, ActivationFigures p) {
        const Bend<V> bend = Code::at(z, p);
        if constexpr (Value)
            V::store(h + at, bend.value);
        if constexpr (Slope)
            V::store(slope + at, bend.slope);
    }

    static void runShort(const float* z, float* h, float* slope, std::size_t count, ActivationFigures p) {
        float inputs[V::lanes] = {};
        float values[V::lanes];
        float slopes[V::lanes];
        for (std::size_t i = 0; i < count; ++i)
            inputs[i] = z[i];
        store(V::load(inputs), values, slopes, 0, p);
        for (std::size_t i = 0; i < count; ++i) {
            if constexpr (Value)
                h[i] = values[i];
            if constexpr (Slope)
                slope[i] = slopes[i];
        }
    }

    static void run(const float* z, float* h, float* slope, std::size_t count, ActivationFigures p) {
        constexpr auto lanes = static_cast<std::size_t>(V::lanes);
        if (count < lanes) {
            runShort(z, h, slope, count, p);
            return;
        }
        const std::size_t last = count - lanes;
        const auto end = load(z + last);
        for (std::size_t i = 0; i < last; i += lanes)
            store(load(z + i), h, slope, i, p);
        store(end, h, slope, last, p);
    }
};

template <class V, class Code>
void activationValue(const float* z, float* h, std::size_t count, ActivationFigures p) {
    ActivationSweep<V, Code, true, false>::run(z, h, nullptr, count, p);
}
template <class V, class Code>
void activationSlope(const float* z, float* slope, std::size_t count, ActivationFigures p) {
    ActivationSweep<V, Code, false, true>::run(z, nullptr, slope, count, p);
}
template <class V, class Code>
void activationBoth(const float* z, float* h, float* slope, std::size_t count, ActivationFigures p) {
    ActivationSweep<V, Code, true, true>::run(z, h, slope, count, p);
}

template <class V, class Code>
constexpr ActivationKernel activationKernel(const char* id, bool isRelu = false) {
    return {id, isRelu, activationValue<V, Code>, activationSlope<V, Code>, activationBoth<V, Code>};
}

template <class V>
inline constexpr ActivationKernel activationRows[] = {
    activationKernel<V, IdentityCode<V>>("identity"),
    activationKernel<V, SigmoidCode<V>>("sigmoid"),
    activationKernel<V, TanhCode<V>>("tanh"),
    activationKernel<V, ReluCode<V>>("relu", true),
    activationKernel<V, LeakyReluCode<V>>("leaky-relu"),
    activationKernel<V, LeakyReluCode<V>>("prelu"),
    activationKernel<V, EluCode<V>>("elu"),
    activationKernel<V, GeluCode<V>>("gelu"),
    activationKernel<V, SoftplusCode<V>>("softplus"),
    activationKernel<V, SiluCode<V>>("silu"),
};

template <class V>
constexpr ActivationKernels activationKernels() {
    return {activationRows<V>, static_cast<int>(sizeof(activationRows<V>) / sizeof(ActivationKernel))};
}

} // namespace flatline::kernels
