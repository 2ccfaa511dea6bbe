#pragma once

#include "core/kernels/code/batch_loss.h"
#include "core/kernels/code/batch_task.h"
#include "core/kernels/code/lanes_code.h"
#include "core/kernels/code/product_dispatch.h"

namespace flatline::kernels {

/// A pass over a batch of a plain ReLU network with the samples in the lanes (BatchKernels, bySamples). What a layer
/// hands on stands unit after unit in `turned`, its gradients likewise; the weights are read as they stand, and what
/// has to be turned round for their gradient are the values, which are fewer. Each sum has WideLayers' order and bits.
/// Where a Descent is taken along, the weights' step is made of their gradient while that is in registers: it is never
/// written down.
template <class V>
struct SampleLanesPass {
    using W = Widest<V>;
    const BatchTask& task;
    const BatchPlan& plan;
    float* gone; ///< Product's, of a Descent that is taken along

    /// What a layer reads, unit after unit.
    [[nodiscard]] FLATLINE_INLINE const float* read(const BatchLayer& layer) const {
        return &layer == task.first ? plan.turnedInputs : (&layer)[-1].turned;
    }

    /// From sample after sample; the last one is repeated to the end of a register.
    void turnInputs() const {
        const BatchLayer& first = *task.first;
        const std::ptrdiff_t stride = first.inputStride;
        const int samples = static_cast<int>(paddedBatch(task.samples));
        const float* last = plan.inputs + (task.samples - 1) * stride;
        for (std::ptrdiff_t s = task.samples; s < samples; ++s)
            for (int i = 0; i < first.inputs; i += V::lanes)
                V::store(plan.inputs + s * stride + i, V::load(last + i));
        transposeInto<V>(plan.inputs, samples, first.inputs, stride, plan.turnedInputs, plan.sampleStride);
    }

    void sums(const BatchLayer& layer, float* into, float shift, Finish finish) const {
        Product p;
        p.a = read(layer);
        p.aStride = plan.sampleStride;
        p.b = task.parameters + layer.weight;
        p.bRow = 1;
        p.bColumn = layer.inputs;
        p.c = into;
        p.cStride = plan.sampleStride;
        p.m = task.samples;
        p.n = layer.units;
        p.k = layer.inputs;
        p.columnInit = task.parameters + layer.bias;
        p.shift = shift;
        p.finish = finish;
        p.lowest = task.lowest;
        product<V>(p);
    }
    void forward() const {
        for (const BatchLayer* layer = task.first; layer != task.last; ++layer) {
            sums(*layer, layer->turned, plan.biasShift, Finish::Relu);
            transposeInto<V>(layer->turned, layer->units, task.samples, plan.sampleStride, layer->outputs,
                             layer->unitStride);
        }
        sums(*task.last, plan.outputs, 0.0F, Finish::None);
    }

    [[nodiscard]] FLATLINE_INLINE const float* gradientsOf(const BatchLayer& layer) const {
        return &layer == task.last ? plan.outputGradients : layer.gradients;
    }
    void weightGradient(const BatchLayer& layer) const {
        Product p;
        p.a = layer.values;
        p.aStride = layer.inputStride;
        p.b = gradientsOf(layer);
        p.bRow = 1;
        p.bColumn = plan.sampleStride;
        p.c = task.gradient + layer.weight;
        p.cStride = layer.inputs;
        p.m = layer.inputs;
        p.n = layer.units;
        p.k = task.samples;
        p.exact = true;
        if (descends()) {
            p.c = plan.descent.next + layer.weight;
            p.finish = Finish::Descend;
            p.factor = task.parameters + layer.weight;
            p.rate = plan.descent.rate;
            p.decay = plan.descent.weightDecay;
            p.gone = gone;
        }
        product<V>(p);
    }
    [[nodiscard]] FLATLINE_INLINE bool descends() const { return plan.descent.next != nullptr; }
    /// In the order of columnSum, eight units at a time, or sixteen.
    void biasGradient(const BatchLayer& layer) const {
        int j = 0;
        if constexpr (requires(float* p) { V::transposeTall(p, 0, p, 0); })
            for (; j + 16 <= layer.units; j += 16)
                biasGradient<W, 16>(layer, j);
        for (; j < layer.units; j += 8)
            biasGradient<V, 8>(layer, j);
        if (descends())
            descend<W>(task.parameters + layer.bias, task.gradient + layer.bias, plan.descent.next + layer.bias,
                       layer.units, plan.descent.rate, plan.descent.biasDecay, gone);
    }
    template <class R, int Units>
    FLATLINE_INLINE void biasGradient(const BatchLayer& layer, int first) const {
        const float* gradients = gradientsOf(layer) + first * plan.sampleStride;
        const int there = layer.units - first;
        constexpr int parts = Units / R::lanes;
        typename R::F sum[2][parts];
        for (auto& half : sum)
            for (auto& part : half)
                part = R::zero();
        for (int s = 0; s < task.samples; s += 8) {
            alignas(64) float block[8 * Units];
            if constexpr (Units == 16)
                V::transposeTall(gradients + s, plan.sampleStride, block, Units);
            else
                V::transposeBlock(gradients + s, plan.sampleStride, there < Units ? there : Units, block, Units, 8);
            const int count = task.samples - s < 8 ? task.samples - s : 8;
            for (int i = 0; i < count; ++i)
                for (int part = 0; part < parts; ++part)
                    sum[i % 2][part] = R::add(sum[i % 2][part], R::load(block + Units * i + part * R::lanes));
        }
        for (int part = 0; part < parts; ++part)
            if (there > part * R::lanes)
                R::storeSome(task.gradient + layer.bias + first + part * R::lanes, R::add(sum[0][part], sum[1][part]),
                             there - part * R::lanes);
    }
    void below(const BatchLayer& layer) const {
        const BatchLayer& lower = (&layer)[-1];
        Product p;
        p.a = gradientsOf(layer);
        p.aStride = plan.sampleStride;
        p.b = task.parameters + layer.weight;
        p.bRow = layer.inputs;
        p.bColumn = 1;
        p.c = lower.gradients;
        p.cStride = plan.sampleStride;
        p.m = task.samples;
        p.n = layer.inputs;
        p.k = layer.units;
        p.finish = Finish::WhereOn;
        p.factor = lower.turned;
        product<V>(p);
    }
    void backward() const {
        for (const BatchLayer* layer = task.last;; --layer) {
            weightGradient(*layer);
            biasGradient(*layer);
            if (layer == task.first)
                return;
            below(*layer);
        }
    }
};

} // namespace flatline::kernels
