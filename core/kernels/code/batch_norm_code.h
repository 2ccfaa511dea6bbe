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
        typename V::F sum[strips], mean[strips], squares[strips], scale[strips], gamma[strips], beta[strips];
        unrolled<strips>([&](auto n) FLATLINE_INLINE_LAMBDA { sum[n] = squares[n] = V::zero(); });
        eachRow<V, strips>(samples, stride, first, [&](auto n, std::ptrdiff_t at) FLATLINE_INLINE_LAMBDA {
            sum[n] = V::add(sum[n], V::load(input + at));
        });
        unrolled<strips>([&](auto n) FLATLINE_INLINE_LAMBDA { mean[n] = V::div(sum[n], count); });
        eachRow<V, strips>(samples, stride, first, [&](auto n, std::ptrdiff_t at) FLATLINE_INLINE_LAMBDA {
            const auto away = V::sub(V::load(input + at), mean[n]);
            squares[n] = V::add(squares[n], V::mul(away, away));
            V::store(layer.normalized + at, away);
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
            V::store(output + at, V::add(V::mul(normal, gamma[n]), beta[n]));
        });
    });
}

/// layer.gradients from d loss / d (batch norm's output) to d loss / d (its input), and the gradients of gamma and
/// beta. Beta's is 0 where it cancels: in all units, or in those that `straight` marks (null: none).
template <class V>
void normalizeBack(const BatchLayer& layer, int samples, float* gradient, bool cancels, const float* straight) {
    const std::ptrdiff_t stride = layer.unitStride;
    const auto count = V::all(static_cast<float>(samples));
    eachStrip<V>(layer.units, [&](auto strips, int first) FLATLINE_INLINE_LAMBDA {
        typename V::F sum[strips], product[strips], mean[strips], along[strips], scale[strips];
        unrolled<strips>([&](auto n) FLATLINE_INLINE_LAMBDA { sum[n] = product[n] = V::zero(); });
        eachRow<V, strips>(samples, stride, first, [&](auto n, std::ptrdiff_t at) FLATLINE_INLINE_LAMBDA {
            const auto g = V::load(layer.gradients + at);
            sum[n] = V::add(sum[n], g);
            product[n] = V::add(product[n], V::mul(g, V::load(layer.normalized + at)));
        });
        unrolled<strips>([&](auto n) FLATLINE_INLINE_LAMBDA {
            const int j = first + n * V::lanes;
            mean[n] = V::div(sum[n], count);
            along[n] = V::div(product[n], count);
            scale[n] = V::mul(V::load(layer.figures + j), V::load(layer.figures + 4 * stride + j));
            if (straight != nullptr)
                sum[n] = V::bitAndNot(V::load(straight + j), sum[n]);
            V::storeSome(gradient + layer.gamma + j, product[n], layer.units - j);
            V::storeSome(gradient + layer.beta + j, cancels ? V::zero() : sum[n], layer.units - j);
        });
        eachRow<V, strips>(samples, stride, first, [&](auto n, std::ptrdiff_t at) FLATLINE_INLINE_LAMBDA {
            float* g = layer.gradients + at;
            const auto normal = V::load(layer.normalized + at);
            V::store(g, V::mul(V::sub(V::sub(V::load(g), mean[n]), V::mul(normal, along[n])), scale[n]));
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

/// w . w and w . dw of a row, in double.
template <class V>
struct RowProducts {
    double length = 0.0;
    double along = 0.0;

    static FLATLINE_INLINE RowProducts of(const float* w, const float* dw, int inputs) {
        auto lengths = V::zeroDouble(), otherLengths = lengths, alongs = lengths, otherAlongs = lengths;
        int i = 0;
        for (; i + V::lanes <= inputs; i += V::lanes) {
            const auto own = V::load(w + i);
            const auto change = V::load(dw + i);
            lengths = V::fmaDouble(V::low(own), V::low(own), lengths);
            otherLengths = V::fmaDouble(V::high(own), V::high(own), otherLengths);
            alongs = V::fmaDouble(V::low(own), V::low(change), alongs);
            otherAlongs = V::fmaDouble(V::high(own), V::high(change), otherAlongs);
        }
        RowProducts row;
        if (i > 0)
            row = {sum(V::addDouble(lengths, otherLengths)), sum(V::addDouble(alongs, otherAlongs))};
        for (; i < inputs; ++i) {
            row.length += static_cast<double>(w[i]) * static_cast<double>(w[i]);
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
FLATLINE_INLINE void addRow(const float* w, double amount, int inputs, float* dw) {
    const auto all = V::allDouble(amount);
    int i = 0;
    for (; i + V::lanes <= inputs; i += V::lanes) {
        const auto own = V::load(w + i);
        const auto change = V::narrow(V::mulDouble(V::low(own), all), V::mulDouble(V::high(own), all));
        V::store(dw + i, V::add(V::load(dw + i), change));
    }
    for (; i < inputs; ++i)
        dw[i] += static_cast<float>(static_cast<double>(w[i]) * amount);
}

/// Batch norm before the activation leaves w . dw = epsilon scale^2 gamma sum(g u), sum(g u) being gamma's gradient:
/// the part of dw along w, which is rounding otherwise, is set to that (see Network).
template <class V>
void setRadialPart(const BatchLayer& layer, float epsilon, const float* weights, const float* gammaGradient,
                   float* gradient) {
    constexpr int together = 8; // whose sums need not wait for each other's
    for (int first = 0; first < layer.units; first += together) {
        const int end = layer.units - first < together ? layer.units : first + together;
        double amounts[together];
        for (int j = first; j < end; ++j) {
            const auto row = RowProducts<V>::of(weights + j * layer.inputs, gradient + j * layer.inputs, layer.inputs);
            const double scale = static_cast<double>(layer.figures[4 * layer.unitStride + j]);
            const double radial = static_cast<double>(epsilon) * scale * scale * static_cast<double>(layer.figures[j]) *
                                  static_cast<double>(gammaGradient[j]);
            amounts[j - first] = row.length > 0.0 ? (radial - row.along) / row.length : 0.0;
        }
        for (int j = first; j < end; ++j)
            addRow<V>(weights + j * layer.inputs, amounts[j - first], layer.inputs, gradient + j * layer.inputs);
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
