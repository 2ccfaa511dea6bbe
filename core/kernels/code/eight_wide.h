#pragma once

#include "core/kernels/code/batch_loss.h"
#include "core/kernels/code/eight_wide_back.h"
#include "core/kernels/code/eight_wide_room.h"
#include "core/kernels/code/gradient_giver.h"
#include "core/kernels/code/lanes_code.h"

namespace flatline::kernels {

/// A pass over a batch of a network 2-8-8-1 or 2-8-8-2 (BatchKernels::eightWide), whose sizes are known when the code
/// is compiled; Squared: of plain ReLU, one output and the squared loss. Samples go in pairs (PairOfSamples,
/// TwoRegisters); sixteen samples at a time go all the way through and back, with what they need on the stack. The last
/// one of an odd batch is paired with itself, and the copy sends back nothing. All sums have the order of
/// NarrowLayers', and so its bits; those over samples are the even ones' and the odd ones'.
template <class V, int Outputs, Slopes Kind, bool Squared, bool Decays>
struct EightWidePass {
    using F = typename V::F;
    using P = typename V::Pair;
    using W = typename P::F;
    using Places = EightWidePlaces<Outputs, Kind>;
    using Room = EightWideRoom<V, Outputs, Kind>;
    static constexpr int inputs = Places::inputs;
    static constexpr int units = Places::units;
    static constexpr int pair = Places::pair;
    static constexpr int most = Places::most;

    const float* parameters;
    GradientGiver<V, Decays> giver;
    W lowest = P::zero(); ///< of all hidden sums of ReLU
    bool finite = true;   ///< no other one is infinite; NaN shows by itself

    // The sums of the gradient.
    W sum1[inputs] = {P::zero(), P::zero()};
    W sumBias1 = P::zero();
    W sumAlpha1 = P::zero(); ///< of learnt slopes, as sumAlpha2
    W sum2[units];
    W sumBias2 = P::zero();
    W sumAlpha2 = P::zero();
    W sum3[Outputs];
    F sumBias3[Outputs];

    Room& room;

    FLATLINE_INLINE EightWidePass(const float* from, float* to, const Descent& descent, Room& with)
        : parameters(from)
        , giver(from, to, descent)
        , room(with) {
        unrolled<units>([&](auto j) FLATLINE_INLINE_LAMBDA { sum2[j] = P::zero(); });
        unrolled<Outputs>([&](auto o) FLATLINE_INLINE_LAMBDA {
            sum3[o] = P::zero();
            sumBias3[o] = V::zero();
        });
    }

    /// A hidden layer's sums; then(number of pairs in hand, place, outputs, or what f is still to be applied to).
    template <int Inputs, class Then>
    FLATLINE_INLINE void hidden(int count, int weight, int bias, float shift, const float* from, const Then& then) {
        W weights[Inputs];
        P::twiceColumns(parameters + weight, weights);
        const W start = P::twice(V::add(V::load(parameters + bias), V::all(shift)));
        W low = lowest;
        Places::template eachPair<P::together>(count, [&](auto together, std::ptrdiff_t at) FLATLINE_INLINE_LAMBDA {
            Chains<P, Inputs> sum[together];
            unrolled<Inputs>([&](auto i) FLATLINE_INLINE_LAMBDA {
                unrolled<together>([&](auto n) FLATLINE_INLINE_LAMBDA {
                    sum[n].template addTo<i>(weights[i], P::unit(from + at + n * pair, i), start);
                });
            });
            unrolled<together>([&](auto n) FLATLINE_INLINE_LAMBDA {
                W z = sum[n].sum();
                if constexpr (Kind == Slopes::Relu) {
                    low = P::min(z, low);
                    z = P::max(P::zero(), z); // NaN, being second, stays
                }
                then(together, at + n * pair, z);
            });
        });
        lowest = low;
    }

    /// A hidden layer's outputs; where it is not plain ReLU's, its sums, too, and the slopes that are listed.
    template <int Inputs>
    FLATLINE_INLINE void outputsOf(const BatchPlan& plan, int count, int weight, int bias, const float* from, float* to,
                                   float* sums, float* slopes) {
        [[maybe_unused]] const W alpha = alphaAt(bias + units);
        hidden<Inputs>(count, weight, bias, plan.biasShift, from,
                       [&](auto, std::ptrdiff_t at, W value) FLATLINE_INLINE_LAMBDA {
                           if constexpr (Kind != Slopes::Listed)
                               P::store(to + at, Kind == Slopes::Learnt ? bent<P>(value, alpha) : value);
                           if constexpr (Kind != Slopes::Relu)
                               P::store(sums + at, value);
                       });
        if constexpr (Kind != Slopes::Relu) {
            const std::ptrdiff_t numbers = static_cast<std::ptrdiff_t>((count + 1) / 2) * pair;
            finite = noInfinity<V>(sums, numbers) && finite;
            if constexpr (Kind == Slopes::Listed)
                plan.activation->valueAndSlope(sums, to, slopes, static_cast<std::size_t>(numbers), plan.figures);
        }
    }
    /// A layer's learnt slopes, which stand after its biases.
    [[nodiscard]] FLATLINE_INLINE W alphaAt(int place) const {
        if constexpr (Kind == Slopes::Learnt)
            return P::twice(V::load(parameters + place));
        else
            return P::zero();
    }

    /// The second layer, the output, its squared loss, and the way back to that layer, a pair at a time, with all of it
    /// in registers; of pairs that are one.
    FLATLINE_INLINE void squaredTop(int count, float shift, float lossScale) {
        const W weight = P::twice(V::load(parameters + Places::weight3));
        const W bias = P::all(parameters[Places::bias3]);
        const W scale = P::all(2.0F * lossScale);
        hidden<units>(count, Places::weight2, Places::bias2, shift, room.hidden1,
                      [&](auto together, std::ptrdiff_t at, W value) FLATLINE_INLINE_LAMBDA {
                          const std::ptrdiff_t s = at / units;
                          const W z = P::add(P::unitSums(P::mul(value, weight)), bias);
                          W own = P::mul(scale, P::sub(z, P::broadcast(room.targets + s)));
                          if constexpr (together == 1)
                              own = P::firstInTurn(own, count - s);
                          P::storeTwo(room.outputs + s, z);
                          P::storeTwo(room.outputGradients + s, own);
                          sum3[0] = P::fma(own, value, sum3[0]);
                          P::store(room.hidden2 + at, P::whereAbove0(P::mul(own, weight), value));
                      });
    }

    /// The same with any loss, a layer at a time.
    FLATLINE_INLINE void top(int count, const BatchPlan& plan, LossTask& loss, LossSums& sums) {
        outputsOf<units>(plan, count, Places::weight2, Places::bias2, room.hidden1, room.hidden2, room.sums2,
                         room.slopes2);
        room.clearHidden2(count);
        W block[units];
        P::separate(room.hidden2, block);
        unrolled<Outputs>([&](auto o) FLATLINE_INLINE_LAMBDA {
            W terms[units];
            unrolled<units>([&](auto i) FLATLINE_INLINE_LAMBDA {
                terms[i] = P::mul(block[i], P::all(parameters[Places::weight3 + o * units + i]));
            });
            P::store(room.outputs + o * most, P::add(sumOfEight<P>(terms), P::all(parameters[Places::bias3 + o])));
        });
        if constexpr (Squared) {
            const W own = P::mul(P::all(2.0F * loss.scale), P::sub(P::load(room.outputs), P::load(room.targets)));
            P::store(room.outputGradients, P::where(P::firstOf(count), own));
        } else {
            loss.count = count;
            plan.loss(loss, sums);
        }
        [[maybe_unused]] const W alpha = alphaAt(Places::alpha2);
        W weights[Outputs];
        unrolled<Outputs>([&](auto o) FLATLINE_INLINE_LAMBDA {
            weights[o] = P::twice(V::load(parameters + Places::weight3 + o * units));
        });
        Places::template eachPair<P::together>(count, [&](auto together, std::ptrdiff_t first) FLATLINE_INLINE_LAMBDA {
            unrolled<together>([&](auto n) FLATLINE_INLINE_LAMBDA {
                const std::ptrdiff_t at = first + n * pair;
                const W value = P::load(room.hidden2 + at);
                Chains<P, Outputs> sum;
                unrolled<Outputs>([&](auto o) FLATLINE_INLINE_LAMBDA {
                    const W own = P::broadcast(room.outputGradients + o * most + at / units);
                    sum3[o] = P::fma(own, value, sum3[o]);
                    sum.template addTo<o>(own, weights[o]);
                });
                if constexpr (Kind == Slopes::Learnt)
                    P::store(room.hidden2 + at, throughBent<P>(sum.sum(), P::load(room.sums2 + at), alpha, sumAlpha2));
                else
                    P::store(room.hidden2 + at, throughActivation<P, Kind>(sum.sum(), value, room.slopes2, at));
            });
        });
    }

    /// From the second layer's sums through the first one.
    FLATLINE_INLINE void back(int count) {
        if constexpr (P::apart) {
            backOfEveryOther<V, Outputs, Kind>(parameters, room, count, 0, sum2);
            backOfEveryOther<V, Outputs, Kind>(parameters, room, count, 1, sum2);
            firstBack<V, Outputs, Kind>(room, count, alphaAt(Places::alpha1), sumAlpha1, sum1, sumBias1, sumBias2);
        } else {
            backOfAll(count);
        }
    }
    /// All of it with a pair in registers.
    FLATLINE_INLINE void backOfAll(int count) {
        W weights[units];
        W sums[units];
        unrolled<units>([&](auto j) FLATLINE_INLINE_LAMBDA {
            weights[j] = P::twice(V::load(parameters + Places::weight2 + j * units));
            P::keep(weights[j]);
            sums[j] = sum2[j];
        });
        [[maybe_unused]] const W alpha = alphaAt(Places::alpha1);
        W bias = sumBias2, lowerBias = sumBias1, lower0 = sum1[0], lower1 = sum1[1];
        Places::template eachPair<P::together>(count, [&](auto together, std::ptrdiff_t first) FLATLINE_INLINE_LAMBDA {
            const float* at = room.hidden2 + first;
            const float* below = room.hidden1 + first;
            const float* x = room.values + first;
            W value[together];
            Chains<P, units> sum[together];
            unrolled<together>([&](auto n) FLATLINE_INLINE_LAMBDA { value[n] = P::load(below + n * pair); });
            unrolled<units>([&](auto j) FLATLINE_INLINE_LAMBDA {
                unrolled<together>([&](auto n) FLATLINE_INLINE_LAMBDA {
                    const W own = P::unit(at + n * pair, j);
                    sums[j] = P::fma(own, value[n], sums[j]);
                    sum[n].template addTo<j>(own, weights[j]);
                });
            });
            unrolled<together>([&](auto n) FLATLINE_INLINE_LAMBDA {
                const std::ptrdiff_t place = first + n * pair;
                W own;
                if constexpr (Kind == Slopes::Learnt)
                    own = throughBent<P>(sum[n].sum(), P::load(room.sums1 + place), alpha, sumAlpha1);
                else
                    own = throughActivation<P, Kind>(sum[n].sum(), value[n], room.slopes1, place);
                bias = P::add(bias, P::load(at + n * pair));
                lowerBias = P::add(lowerBias, own);
                lower0 = P::fma(P::unit(x + n * pair, 0), own, lower0);
                lower1 = P::fma(P::unit(x + n * pair, 1), own, lower1);
            });
        });
        unrolled<units>([&](auto j) FLATLINE_INLINE_LAMBDA { sum2[j] = sums[j]; });
        sumBias2 = bias;
        sumBias1 = lowerBias;
        sum1[0] = lower0;
        sum1[1] = lower1;
    }

    /// LinearLoss, and the gradient of the output's bias. Late, for it loads at once what was stored in parts.
    FLATLINE_INLINE void finishSquared(int count, typename P::D& losses) {
        const auto there = P::firstOf(count);
        const W z = P::where(there, P::load(room.outputs));
        const W t = P::where(there, P::load(room.targets));
        const auto low = P::subDouble(P::low(z), P::low(t));
        const auto high = P::subDouble(P::high(z), P::high(t));
        losses = P::fmaDouble(high, high, P::fmaDouble(low, low, losses));
        addOutputBias(count);
    }
    FLATLINE_INLINE void addOutputBias(int count) {
        const auto there = P::firstOf(count);
        unrolled<Outputs>([&](auto o) FLATLINE_INLINE_LAMBDA {
            const W g = P::where(there, P::load(room.outputGradients + o * most));
            sumBias3[o] = V::add(V::add(sumBias3[o], P::lowHalf(g)), P::highHalf(g));
        });
    }

    FLATLINE_INLINE void giveAll() {
        giver.template weights<P>(Places::weight1, P::joinedInTurn(sum1[0], sum1[1]));
        giver.biases(Places::bias1, P::joined(sumBias1));
        unrolled<units / 2>([&](auto j) FLATLINE_INLINE_LAMBDA {
            giver.template weights<P>(Places::weight2 + j * pair, P::joined(sum2[2 * j], sum2[2 * j + 1]));
        });
        giver.biases(Places::bias2, P::joined(sumBias2));
        if constexpr (Kind == Slopes::Learnt) {
            giver.slopes(Places::alpha1, P::joined(sumAlpha1));
            giver.slopes(Places::alpha2, P::joined(sumAlpha2));
        }
        unrolled<Outputs>([&](auto o) FLATLINE_INLINE_LAMBDA {
            giver.template weights<V>(Places::weight3 + o * units, P::joined(sum3[o]));
            giver.bias(Places::bias3 + o, V::sum(sumBias3[o]));
        });
    }

    FLATLINE_INLINE double run(const BatchPlan& plan, const int* chosen, int samples) {
        LossSums sums;
        LossTask loss = lossTask(plan, Outputs, samples);
        loss.outputs = room.outputs;
        loss.stride = most;
        loss.labels = plan.values == nullptr ? room.labels : nullptr;
        loss.values = plan.values == nullptr ? nullptr : room.targets;
        loss.valueStride = most;
        loss.gradient = room.outputGradients;
        auto losses = P::zeroDouble();
        if constexpr (!Squared || P::apart)
            room.clearTargets();
        for (int done = 0; done < samples; done += most) {
            int count = samples - done < most ? samples - done : most;
            if constexpr (P::apart)
                keepNumber(count);   // unrolled, loops would be too much code
            keepPointer(parameters); // what is made of them is not worth keeping from one time to the next
            if (plan.values == nullptr)
                room.gather(plan.rows, chosen + done, count, plan.labels, room.labels);
            else
                for (int o = 0; o < Outputs; ++o)
                    room.gather(plan.rows, chosen + done, count, plan.values + o * plan.valueStride,
                                room.targets + o * most);
            outputsOf<inputs>(plan, count, Places::weight1, Places::bias1, room.values, room.hidden1, room.sums1,
                              room.slopes1);
            if constexpr (Squared && !P::apart)
                squaredTop(count, plan.biasShift, loss.scale);
            else
                top(count, plan, loss, sums);
            back(count);
            if constexpr (Squared)
                finishSquared(count, losses);
            else
                addOutputBias(count);
        }
        giveAll();
        return Squared ? P::sumDouble(losses) : sums.total();
    }
    [[nodiscard]] FLATLINE_INLINE bool isFinite() const {
        return finite && P::noneBelow(lowest, -largestFinite) && giver.isFinite();
    }
};

} // namespace flatline::kernels
