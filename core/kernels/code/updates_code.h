#pragma once

#include "core/kernels/code/inline.h"
#include "core/kernels/updates.h"

namespace flatline::kernels {

/// Each rule works on one vector of parameters, from place i, and returns the next ones.
template <class V>
struct UpdateRule {
    using F = typename V::F;
    F rate, decay, forgotten;
    explicit FLATLINE_INLINE UpdateRule(const UpdateFigures& f)
        : rate(V::all(-f.rate))
        , decay(V::all(f.decay))
        , forgotten(V::all(f.forgotten)) {}
    FLATLINE_INLINE F remembered(F memory) const { return V::bitAndNot(V::less(V::abs(memory), forgotten), memory); }
    FLATLINE_INLINE F decayed(F p, const Update& u, std::ptrdiff_t i) const {
        return V::fma(decay, p, V::load(u.gradient + i));
    }
};

template <class V>
struct SgdRule : UpdateRule<V> {
    using F = typename V::F;
    static constexpr bool hasFirst = false;
    static constexpr bool hasSecond = false;
    explicit FLATLINE_INLINE SgdRule(const UpdateFigures& f)
        : UpdateRule<V>(f) {}
    FLATLINE_INLINE F step(const Update& u, std::ptrdiff_t i) const {
        const F p = V::load(u.parameters + i);
        return V::fma(this->rate, this->decayed(p, u, i), p);
    }
};

template <class V>
struct MomentumRule : UpdateRule<V> {
    using F = typename V::F;
    static constexpr bool hasFirst = true;
    static constexpr bool hasSecond = false;
    F keep;
    explicit FLATLINE_INLINE MomentumRule(const UpdateFigures& f)
        : UpdateRule<V>(f)
        , keep(V::all(f.keepFirst)) {}
    FLATLINE_INLINE F step(const Update& u, std::ptrdiff_t i) const {
        const F p = V::load(u.parameters + i);
        const F v = this->remembered(V::fma(keep, V::load(u.oldFirst + i), this->decayed(p, u, i)));
        V::store(u.first + i, v);
        return V::fma(this->rate, v, p);
    }
};

template <class V>
struct AdamRule : UpdateRule<V> {
    using F = typename V::F;
    static constexpr bool hasFirst = true;
    static constexpr bool hasSecond = true;
    F keep, keepFirst, freshFirst, keepSecond, freshSecond, correction, epsilon;
    explicit FLATLINE_INLINE AdamRule(const UpdateFigures& f)
        : UpdateRule<V>(f)
        , keep(V::all(f.keep))
        , keepFirst(V::all(f.keepFirst))
        , freshFirst(V::all(f.freshFirst))
        , keepSecond(V::all(f.keepSecond))
        , freshSecond(V::all(f.freshSecond))
        , correction(V::all(f.correction))
        , epsilon(V::all(f.epsilon)) {}
    FLATLINE_INLINE F step(const Update& u, std::ptrdiff_t i) const {
        const F g = V::load(u.gradient + i);
        const F m = this->remembered(V::fma(keepFirst, V::load(u.oldFirst + i), V::mul(freshFirst, g)));
        const F v = this->remembered(V::fma(keepSecond, V::load(u.oldSecond + i), V::mul(freshSecond, V::mul(g, g))));
        V::store(u.first + i, m);
        V::store(u.second + i, v);
        const F scale = V::div(this->rate, V::fma(V::sqrt(v), correction, epsilon)); // below 0
        return V::fma(m, scale, V::mul(keep, V::load(u.parameters + i)));
    }
};

template <class V>
struct RmspropRule : UpdateRule<V> {
    using F = typename V::F;
    static constexpr bool hasFirst = false;
    static constexpr bool hasSecond = true;
    F keepSecond, freshSecond, epsilon;
    explicit FLATLINE_INLINE RmspropRule(const UpdateFigures& f)
        : UpdateRule<V>(f)
        , keepSecond(V::all(f.keepSecond))
        , freshSecond(V::all(f.freshSecond))
        , epsilon(V::all(f.epsilon)) {}
    FLATLINE_INLINE F step(const Update& u, std::ptrdiff_t i) const {
        const F p = V::load(u.parameters + i);
        const F g = this->decayed(p, u, i);
        const F v = this->remembered(V::fma(keepSecond, V::load(u.oldSecond + i), V::mul(freshSecond, V::mul(g, g))));
        V::store(u.second + i, v);
        return V::add(p, V::div(V::mul(this->rate, g), V::add(V::sqrt(v), epsilon)));
    }
};

constexpr std::ptrdiff_t ahead = 512; // numbers: what a cold memory's answer takes
constexpr std::ptrdiff_t cold = 8192; // so many parameters: a log's memory for the next ones has left the caches

/// The last vector overlaps the one before where count is not a multiple of the lanes.
template <class V, class Rule>
FLATLINE_INLINE bool updateRun(const Update& update, const UpdateFigures& figures) {
    const Update u = update; // nothing that is stored can change it
    const Rule rule(figures);
    auto gone = V::zero(); // not 0 where a value is not finite
    const std::ptrdiff_t last = u.begin + u.count - V::lanes;
    const std::ptrdiff_t foreseen = u.count < cold ? u.begin : last - ahead;
    std::ptrdiff_t i = u.begin;
    for (; i < foreseen; i += V::lanes) {
        FLATLINE_SOON_WRITTEN(u.next + i + ahead);
        const auto next = rule.step(u, i);
        V::store(u.next + i, next);
        gone = V::bitOr(gone, V::sub(next, next));
    }
    for (; i <= last; i += V::lanes) {
        const auto next = rule.step(u, i);
        V::store(u.next + i, next);
        gone = V::bitOr(gone, V::sub(next, next));
    }
    if (u.count % V::lanes != 0) {
        const auto next = rule.step(u, last);
        V::store(u.next + last, next);
        gone = V::bitOr(gone, V::sub(next, next));
    }
    return V::bits(V::equal(gone, V::zero())) == (1U << static_cast<unsigned>(V::lanes)) - 1U;
}

/// Fewer than a vector, by way of padded copies.
template <class V, class Rule>
bool updateFew(const Update& u, const UpdateFigures& figures) {
    float copies[7][V::lanes] = {};
    for (std::ptrdiff_t i = 0; i < u.count; ++i) {
        copies[0][i] = u.parameters[u.begin + i];
        copies[1][i] = u.gradient[u.begin + i];
        if constexpr (Rule::hasFirst)
            copies[2][i] = u.oldFirst[u.begin + i];
        if constexpr (Rule::hasSecond)
            copies[3][i] = u.oldSecond[u.begin + i];
    }
    const bool finite = updateRun<V, Rule>(
        {copies[0], copies[1], copies[2], copies[3], copies[4], copies[5], copies[6], V::lanes, 0}, figures);
    for (std::ptrdiff_t i = 0; i < u.count; ++i) {
        u.next[u.begin + i] = copies[4][i];
        if constexpr (Rule::hasFirst)
            u.first[u.begin + i] = copies[5][i];
        if constexpr (Rule::hasSecond)
            u.second[u.begin + i] = copies[6][i];
    }
    return finite;
}

template <class V, template <class> class Rule>
bool update(const Update& u, const UpdateFigures& figures) {
    if (u.count >= V::lanes)
        return updateRun<V, Rule<V>>(u, figures);
    if constexpr (requires { typename V::Narrower; })
        return update<typename V::Narrower, Rule>(u, figures);
    else
        return updateFew<V, Rule<V>>(u, figures);
}

template <class V>
constexpr UpdateKernels updateKernels() {
    return {update<V, SgdRule>, update<V, MomentumRule>, update<V, AdamRule>, update<V, RmspropRule>};
}

} // namespace flatline::kernels
