#pragma once

#include "core/kernels/code/activations_code.h"
#include "core/kernels/code/loss_vectors_code.h"

namespace flatline::kernels {

/// sum_k (z_k - t_k)^2 / K,   d / d z_k = 2 (z_k - t_k) / K
template <class V>
struct LinearLoss {
    template <bool Single>
    struct Code {
        static FLATLINE_INLINE typename V::D add(typename V::D z, typename V::D t, typename V::D sum) {
            const auto error = V::subDouble(z, t);
            return V::fmaDouble(error, error, sum);
        }
        template <int Part>
        static FLATLINE_INLINE void at(const LossVector<V>& at, LossLanes<V>& lanes) {
            const int width = Single ? 1 : at.task.width;
            const auto scale = V::all(static_cast<float>(2.0 / width) * at.task.scale);
            auto low = Single ? lanes.sums[2 * Part] : V::zeroDouble();
            auto high = Single ? lanes.sums[2 * Part + 1] : V::zeroDouble();
            for (int k = 0; k < width; ++k) {
                const auto z = at.where(at.output(k));
                const auto t = at.where(at.target(k));
                low = add(V::low(z), V::low(t), low);
                high = add(V::high(z), V::high(t), high);
                if (at.task.gradient != nullptr)
                    at.gradient(k, V::mul(scale, V::sub(z, t)));
            }
            const auto share = V::allDouble(1.0 / width);
            lanes.sums[2 * Part] = Single ? low : V::fmaDouble(low, share, lanes.sums[2 * Part]);
            lanes.sums[2 * Part + 1] = Single ? high : V::fmaDouble(high, share, lanes.sums[2 * Part + 1]);
            if (at.task.countCorrect && at.task.labels != nullptr)
                at.countIn(lanes.correct, isCorrect<V>(at));
        }
    };
};

/// log(1 + e^-|z|) + (max(z, 0) - y z),   d / d z = s(z) - y. In brackets 0 or |z|: a small loss stays exact.
template <class V>
struct SigmoidLoss {
    template <int Part>
    static FLATLINE_INLINE void at(const LossVector<V>& at, LossLanes<V>& lanes) {
        const auto z = at.output(0);
        const auto label = V::toFloat(at.label());
        const SigmoidParts<V> s(z);
        const auto logarithm = at.where(plusZeroTimes<V>(z, logOnePlusFraction<V>(s.power)));
        const auto isSaid = V::equal(label, V::select(V::greater(z, V::zero()), V::all(1.0F), V::zero()));
        const auto away = at.where(V::bitAndNot(isSaid, V::abs(z)));
        auto& low = lanes.sums[2 * Part];
        auto& high = lanes.sums[2 * Part + 1];
        low = V::addDouble(low, V::addDouble(V::low(logarithm), V::low(away)));
        high = V::addDouble(high, V::addDouble(V::high(logarithm), V::high(away)));
        if (at.task.gradient != nullptr) {
            const auto scale = V::all(at.task.scale);
            at.gradient(0, V::sub(V::mul(scale, plusZeroTimes<V>(z, s.value)), V::mul(scale, label)));
        }
        if (at.task.countCorrect)
            at.countIn(lanes.correct, isSaid);
    }
};

/// log sum_k e^(z_k - m) - (z_y - m), m = max z;   d / d z_k = p_k - [k = y]. The largest term, exactly 1, is not
/// among `others`: log(1 + others) keeps a small loss exact.
template <class V>
struct SoftmaxLoss {
    using F = typename V::F;
    using I = typename V::I;

    template <int Part>
    static FLATLINE_INLINE void addLoss(const LossVector<V>& at, F logarithm, F own, F best, LossLanes<V>& lanes) {
        logarithm = at.where(logarithm);
        own = at.where(own);
        best = at.where(best);
        auto& low = lanes.sums[2 * Part];
        auto& high = lanes.sums[2 * Part + 1];
        low = V::addDouble(low, V::subDouble(V::low(logarithm), V::subDouble(V::low(own), V::low(best))));
        high = V::addDouble(high, V::subDouble(V::high(logarithm), V::subDouble(V::high(own), V::high(best))));
    }

    /// scale (p_k - [k = y]); rate = scale / (1 + others)
    static FLATLINE_INLINE void storeGradient(const LossVector<V>& at, int k, F power, F rate, I label) {
        const F own = V::bitAnd(at.same(label, V::allInt(k)), V::all(at.task.scale));
        at.gradient(k, V::sub(V::mul(power, rate), own));
    }

    struct Two {
        template <int Part>
        static FLATLINE_INLINE void at(const LossVector<V>& at, LossLanes<V>& lanes) {
            const F first = at.output(0);
            const F second = at.output(1);
            const I label = at.label();
            const F above = V::greater(second, first);
            const F best = V::select(above, second, first);
            const F finite = V::fma(V::zero(), second, V::mul(V::zero(), first)); // 0 or NaN
            const F power = exponential<V>(V::sub(V::select(above, first, second), best));
            const F others = V::add(power, finite);
            const F own = V::select(at.same(label, V::allInt(1)), second, first);
            addLoss<Part>(at, logOnePlusFraction<V>(others), own, best, lanes);
            if (at.task.gradient != nullptr) {
                const F one = V::all(1.0F);
                const F rate = V::div(V::all(at.task.scale), V::add(one, others));
                storeGradient(at, 0, V::select(above, power, one), rate, label);
                storeGradient(at, 1, V::select(above, one, power), rate, label);
            }
            if (at.task.countCorrect) // the mask is -1 where class 1 is said
                at.countIn(lanes.correct, at.same(V::addInt(V::asInt(above), label), V::allInt(0)));
        }
    };

    struct Many {
        template <int Part>
        static FLATLINE_INLINE void at(const LossVector<V>& at, LossLanes<V>& lanes) {
            const I label = at.label();
            F best = at.output(0);
            F own = best;
            F which = V::zero(); // the number's bits
            F finite = V::mul(V::zero(), best);
            for (int k = 1; k < at.task.width; ++k) {
                const F z = at.output(k);
                const I number = V::allInt(k);
                const F above = V::greater(z, best);
                best = V::select(above, z, best);
                which = V::select(above, V::asFloat(number), which);
                own = V::select(at.same(label, number), z, own);
                finite = V::fma(V::zero(), z, finite);
            }
            F others = V::zero();
            for (int k = 0; k < at.task.width; ++k) {
                const F power = exponential<V>(V::sub(at.output(k), best));
                const F isBest = at.same(V::asInt(which), V::allInt(k));
                others = V::add(others, V::bitAndNot(isBest, power));
                if (at.task.gradient != nullptr)
                    at.gradient(k, V::select(isBest, V::all(1.0F), power));
            }
            others = V::add(others, finite);
            addLoss<Part>(at, logOnePlus<V>(others), own, best, lanes);
            if (at.task.gradient != nullptr) {
                const F rate = V::div(V::all(at.task.scale), V::add(V::all(1.0F), others));
                for (int k = 0; k < at.task.width; ++k)
                    storeGradient(at, k, V::load(at.task.gradient + k * at.task.stride + at.first), rate, label);
            }
            if (at.task.countCorrect)
                at.countIn(lanes.correct, at.same(V::asInt(which), label));
        }
    };
};

/// ln(S / r_y) = log(1 + O / r_y), r = max(z, 0), S = sum of r, O = S - r_y:
///   d / d z_k = [z_k > 0] / S - [k = y] / r_y,   which for k = y is -O / (S r_y)
/// r_y = 0: infinite, counted, no gradient.
template <class V>
struct NormalizedLoss {
    using F = typename V::F;
    using I = typename V::I;
    using D = typename V::D;

    /// log(1 + x), x up to 2^290: beyond 2^120 it is log(x 2^-88) + 88 ln 2, and so on.
    static FLATLINE_INLINE F logOnePlusWide(D low, D high) {
        const D down = V::allDouble(0x1p-88);
        const D lower = V::mulDouble(low, down);
        const D higher = V::mulDouble(high, down);
        const F whole = V::narrow(low, high);
        const F reduced = V::narrow(lower, higher);
        const F twice = V::narrow(V::mulDouble(lower, down), V::mulDouble(higher, down));
        constexpr float limit = 0x1p120F;
        constexpr float shift = 60.9969519F; // 88 ln 2
        const F isWhole = V::less(whole, V::all(limit));
        const F isReduced = V::less(reduced, V::all(limit));
        const F rest = logOnePlus<V>(V::select(isWhole, whole, V::select(isReduced, reduced, twice)));
        return V::add(rest, V::bitAndNot(isWhole, V::select(isReduced, V::all(shift), V::all(2.0F * shift))));
    }

    template <int Part>
    static FLATLINE_INLINE void at(const LossVector<V>& at, LossLanes<V>& lanes) {
        const I label = at.label();
        F own = V::zero();
        F finite = V::zero(); // or NaN
        D low = V::zeroDouble();
        D high = V::zeroDouble(); // the others
        for (int k = 0; k < at.task.width; ++k) {
            const F z = at.where(at.output(k));
            const F isOwn = at.same(label, V::allInt(k));
            own = V::bitOr(own, V::bitAnd(isOwn, z));
            finite = V::fma(V::zero(), z, finite);
            const F other = V::bitAndNot(isOwn, V::max(V::zero(), z));
            low = V::addDouble(low, V::low(other));
            high = V::addDouble(high, V::high(other));
        }
        const F isFinite = V::equal(finite, V::zero());
        const F counts = V::bitAnd(isFinite, V::greater(own, V::zero()));
        const D lowOwn = V::low(own);
        const D highOwn = V::high(own);
        const D lowRatio = V::divDouble(low, lowOwn);
        const D highRatio = V::divDouble(high, highOwn);
        const F loss = V::add(V::bitAnd(counts, logOnePlusWide(lowRatio, highRatio)), finite);
        lanes.sums[2 * Part] = V::addDouble(lanes.sums[2 * Part], V::low(loss));
        lanes.sums[2 * Part + 1] = V::addDouble(lanes.sums[2 * Part + 1], V::high(loss));
        at.countIn(lanes.infinite, V::bitAnd(isFinite, V::lessEqual(own, V::zero())));
        if (at.task.countCorrect)
            at.countIn(lanes.correct, V::bitAnd(isFinite, isCorrect<V>(at)));
        if (at.task.gradient == nullptr)
            return;
        const D scale = V::allDouble(static_cast<double>(at.task.scale));
        const D lowRate = V::divDouble(scale, V::addDouble(low, lowOwn));
        const D highRate = V::divDouble(scale, V::addDouble(high, highOwn));
        const F rate = V::narrow(lowRate, highRate);
        const F ownRate = V::neg(V::narrow(V::mulDouble(lowRate, lowRatio), V::mulDouble(highRate, highRatio)));
        for (int k = 0; k < at.task.width; ++k) {
            const F other = V::bitAnd(V::greater(at.output(k), V::zero()), rate);
            const F slope = V::select(at.same(label, V::allInt(k)), ownRate, other);
            at.gradient(k, V::add(V::bitAnd(counts, slope), finite));
        }
    }
};

template <class V, class Code>
void addLosses(const LossTask& task, LossSums& sums) {
    LossLanes<V> lanes(sums);
    for (std::ptrdiff_t s = 0; s < task.count; s += 8)
        unrolled<LossLanes<V>::parts>([&](auto part) FLATLINE_INLINE_LAMBDA {
            Code::template at<part>(LossVector<V>(task, s + part * V::lanes), lanes);
        });
    lanes.storeTo(sums);
}

template <class V>
void linearLoss(const LossTask& task, LossSums& sums) {
    if (task.width == 1)
        addLosses<V, typename LinearLoss<V>::template Code<true>>(task, sums);
    else
        addLosses<V, typename LinearLoss<V>::template Code<false>>(task, sums);
}

template <class V>
void softmaxLoss(const LossTask& task, LossSums& sums) {
    if (task.width == 2)
        addLosses<V, typename SoftmaxLoss<V>::Two>(task, sums);
    else
        addLosses<V, typename SoftmaxLoss<V>::Many>(task, sums);
}

template <class V>
inline constexpr LossKernel lossRows[] = {
    {"softmax", softmaxLoss<V>},
    {"sigmoid", addLosses<V, SigmoidLoss<V>>},
    {"linear", linearLoss<V>},
    {"relu-normalized", addLosses<V, NormalizedLoss<V>>},
};

template <class V>
constexpr LossKernels lossKernels() {
    return {lossRows<V>, static_cast<int>(sizeof(lossRows<V>) / sizeof(LossKernel))};
}

} // namespace flatline::kernels
