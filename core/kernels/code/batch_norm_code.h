#pragma once

#include "core/kernels/batch.h"
#include "core/kernels/code/lanes_code.h"

namespace flatline::kernels {

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
    for (int j = 0; j < layer.units; j += V::lanes) {
        auto sum = V::zero();
        for (int s = 0; s < samples; ++s)
            sum = V::add(sum, V::load(input + s * stride + j));
        const auto mean = V::div(sum, count);
        auto squares = V::zero();
        for (int s = 0; s < samples; ++s) {
            const auto away = V::sub(V::load(input + s * stride + j), mean);
            squares = V::add(squares, V::mul(away, away));
            V::store(layer.normalized + s * stride + j, away);
        }
        const auto variance = V::div(squares, count);
        const auto scale = V::div(V::all(1.0F), V::sqrt(V::add(variance, V::all(plan.epsilon))));
        V::store(figures + 2 * stride + j, mean);
        V::store(figures + 3 * stride + j, variance);
        V::store(figures + 4 * stride + j, scale);
        const auto gamma = V::load(figures + j);
        const auto beta = V::load(figures + stride + j);
        for (int s = 0; s < samples; ++s) {
            float* u = layer.normalized + s * stride + j;
            const auto normal = V::mul(V::load(u), scale);
            V::store(u, normal);
            V::store(output + s * stride + j, V::add(V::mul(normal, gamma), beta));
        }
    }
}

/// layer.gradients from d loss / d (batch norm's output) to d loss / d (its input), and the gradients of gamma and
/// beta. Beta's is 0 where it cancels: in all units, or in those that `straight` marks (null: none).
template <class V>
void normalizeBack(const BatchLayer& layer, int samples, float* gradient, bool cancels, const float* straight) {
    const std::ptrdiff_t stride = layer.unitStride;
    const auto count = V::all(static_cast<float>(samples));
    for (int j = 0; j < layer.units; j += V::lanes) {
        auto sum = V::zero();
        auto product = V::zero();
        for (int s = 0; s < samples; ++s) {
            const auto g = V::load(layer.gradients + s * stride + j);
            sum = V::add(sum, g);
            product = V::add(product, V::mul(g, V::load(layer.normalized + s * stride + j)));
        }
        const auto mean = V::div(sum, count);
        const auto along = V::div(product, count);
        const auto scale = V::mul(V::load(layer.figures + j), V::load(layer.figures + 4 * stride + j));
        for (int s = 0; s < samples; ++s) {
            float* g = layer.gradients + s * stride + j;
            const auto normal = V::load(layer.normalized + s * stride + j);
            V::store(g, V::mul(V::sub(V::sub(V::load(g), mean), V::mul(normal, along)), scale));
        }
        if (straight != nullptr)
            sum = V::bitAndNot(V::load(straight + j), sum);
        V::storeSome(gradient + layer.gamma + j, product, layer.units - j);
        V::storeSome(gradient + layer.beta + j, cancels ? V::zero() : sum, layer.units - j);
    }
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

/// Batch norm before the activation leaves w . dw = epsilon scale^2 gamma sum(g u), sum(g u) being gamma's gradient:
/// the part of dw along w, which is rounding otherwise, is set to that (see Network).
template <class V>
void setRadialPart(const BatchLayer& layer, float epsilon, const float* weights, const float* gammaGradient,
                   float* gradient) {
    for (int j = 0; j < layer.units; ++j) {
        const float* w = weights + j * layer.inputs;
        float* dw = gradient + j * layer.inputs;
        double length = 0.0;
        double along = 0.0;
        for (int i = 0; i < layer.inputs; ++i) {
            length += static_cast<double>(w[i]) * static_cast<double>(w[i]);
            along += static_cast<double>(w[i]) * static_cast<double>(dw[i]);
        }
        if (!(length > 0.0))
            continue;
        const double scale = static_cast<double>(layer.figures[4 * layer.unitStride + j]);
        const double radial = static_cast<double>(epsilon) * scale * scale * static_cast<double>(layer.figures[j]) *
                              static_cast<double>(gammaGradient[j]);
        const double amount = (radial - along) / length;
        for (int i = 0; i < layer.inputs; ++i)
            dw[i] += static_cast<float>(static_cast<double>(w[i]) * amount);
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

/// d loss / d alpha = sum of g min(z, 0), g = d loss / d f(z).
template <class V>
void slopeGradient(const BatchLayer& layer, int samples, float* gradient) {
    for (int j = 0; j < layer.units; j += V::lanes) {
        auto sum = V::zero();
        for (int s = 0; s < samples; ++s) {
            const std::ptrdiff_t at = s * layer.unitStride + j;
            const auto z = V::load(layer.preActivations + at);
            sum = V::add(sum, V::mul(V::load(layer.gradients + at), V::min(V::zero(), z)));
        }
        V::storeSome(gradient + j, sum, layer.units - j);
    }
}

} // namespace flatline::kernels
