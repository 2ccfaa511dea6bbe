#pragma once

#include "core/kernels/code/inline.h"

#include <cstdint>

namespace flatline::kernels {

template <class V>
struct Singles {
    using Number = float;
    using T = typename V::F;
    static FLATLINE_INLINE T all(float x) { return V::all(x); }
    static FLATLINE_INLINE T mul(T a, T b) { return V::mul(a, b); }
    static FLATLINE_INLINE T fma(T a, T b, T c) { return V::fma(a, b, c); }
};
template <class V>
struct Doubles {
    using Number = double;
    using T = typename V::D;
    static FLATLINE_INLINE T all(double x) { return V::allDouble(x); }
    static FLATLINE_INLINE T mul(T a, T b) { return V::mulDouble(a, b); }
    static FLATLINE_INLINE T fma(T a, T b, T c) { return V::fmaDouble(a, b, c); }
};

/// c[From] + c[From + 2] y + c[From + 4] y^2 + ..., as far as there are Count.
template <class Ops, int From, int Count>
FLATLINE_INLINE typename Ops::T everySecond(const typename Ops::Number (&c)[Count], typename Ops::T y) {
    if constexpr (From + 2 >= Count)
        return Ops::all(c[From]);
    else
        return Ops::fma(everySecond<Ops, From + 2>(c, y), y, Ops::all(c[From]));
}

/// c[0] + c[1] x + ... + c[Count - 1] x^(Count - 1): even and odd powers, which need not wait for each other.
template <class Ops, int Count>
FLATLINE_INLINE typename Ops::T polynomial(const typename Ops::Number (&c)[Count], typename Ops::T x) {
    const auto square = Ops::mul(x, x);
    return Ops::fma(everySecond<Ops, 1>(c, square), x, everySecond<Ops, 0>(c, square));
}

/// e^x = 2^-64 scale (1 + rest) for x <= 0:   n = x / ln 2 rounded, r = x - n ln 2 (ln 2 in two parts, Cody and Waite),
/// scale = 2^(n + 64), which no x makes denormal, rest = e^r - 1 = r + r^2 P(r), |r| <= ln 2 / 2. P by Remez exchange:
/// its error is 1.4e-8 of e^r - 1. Below -104, where e^x rounds to 0, x is taken as -104. NaN stays.
template <class V>
struct PowerParts {
    typename V::F scale;
    typename V::F rest;
};

template <class V>
FLATLINE_INLINE PowerParts<V> powerParts(typename V::F x) {
    constexpr float coefficients[] = {0.4999999815F, 0.1666654363F, 0.04166719979F, 0.008366519306F, 0.001388252215F};
    constexpr float rounder = 12582912.0F; // 1.5 * 2^23: what is added to it is rounded to a whole number
    constexpr float biased = rounder + 127.0F + 64.0F;
    x = V::max(V::all(-104.0F), x);
    const auto shifted = V::fma(x, V::all(1.44269504F), V::all(biased));
    const auto n = V::sub(shifted, V::all(biased));
    auto r = V::fma(n, V::all(-0.693359375F), x);
    r = V::fma(n, V::all(2.12194440e-4F), r);
    const auto rest = V::fma(V::mul(r, r), polynomial<Singles<V>>(coefficients, r), r);
    return {V::asFloat(V::template shiftLeft<23>(V::asInt(shifted))), rest};
}

inline constexpr float unscale = 5.42101086e-20F; // 2^-64

/// e^x for x <= 0, rounded once into the denormal numbers and to 0.
template <class V>
FLATLINE_INLINE typename V::F power(const PowerParts<V>& parts) {
    return V::mul(V::fma(parts.rest, parts.scale, parts.scale), V::all(unscale));
}
template <class V>
FLATLINE_INLINE typename V::F exponential(typename V::F x) {
    return power<V>(powerParts<V>(x));
}

/// e^x - 1 for x <= 0.
template <class V>
FLATLINE_INLINE typename V::F powerMinusOne(const PowerParts<V>& parts) {
    const auto scale = V::mul(parts.scale, V::all(unscale));
    return V::fma(parts.rest, scale, V::sub(scale, V::all(1.0F)));
}

/// log(1 + x) for 0 <= x < 2^126: k such that (1 + x) / 2^k = 1 + f lies between sqrt(1/2) and sqrt(2),
///   log(1 + x) = k ln 2 + f - f^2 / 2 + f^3 P(f),   f = x / 2^k + (1 / 2^k - 1), exact for k = 0
/// P by Remez exchange: its error is 6e-9 of log(1 + f). NaN stays.
template <class V>
FLATLINE_INLINE typename V::F logOnePlus(typename V::F x) {
    constexpr float coefficients[] = {0.3333333171F, -0.2500082102F, 0.200012269F, -0.1662335781F,
                                      0.1420175789F, -0.1316017825F, 0.127615758F, -0.07634504917F};
    constexpr std::int32_t rootOfHalf = 0x3f3504f3; // its bits
    const auto bits = V::asInt(V::add(V::all(1.0F), x));
    const auto k = V::template shiftRight<23>(V::subInt(bits, V::allInt(rootOfHalf)));
    const auto inverse = V::asFloat(V::template shiftLeft<23>(V::subInt(V::allInt(127), k))); // 2^-k
    const auto f = V::fma(x, inverse, V::sub(inverse, V::all(1.0F)));
    const auto powers = V::toFloat(k);
    const auto square = V::mul(f, f);
    auto rest = V::mul(V::mul(f, square), polynomial<Singles<V>>(coefficients, f));
    rest = V::fma(powers, V::all(-2.12194440e-4F), rest);
    rest = V::fma(square, V::all(-0.5F), rest);
    return V::fma(powers, V::all(0.693359375F), V::add(f, rest));
}

/// log(1 + x) for 0 <= x <= 1:   x + x^2 P(x - 1 / 2). P by Remez exchange: its error is 5.2e-9 of log(1 + x). NaN
/// stays.
template <class V>
FLATLINE_INLINE typename V::F logOnePlusFraction(typename V::F x) {
    constexpr float coefficients[] = {-0.3781395594F,  0.1792248861F,   -0.09323185615F,
                                      0.05108906052F,  -0.02890499967F, 0.01665696718F,
                                      -0.01017768419F, 0.006930761041F, -0.003318572124F};
    const auto away = polynomial<Singles<V>>(coefficients, V::sub(x, V::all(0.5F)));
    return V::fma(V::mul(x, x), away, x);
}

/// The standard normal at z, -15 <= z <= 0, in double:   power = e^(-z^2 / 2),   ratio = Phi(z) / power = t P(t),
/// t = 1 / (1 - 0.3 z). P by Remez exchange: its error is 3.5e-9 of the ratio. As above, power = 2^n Q(z^2 + n 2 ln 2),
/// the argument of Q being -2 r: its error is 1.9e-9. NaN stays.
template <class V>
struct Normal {
    typename V::D power;
    typename V::D ratio;
};

template <class V>
FLATLINE_INLINE Normal<V> normal(typename V::D z) {
    constexpr double powerTerms[] = {1.000000000554612,    -0.5000000181723823,   0.12499998018767346,
                                     -0.02083302508997348, 0.0026042641369864858, -0.00026171325186370785,
                                     2.162005569419636e-05};
    constexpr double ratioTerms[] = {0.11968671663985400166,  0.11957131832266162941,  0.1102393388546213937,
                                     0.078372265550298469972, 0.096204786550252996,    -0.079508892050830393,
                                     0.19188295021266019158,  -0.22828452475666394239, 0.11246467876719962176,
                                     -0.02062863982280263922};
    constexpr double rounder = 6755399441055744.0 + 1023.0; // 1.5 * 2^52, and the exponent's bias
    const auto square = V::mulDouble(z, z);
    const auto shifted = V::fmaDouble(square, V::allDouble(-0.72134752044448170), V::allDouble(rounder));
    const auto n = V::subDouble(shifted, V::allDouble(rounder));
    const auto rest = V::fmaDouble(n, V::allDouble(1.3862943611198906), square);
    const auto one = V::allDouble(1.0);
    const auto t = V::divDouble(one, V::fmaDouble(z, V::allDouble(-0.3), one));
    return {V::mulDouble(polynomial<Doubles<V>>(powerTerms, rest), V::lowBitsAsPower(shifted)),
            V::mulDouble(polynomial<Doubles<V>>(ratioTerms, t), t)};
}

} // namespace flatline::kernels
