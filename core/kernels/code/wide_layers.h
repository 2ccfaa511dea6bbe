#pragma once

#include "core/kernels/code/batch_task.h"
#include "core/kernels/code/lanes_code.h"
#include "core/kernels/code/product_dispatch.h"

namespace flatline::kernels {

/// What BatchPass needs of layers of any width: all of it is Products, neurons in the lanes.
template <class V>
struct WideLayers {
    /// The layer's sums, finished.
    static void sums(const BatchTask& task, const BatchLayer& layer, float shift, float* into, Finish finish) {
        // What is read beyond the last row are the biases.
        transposeInto<V>(task.parameters + layer.weight, layer.units, layer.inputs, layer.inputs, layer.transposed,
                         layer.unitStride);
        copyShifted<V>(task.parameters + layer.bias, layer.units, shift, layer.biases);
        Product p;
        p.a = layer.transposed;
        p.aStride = layer.unitStride;
        p.b = layer.values;
        p.bRow = 1;
        p.bColumn = layer.inputStride;
        p.c = into;
        p.cStride = layer.unitStride;
        p.m = layer.units;
        p.n = task.samples;
        p.k = layer.inputs;
        p.laneInit = layer.biases;
        p.finish = finish;
        p.lowest = task.lowest;
        product<V>(p);
    }
    static void relu(const BatchTask& task, const BatchLayer& layer) {
        sums(task, layer, task.plan.biasShift, layer.outputs, Finish::Relu);
    }
    static void sums(const BatchTask& task, const BatchLayer& layer) {
        sums(task, layer, task.plan.biasShift, layer.preActivations, Finish::None);
    }
    static void outputs(const BatchTask& task, const BatchLayer& layer) {
        if (layer.turnedValues != nullptr) {
            outputsBySamples(task, layer);
            return;
        }
        sums(task, layer, 0.0F, layer.outputs, Finish::None);
        turnAround<false>(task, layer.outputs, task.plan.outputs);
    }
    /// Few units would leave most lanes empty.
    static void outputsBySamples(const BatchTask& task, const BatchLayer& layer) {
        transposeInto<V>(layer.values, task.samples, layer.inputs, layer.inputStride, layer.turnedValues,
                         task.plan.sampleStride);
        Product p;
        p.a = layer.turnedValues;
        p.aStride = task.plan.sampleStride;
        p.b = task.parameters + layer.weight;
        p.bRow = 1;
        p.bColumn = layer.inputs;
        p.c = task.plan.outputs;
        p.cStride = task.plan.sampleStride;
        p.m = task.samples;
        p.n = layer.units;
        p.k = layer.inputs;
        p.columnInit = task.parameters + layer.bias;
        product<V>(p);
    }

    /// The outputs, from neurons in the lanes to samples in the lanes, or their gradient back.
    template <bool Back>
    static void turnAround(const BatchTask& task, const float* from, float* to) {
        const BatchLayer& last = *task.last;
        for (int s = 0; s < task.samples; s += 8)
            for (int o = 0; o < last.units; o += 8) {
                const int high = task.samples - s < 8 ? task.samples - s : 8;
                const int wide = last.units - o < 8 ? last.units - o : 8;
                const std::ptrdiff_t bySample = s * last.unitStride + o;
                const std::ptrdiff_t byOutput = o * task.plan.sampleStride + s;
                if constexpr (Back)
                    V::transposeBlock(from + byOutput, task.plan.sampleStride, wide, to + bySample, last.unitStride,
                                      high);
                else
                    V::transposeBlock(from + bySample, last.unitStride, high, to + byOutput, task.plan.sampleStride,
                                      wide);
            }
    }

    /// The gradients of the layer's weights and biases, and what goes to the layer below.
    static void back(const BatchTask& task, const BatchLayer& layer) {
        if (&layer == task.last)
            turnAround<true>(task, task.plan.outputGradients, layer.gradients);
        weightGradient(task, layer);
        biasGradient(task, layer);
        if (&layer != task.first)
            below(task, layer, (&layer)[-1]);
    }

    static FLATLINE_INLINE void biasGradient(const BatchTask& task, const BatchLayer& layer) {
        using W = Widest<V>;
        float* into = task.gradient + layer.bias;
        int j = 0;
        for (; j + W::lanes <= layer.units; j += W::lanes)
            W::store(into + j, columnSum<W>(layer.gradients + j, layer.unitStride, task.samples));
        for (; j < layer.units; j += V::lanes)
            V::storeSome(into + j, columnSum<V>(layer.gradients + j, layer.unitStride, task.samples), layer.units - j);
    }

    static void weightGradient(const BatchTask& task, const BatchLayer& layer) {
        float* into = task.gradient + layer.weight;
        Product p;
        p.k = task.samples;
        p.bColumn = 1;
        if (swaps(layer.inputs, layer.units)) {
            p.a = layer.gradients;
            p.aStride = layer.unitStride;
            p.b = layer.values;
            p.bRow = layer.inputStride;
            p.c = layer.swapped;
            p.cStride = layer.unitStride;
            p.m = layer.units;
            p.n = layer.inputs;
            product<V>(p);
            transposeExact<V>(layer.swapped, layer.unitStride, layer.inputs, layer.units, into);
        } else {
            p.a = layer.values;
            p.aStride = layer.inputStride;
            p.b = layer.gradients;
            p.bRow = layer.unitStride;
            p.c = into;
            p.cStride = layer.inputs;
            p.m = layer.inputs;
            p.n = layer.units;
            p.exact = true;
            product<V>(p);
        }
    }

    /// d loss / d (outputs of the layer below), finished as far as one multiplication goes.
    static void below(const BatchTask& task, const BatchLayer& layer, const BatchLayer& lower) {
        const float* weights = task.parameters + layer.weight;
        Product p;
        p.a = weights;
        p.aStride = layer.inputs;
        if (copiesRows(layer.inputs)) {
            for (int j = 0; j < layer.units; ++j)
                copyShifted<V>(weights + j * layer.inputs, layer.inputs, 0.0F, layer.rows + j * layer.inputStride);
            p.a = layer.rows;
            p.aStride = layer.inputStride;
        }
        p.b = layer.gradients;
        p.bRow = 1;
        p.bColumn = layer.unitStride;
        p.c = lower.gradients;
        p.cStride = layer.inputStride;
        p.m = layer.inputs;
        p.n = task.samples;
        p.k = layer.units;
        if (task.plan.relu) {
            p.finish = Finish::WhereOn;
            p.factor = lower.outputs;
        } else if (multipliesBelow(task.plan)) {
            p.finish = Finish::Multiply;
            p.factor = lower.slopes;
        }
        product<V>(p);
    }
};

} // namespace flatline::kernels
