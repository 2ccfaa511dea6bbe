#pragma once

#include "core/kernels/code/batch_loss.h"
#include "core/kernels/code/batch_norm_code.h"
#include "core/kernels/code/narrow_layers.h"
#include "core/kernels/code/sample_lanes.h"
#include "core/kernels/code/wide_layers.h"

namespace flatline::kernels {

/// Forward and backward over a batch, neurons in the lanes. Layers: what is done with one layer's weights.
template <class V, class Layers>
struct BatchPass {
    using F = typename V::F;
    const BatchTask& task;
    const BatchPlan& plan;

    /// The chosen samples' inputs and targets.
    FLATLINE_INLINE void gather(const int* chosen) const {
        if (plan.values == nullptr) {
            gather(chosen, plan.labels, plan.batchLabels);
            return;
        }
        gather(chosen, plan.values, plan.batchValues);
        gatherOtherValues(task, chosen);
    }
    template <class Target>
    FLATLINE_INLINE void gather(const int* chosen, const Target* targets, Target* batchTargets) const {
        const std::ptrdiff_t width = task.first->inputs;
        const std::ptrdiff_t stride = task.first->inputStride;
        const std::ptrdiff_t samples = task.samples;
        const float* rows = plan.rows;
        float* inputs = plan.inputs;
        for (std::ptrdiff_t s = 0; s < samples; ++s, inputs += stride) {
            const std::ptrdiff_t sample = chosen[s];
            batchTargets[s] = targets[sample];
            V::store(inputs, V::load(rows + sample * width));
        }
        for (std::ptrdiff_t i = V::lanes; i < width; i += V::lanes)
            for (std::ptrdiff_t s = 0; s < samples; ++s)
                V::store(plan.inputs + s * stride + i, V::load(rows + chosen[s] * width + i));
    }

    void normalize(const BatchLayer& layer, const float* input, float* output) const {
        inWidest<V>(layer.units, [&](auto registers) {
            normalizeBatch<decltype(registers)>(layer, plan, task.parameters, task.samples, input, output);
        });
    }
    void normalizeBackwards(const BatchLayer& layer, bool cancels, const float* straight) const {
        inWidest<V>(layer.units, [&](auto registers) {
            normalizeBack<decltype(registers)>(layer, task.samples, task.gradient, cancels, straight);
        });
    }

    /// z, f(z) and f'(z) of a layer that is not plain ReLU. Returns whether no z is infinite; NaN shows by itself.
    bool activate(const BatchLayer& layer) const {
        const std::ptrdiff_t count = task.samples * layer.unitStride;
        if (plan.norm == Norm::Before)
            normalize(layer, layer.preActivations, layer.preActivations);
        bool finite = true;
        inWidest<V>(count,
                    [&](auto registers) { finite = noInfinity<decltype(registers)>(layer.preActivations, count); });
        if (plan.learntSlopes) {
            copyShifted<V>(task.parameters + layer.alpha, layer.units, 0.0F, layer.alphas);
            inWidest<V>(layer.units, [&](auto registers) { leakyByLane<decltype(registers)>(layer, task.samples); });
        } else {
            plan.activation->valueAndSlope(layer.preActivations, layer.activations, layer.slopes,
                                           static_cast<std::size_t>(count), plan.figures);
        }
        if (plan.norm == Norm::After)
            normalize(layer, layer.activations, layer.outputs);
        return finite;
    }

    FLATLINE_INLINE bool forward() const {
        bool finite = true;
        if (plan.relu)
            for (const BatchLayer* layer = task.first; layer != task.last; ++layer)
                Layers::relu(task, *layer);
        else
            for (const BatchLayer* layer = task.first; layer != task.last; ++layer) {
                Layers::sums(task, *layer);
                finite = activate(*layer) && finite;
            }
        Layers::outputs(task, *task.last);
        return finite;
    }

    /// From d loss / d (what the layer hands on) to d loss / d (its sums), as far as the layer above has not done it.
    void differentiate(const BatchLayer& layer) const {
        const BatchLayer& above = (&layer)[1];
        const bool last = &above == task.last;
        if (plan.norm != Norm::None)
            findStraight<V>(layer, task.samples);
        if (plan.norm == Norm::After)
            normalizeBackwards(layer, !last && allSet<V>(above.straight, above.units), nullptr);
        if (plan.learntSlopes)
            inWidest<V>(layer.units, [&](auto registers) {
                slopeGradient<decltype(registers)>(layer, task.samples, task.gradient + layer.alpha);
            });
        if (!multipliesBelow(plan))
            inWidest<V>(layer.unitStride, [&](auto registers) {
                multiplyInto<decltype(registers)>(layer.gradients, layer.slopes, task.samples * layer.unitStride);
            });
        if (plan.norm == Norm::Before)
            normalizeBackwards(layer, false, last ? nullptr : layer.straight);
    }

    /// Biases that batch norm takes away again have no gradient; what the sums leave there is rounding.
    void correctForNorm(const BatchLayer& layer) const {
        float* biases = task.gradient + layer.bias;
        if (plan.norm == Norm::Before)
            setRadialPart<V>(layer, plan.epsilon, task.parameters + layer.weight, task.gradient + layer.gamma,
                             task.gradient + layer.weight);
        for (int j = 0; j < layer.units; j += V::lanes) {
            const F sum = V::loadSome(biases + j, layer.units - j);
            const F kept = plan.norm == Norm::Before ? V::zero() : V::bitAndNot(V::load(layer.straight + j), sum);
            V::storeSome(biases + j, kept, layer.units - j);
        }
    }

    FLATLINE_INLINE void backward() const {
        const BatchLayer* layer = task.last;
        Layers::back(task, *layer);
        while (layer != task.first) {
            --layer;
            if (!plan.relu)
                differentiate(*layer);
            Layers::back(task, *layer);
            if (plan.norm != Norm::None)
                correctForNorm(*layer);
        }
    }
};

/// Whether no hidden sum was infinite, nor the loss; NaN shows in the loss.
template <class V>
FLATLINE_INLINE bool isFinite(const float* lowest, double loss) {
    auto low = V::zero();
    for (int i = 0; i < padding; i += V::lanes)
        low = V::min(V::load(lowest + i), low);
    return V::bits(V::less(low, V::all(-largestFinite))) == 0 && loss - loss == 0.0;
}

template <class V>
FLATLINE_INLINE bool areZero(const float (&values)[mostLanes]) {
    auto sum = V::zero();
    for (int i = 0; i < mostLanes; i += V::lanes)
        sum = V::add(sum, V::load(values + i));
    return V::bits(V::equal(sum, V::zero())) == (1U << static_cast<unsigned>(V::lanes)) - 1U;
}

template <class V, class Layers>
bool batchGradient(const BatchPlan& plan, const float* parameters, const int* chosen, int samples, float* gradient,
                   double& loss) {
    float lowest[padding] = {};
    const BatchTask task{plan, parameters, gradient, samples, lowest, plan.layers, plan.layers + (plan.layerCount - 1)};
    const BatchPass<V, Layers> pass{task, plan};
    pass.gather(chosen);
    const bool finite = pass.forward();
    loss = lossOf(plan, task.last->units, samples);
    pass.backward();
    return finite && isFinite<V>(lowest, loss);
}

template <class V>
bool batchGradientBySamples(const BatchPlan& plan, const float* parameters, const int* chosen, int samples,
                            float* gradient, double& loss) {
    float lowest[padding] = {};
    alignas(64) float gone[mostLanes] = {};
    const BatchTask task{plan, parameters, gradient, samples, lowest, plan.layers, plan.layers + (plan.layerCount - 1)};
    const SampleLanesPass<V> pass{task, plan, gone};
    BatchPass<V, WideLayers<V>>{task, plan}.gather(chosen);
    pass.turnInputs();
    pass.forward();
    loss = lossOf(plan, task.last->units, samples);
    pass.backward();
    return isFinite<V>(lowest, loss) && areZero<V>(gone);
}

template <class V>
constexpr BatchKernels batchKernels() {
    BatchKernels kernels;
    kernels.gradient = batchGradient<V, WideLayers<V>>;
    kernels.bySamples = batchGradientBySamples<V>;
    if constexpr (V::lanes == mostNarrow)
        kernels.narrow = batchGradient<V, NarrowLayers<V>>;
    return kernels;
}

} // namespace flatline::kernels
