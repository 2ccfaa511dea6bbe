#pragma once

#include "core/kernels/batch.h"
#include "core/kernels/code/inline.h"

namespace flatline::kernels {

/// Where EightWidePass has the slopes of its hidden layers from: the signs of plain ReLU's outputs, an
/// ActivationKernel, or what is learnt: alpha where the sum is not above 0.
enum class Slopes { Relu, Listed, Learnt };

/// The sizes of EightWidePass and its places in the parameters, which stand one after the other.
template <int Outputs, Slopes Kind>
struct EightWidePlaces {
    static constexpr int inputs = eightWideInputs;
    static constexpr int units = mostNarrow;
    static constexpr int pair = 2 * units; ///< floats of two samples
    static constexpr int most = 16;        ///< samples at a time

    static constexpr int weight1 = 0;
    static constexpr int bias1 = weight1 + units * inputs;
    static constexpr int alpha1 = bias1 + units;
    static constexpr int weight2 = alpha1 + (Kind == Slopes::Learnt ? units : 0);
    static constexpr int bias2 = weight2 + units * units;
    static constexpr int alpha2 = bias2 + units;
    static constexpr int weight3 = alpha2 + (Kind == Slopes::Learnt ? units : 0);
    static constexpr int bias3 = weight3 + Outputs * units;

    /// body(Index<number of pairs>, place of the first in the values), one at a time, or two while there are two whole
    /// ones.
    template <int Together, class Body>
    static FLATLINE_INLINE void eachPair(int count, const Body& body) {
        const std::ptrdiff_t whole = static_cast<std::ptrdiff_t>(count / 2) * pair;
        const std::ptrdiff_t end = whole + count % 2 * pair;
        std::ptrdiff_t at = 0;
        if constexpr (Together == 2)
            for (; at + pair < whole; at += 2 * pair)
                body(Index<2>{}, at);
        for (; at < end; at += pair)
            body(Index<1>{}, at);
    }
};

/// What it knows of sixteen samples: pairs, and outputs with the samples in the lanes.
template <class V, int Outputs, Slopes Kind>
struct EightWideRoom {
    using P = typename V::Pair;
    using Places = EightWidePlaces<Outputs, Kind>;
    static constexpr int all = Places::most * Places::units;
    alignas(64) float values[all]; ///< of the inputs
    alignas(64) float hidden1[all];
    alignas(64) float hidden2[all]; ///< then the gradient of its sums
    alignas(64) float outputs[Outputs * Places::most];
    alignas(64) float outputGradients[Outputs * Places::most];
    alignas(64) float targets[Outputs * Places::most];
    alignas(64) std::int32_t labels[Places::most];
    alignas(64) float sums1[Kind == Slopes::Relu ? 1 : all]; ///< what f is applied to
    alignas(64) float sums2[Kind == Slopes::Relu ? 1 : all];
    alignas(64) float slopes1[Kind == Slopes::Listed ? all : 1];
    alignas(64) float slopes2[Kind == Slopes::Listed ? all : 1];

    // What is read, and does not count, beyond the last sample.
    FLATLINE_INLINE void clearTargets() {
        for (float& target : targets)
            target = 0.0F;
        for (std::int32_t& label : labels)
            label = 0;
    }
    FLATLINE_INLINE void clearHidden2(int count) {
        auto none = P::zero();
        P::keep(none); // or the compiler would call for so few bytes what clears many
        for (int s = (count + 1) / 2 * 2; s < Places::most; s += 2)
            P::store(hidden2 + s * Places::units, none);
    }
    template <class Target>
    FLATLINE_INLINE void gather(const float* rows, const int* chosen, int count, const Target* from, Target* to) {
        const auto put = [&](std::ptrdiff_t s, std::ptrdiff_t a, std::ptrdiff_t b) FLATLINE_INLINE_LAMBDA {
            P::storeTwo(to + s, from + a, from + b);
            P::storeInTurn2(values + s * Places::units, rows + Places::inputs * a, rows + Places::inputs * b);
        };
        std::ptrdiff_t s = 0;
        for (; s + 1 < count; s += 2)
            put(s, chosen[s], chosen[s + 1]);
        if (s < count)
            put(s, chosen[s], chosen[s]);
    }
};

} // namespace flatline::kernels
