#pragma once

#include "core/kernels/batch.h"
#include "core/kernels/code/lanes_code.h"

namespace flatline::kernels {

/// body(Index<strips of lanes>, first unit), up to four strips at a time: one's sums need not wait for another's.
template <class V, class Body>
FLATLINE_INLINE void eachStrip(int units, const Body& body) {
    int j = 0;
    for (; j + 3 * V::lanes < units; j += 4 * V::lanes)
        body(Index<4>{}, j);
    if (j + V::lanes < units) {
        body(Index<2>{}, j);
        j += 2 * V::lanes;
    }
    if (j < units)
        body(Index<1>{}, j);
}

/// body(strip, place) of those strips in all rows, the samples.
template <class V, int Strips, class Body>
FLATLINE_INLINE void eachRow(int samples, std::ptrdiff_t stride, int first, const Body& body) {
    for (int s = 0; s < samples; ++s)
        unrolled<Strips>([&](auto n) FLATLINE_INLINE_LAMBDA { body(n, s * stride + first + n * V::lanes); });
}

/// Sums over the rows, of even and of odd ones by themselves: neither chain has to wait for the other.
/// term(place, sum so far): the sum after that row.
template <class V, int Strips, class Term>
FLATLINE_INLINE void sumRows(int samples, std::ptrdiff_t stride, int first, typename V::F (&sums)[Strips],
                             const Term& term) {
    typename V::F odd[Strips];
    unrolled<Strips>([&](auto n) FLATLINE_INLINE_LAMBDA { sums[n] = odd[n] = V::zero(); });
    const auto add = [&](int s, typename V::F(&to)[Strips]) FLATLINE_INLINE_LAMBDA {
        unrolled<Strips>([&](auto n)
                             FLATLINE_INLINE_LAMBDA { to[n] = term(n, s * stride + first + n * V::lanes, to[n]); });
    };
    int s = 0;
    for (; s + 1 < samples; s += 2) {
        add(s, sums);
        add(s + 1, odd);
    }
    if (s < samples)
        add(s, sums);
    unrolled<Strips>([&](auto n) FLATLINE_INLINE_LAMBDA { sums[n] = V::add(sums[n], odd[n]); });
}

/// Batch norm of a batch in training, neurons in the lanes (formulas in core/network/batch_norm.h): fills the layer's
/// figures and `normalized`; `output` may be `input`.
template <class V>
void normalizeBatch(const BatchLayer& layer, const BatchPlan& plan, const float* parameters, int samples,
                    const float* input, float* output) {
    const std::ptrdiff_t stride = layer.unitStride;
    float* figures = layer.figures;
    copyShifted<V>(parameters + layer.gamma, layer.units, 0.0F, figures);
    copyShifted<V>(parameters + layer.beta, layer.units, 0.0F, figures + stride);
    const auto count = V::all(static_cast<float>(samples));
    eachStrip<V>(layer.units, [&](auto strips, int first) FLATLINE_INLINE_LAMBDA {
        typename V::F mean[strips], squares[strips], scale[strips], gamma[strips], beta[strips];
        sumRows<V, strips>(samples, stride, first, mean,
                           [&](auto, std::ptrdiff_t at, typename V::F sum)
                               FLATLINE_INLINE_LAMBDA { return V::add(sum, V::load(input + at)); });
        unrolled<strips>([&](auto n) FLATLINE_INLINE_LAMBDA { mean[n] = V::div(mean[n], count); });
        sumRows<V, strips>(samples, stride, first, squares,
                           [&](auto n, std::ptrdiff_t at, typename V::F sum) FLATLINE_INLINE_LAMBDA {
                               const auto away = V::sub(V::load(input + at), mean[n]);
                               V::store(layer.normalized + at, away);
                               return V::fma(away, away, sum);
                           });
        unrolled<strips>([&](auto n) FLATLINE_INLINE_LAMBDA {
            float* own = figures + first + n * V::lanes;
            const auto variance = V::div(squares[n], count);
            scale[n] = V::div(V::all(1.0F), V::sqrt(V::add(variance, V::all(plan.epsilon))));
            gamma[n] = V::load(own);
            beta[n] = V::load(own + stride);
            V::store(own + 2 * stride, mean[n]);
            V::store(own + 3 * stride, variance);
            V::store(own + 4 * stride, scale[n]);
        });
        eachRow<V, strips>(samples, stride, first, [&](auto n, std::ptrdiff_t at) FLATLINE_INLINE_LAMBDA {
            float* u = layer.normalized + at;
            const auto normal = V::mul(V::load(u), scale[n]);
            V::store(u, normal);
            V::store(output + at, V::fma(normal, gamma[n], beta[n]));
        });
    });
}

/// layer.gradients from d loss / d (batch norm's output) to d loss / d (its input), and the gradients of gamma and
/// beta. Beta's is 0 where it cancels: in all units, or in those that `straight` marks (null: none).
template <class V>
void normalizeBack(const BatchLayer& layer, int samples, float* gradient, bool cancels, const float* straight) {
    const std::ptrdiff_t stride = layer.unitStride;
    const auto share = V::all(1.0F / static_cast<float>(samples));
    eachStrip<V>(layer.units, [&](auto strips, int first) FLATLINE_INLINE_LAMBDA {
        typename V::F sum[strips], product[strips], mean[strips], along[strips], scale[strips];
        const auto gradientAt = [&](std::ptrdiff_t at) FLATLINE_INLINE_LAMBDA { return V::load(layer.gradients + at); };
        sumRows<V, strips>(samples, stride, first, sum,
                           [&](auto, std::ptrdiff_t at, typename V::F so)
                               FLATLINE_INLINE_LAMBDA { return V::add(so, gradientAt(at)); });
        sumRows<V, strips>(samples, stride, first, product,
                           [&](auto, std::ptrdiff_t at, typename V::F so) FLATLINE_INLINE_LAMBDA {
                               return V::fma(gradientAt(at), V::load(layer.normalized + at), so);
                           });
        unrolled<strips>([&](auto n) FLATLINE_INLINE_LAMBDA {
            const int j = first + n * V::lanes;
            mean[n] = V::mul(sum[n], share);
            along[n] = V::mul(V::neg(product[n]), share);
            scale[n] = V::mul(V::load(layer.figures + j), V::load(layer.figures + 4 * stride + j));
            if (straight != nullptr)
                sum[n] = V::bitAndNot(V::load(straight + j), sum[n]);
            V::storeSome(gradient + layer.gamma + j, product[n], layer.units - j);
            V::storeSome(gradient + layer.beta + j, cancels ? V::zero() : sum[n], layer.units - j);
        });
        eachRow<V, strips>(samples, stride, first, [&](auto n, std::ptrdiff_t at) FLATLINE_INLINE_LAMBDA {
            const auto rest = V::fma(V::load(layer.normalized + at), along[n], V::sub(gradientAt(at), mean[n]));
            V::store(layer.gradients + at, V::mul(rest, scale[n]));
        });
    });
}

/// Marks the units whose slope is the same on all of the batch.
template <class V>
void findStraight(const BatchLayer& layer, int samples) {
    for (int j = 0; j < layer.units; j += V::lanes) {
        const auto first = V::load(layer.slopes + j);
        auto same = V::equal(first, first);
        for (int s = 1; s < samples; ++s)
            same = V::bitAnd(same, V::equal(first, V::load(layer.slopes + s * layer.unitStride + j)));
        V::store(layer.straight + j, same);
    }
}

/// Whether the first `count` of them are marked.
template <class V>
bool allSet(const float* marks, int count) {
    for (int j = 0; j < count; j += V::lanes) {
        const int own = count - j < V::lanes ? count - j : V::lanes;
        const unsigned wanted = (1U << static_cast<unsigned>(own)) - 1U;
        if ((V::bits(V::load(marks + j)) & wanted) != wanted)
            return false;
    }
    return true;
}

/// Of a row: w . w, and w . dw in double, for it is what many terms leave of each other.
template <class V>
struct RowProducts {
    float length = 0.0F;
    double along = 0.0;

    static FLATLINE_INLINE RowProducts of(const float* w, const float* dw, int inputs) {
        auto lengths = V::zero();
        auto alongs = V::zeroDouble(), otherAlongs = alongs;
        int i = 0;
        for (; i + V::lanes <= inputs; i += V::lanes) {
            const auto own = V::load(w + i);
            const auto change = V::load(dw + i);
            lengths = V::fma(own, own, lengths);
            alongs = V::fmaDouble(V::low(own), V::low(change), alongs);
            otherAlongs = V::fmaDouble(V::high(own), V::high(change), otherAlongs);
        }
        RowProducts row{V::sum(lengths), sum(V::addDouble(alongs, otherAlongs))};
        for (; i < inputs; ++i) {
            row.length += w[i] * w[i];
            row.along += static_cast<double>(w[i]) * static_cast<double>(dw[i]);
        }
        return row;
    }
    static FLATLINE_INLINE double sum(typename V::D parts) {
        double lanes[V::lanes / 2];
        V::storeDouble(lanes, parts);
        double total = 0.0;
        for (const double lane : lanes)
            total += lane;
        return total;
    }
};

/// dw += amount w.
template <class V>
FLATLINE_INLINE void addRow(const float* w, float amount, int inputs, float* dw) {
    int i = 0;
    for (; i + V::lanes <= inputs; i += V::lanes)
        V::store(dw + i, V::fma(V::load(w + i), V::all(amount), V::load(dw + i)));
    for (; i < inputs; ++i)
        dw[i] += w[i] * amount;
}

/// What setRadialPart has to know of a unit: w . dw as it should be.
template <class V>
FLATLINE_INLINE typename V::F radialParts(const BatchLayer& layer, float epsilon, const float* gammaGradient, int j) {
    const auto scale = V::load(layer.figures + 4 * layer.unitStride + j);
    const auto factor = V::mul(V::mul(V::all(epsilon), V::mul(scale, scale)), V::load(layer.figures + j));
    return V::mul(factor, V::loadSome(gammaGradient + j, layer.units - j));
}

/// For up to eight inputs, with the units in the lanes: of rows so short sums across lanes would be the most. Weights
/// of 0 stay out of it.
template <class V>
void setNarrowRadialPart(const BatchLayer& layer, float epsilon, const float* weights, const float* gammaGradient,
                         float* gradient) {
    const std::ptrdiff_t inputs = layer.inputs;
    for (int first = 0; first < layer.units; first += 8) {
        const int rows = layer.units - first < 8 ? layer.units - first : 8;
        float w[64];
        float dw[64];
        float* own = gradient + first * inputs;
        V::transposeBlock(weights + first * inputs, inputs, rows, w, 8, layer.inputs);
        V::transposeBlock(own, inputs, rows, dw, 8, layer.inputs);
        for (int lane = 0; lane < rows; lane += V::lanes) {
            auto length = V::zero();
            const auto radial = radialParts<V>(layer, epsilon, gammaGradient, first + lane);
            auto low = V::low(V::neg(radial));
            auto high = V::high(V::neg(radial));
            for (std::ptrdiff_t i = lane; i < 8 * inputs; i += 8) {
                const auto weight = V::load(w + i);
                const auto change = V::load(dw + i);
                length = V::fma(weight, weight, length);
                low = V::fmaDouble(V::low(weight), V::low(change), low);
                high = V::fmaDouble(V::high(weight), V::high(change), high);
            }
            const auto amount = V::whereAbove0(V::div(V::neg(V::narrow(low, high)), length), length);
            for (std::ptrdiff_t i = lane; i < 8 * inputs; i += 8)
                V::store(dw + i, V::fma(V::load(w + i), amount, V::load(dw + i)));
        }
        transposeExact<V>(dw, 8, layer.inputs, rows, own);
    }
}

/// Batch norm before the activation leaves w . dw = epsilon scale^2 gamma sum(g u), sum(g u) being gamma's gradient:
/// the part of dw along w, which is rounding otherwise, is set to that (see Network).
template <class V>
void setRadialPart(const BatchLayer& layer, float epsilon, const float* weights, const float* gammaGradient,
                   float* gradient) {
    if (layer.inputs <= mostNarrow) {
        setNarrowRadialPart<V>(layer, epsilon, weights, gammaGradient, gradient);
        return;
    }
    constexpr int together = 8; // whose sums need not wait for each other's
    for (int first = 0; first < layer.units; first += together) {
        const int count = layer.units - first < together ? layer.units - first : together;
        float radial[together];
        float amounts[together];
        for (int j = 0; j < count; j += V::lanes)
            V::store(radial + j, radialParts<V>(layer, epsilon, gammaGradient, first + j));
        const float* w = weights + first * layer.inputs;
        float* dw = gradient + first * layer.inputs;
        for (int j = 0; j < count; ++j) {
            const auto row = RowProducts<V>::of(w + j * layer.inputs, dw + j * layer.inputs, layer.inputs);
            const auto excess = static_cast<float>(static_cast<double>(radial[j]) - row.along);
            amounts[j] = row.length > 0.0F ? excess / row.length : 0.0F;
        }
        for (int j = 0; j < count; ++j)
            addRow<V>(w + j * layer.inputs, amounts[j], layer.inputs, dw + j * layer.inputs);
    }
}

/// PReLU: each lane its own slope.
template <class V>
void leakyByLane(const BatchLayer& layer, int samples) {
    for (int j = 0; j < layer.units; j += V::lanes) {
        const auto alpha = V::load(layer.alphas + j);
        for (int s = 0; s < samples; ++s) {
            const std::ptrdiff_t at = s * layer.unitStride + j;
            const auto z = V::load(layer.preActivations + at);
            const auto below = V::lessEqual(z, V::zero());
            V::store(layer.activations + at, V::select(below, V::mul(alpha, z), z));
            V::store(layer.slopes + at, V::select(below, alpha, V::all(1.0F)));
        }
    }
}

/// d loss / d alpha = sum of g min(z, 0), g = d loss / d f(z); of even and of odd samples by themselves.
template <class V>
void slopeGradient(const BatchLayer& layer, int samples, float* gradient) {
    for (int j = 0; j < layer.units; j += V::lanes) {
        const auto added = [&](int s, typename V::F sum) FLATLINE_INLINE_LAMBDA {
            const std::ptrdiff_t at = s * layer.unitStride + j;
            const auto below = V::min(V::zero(), V::load(layer.preActivations + at));
            return V::fma(V::load(layer.gradients + at), below, sum);
        };
        auto even = V::zero();
        auto odd = V::zero();
        for (int s = 0; s < samples; s += 2) {
            even = added(s, even);
            if (s + 1 < samples)
                odd = added(s + 1, odd);
        }
        V::storeSome(gradient + j, V::add(even, odd), layer.units - j);
    }
}

} // namespace flatline::kernels
