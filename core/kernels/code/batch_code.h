#pragma once

#include "core/kernels/batch.h"
#include "core/kernels/code/batch_norm_code.h"
#include "core/kernels/code/batch_shape.h"
#include "core/kernels/code/lanes_code.h"

namespace flatline::kernels {

/// Forward and backward over a batch, neurons in the lanes. `k` is a layer's number from 0, an int or an Index.
template <class V, class Shape>
struct BatchPass {
    using F = typename V::F;
    const BatchPlan& plan;
    Shape& shape;
    const float* parameters;
    float* gradient;

    FLATLINE_INLINE void gather(const int* chosen) const {
        const std::ptrdiff_t stride = shape.inputStride(Index<0>{});
        for (int s = 0; s < shape.samples(); ++s) {
            const float* from = plan.rows + static_cast<std::ptrdiff_t>(chosen[s]) * shape.inputs(Index<0>{});
            for (int i = 0; i < shape.inputs(Index<0>{}); i += V::lanes)
                V::store(shape.batchInputs() + s * stride + i, V::load(from + i));
        }
        if (plan.labels != nullptr)
            for (int s = 0; s < shape.samples(); ++s)
                plan.batchLabels[s] = plan.labels[chosen[s]];
        if (plan.values != nullptr)
            for (int o = 0; o < plan.layers[plan.layerCount - 1].units; ++o)
                for (int s = 0; s < shape.samples(); ++s)
                    plan.batchValues[o * plan.sampleStride + s] = plan.values[o * plan.valueStride + chosen[s]];
    }

    /// What layer k reads.
    FLATLINE_INLINE const float* inputsOf(int k) const { return k == 0 ? shape.batchInputs() : shape.outputs(k - 1); }
    FLATLINE_INLINE bool plainRelu() const { return Shape::fixed || plan.relu; }

    template <class Layer>
    FLATLINE_INLINE void sums(Layer k, float* into, Finish finish, float* lowest) const {
        const std::ptrdiff_t stride = shape.unitStride(k);
        float* weights = shape.transposed(k);
        transposeInto<V>(parameters + shape.weight(k), shape.units(k), shape.inputs(k), weights, stride);
        const bool hidden = k + 1 < shape.layers();
        copyShifted<V>(parameters + shape.bias(k), shape.units(k), hidden ? plan.biasShift : 0.0F, shape.biases(k));
        Product p;
        p.a = weights;
        p.aStride = stride;
        p.b = inputsOf(k);
        p.bRow = 1;
        p.bColumn = shape.inputStride(k);
        p.c = into;
        p.cStride = stride;
        p.m = shape.units(k);
        p.n = shape.samples();
        p.k = shape.inputs(k);
        p.laneInit = shape.biases(k);
        p.finish = finish;
        p.lowest = lowest;
        shape.multiply(p, shape.units(k), shape.samples(), shape.inputs(k));
    }

    /// The last layer's with samples in the lanes, as the loss wants them. Each sum goes through the same terms in the
    /// same order.
    template <class Layer>
    FLATLINE_INLINE void sumsBySample(Layer k) const {
        const std::ptrdiff_t stride = padded(shape.samples());
        const std::ptrdiff_t inputStride = shape.inputStride(k);
        for (int s = 0; s < shape.samples(); s += 8)
            for (int i = 0; i < shape.inputs(k); i += 8) {
                const int high = shape.samples() - s < 8 ? shape.samples() - s : 8;
                const int wide = shape.inputs(k) - i < 8 ? shape.inputs(k) - i : 8;
                V::transposeBlock(inputsOf(k) + s * inputStride + i, inputStride, high, shape.turned() + i * stride + s,
                                  stride, wide);
            }
        Product p;
        p.a = shape.turned();
        p.aStride = stride;
        p.b = parameters + shape.weight(k);
        p.bRow = 1;
        p.bColumn = shape.inputs(k);
        p.c = plan.outputs;
        p.cStride = plan.sampleStride;
        p.m = shape.samples();
        p.n = shape.units(k);
        p.k = shape.inputs(k);
        p.columnInit = parameters + shape.bias(k);
        shape.multiply(p, shape.samples(), shape.units(k), shape.inputs(k));
    }

    /// z, f(z) and f'(z) of a layer that is not plain ReLU. Returns whether no z is infinite; NaN shows by itself.
    bool activate(const BatchLayer& layer) const {
        const std::ptrdiff_t count = shape.samples() * layer.unitStride;
        if (plan.norm == Norm::Before)
            normalizeBatch<V>(layer, plan, parameters, shape.samples(), layer.preActivations, layer.preActivations);
        const bool finite = noInfinity<V>(layer.preActivations, count);
        if (plan.learntSlopes) {
            copyShifted<V>(parameters + layer.alpha, layer.units, 0.0F, layer.alphas);
            leakyByLane<V>(layer, shape.samples());
        } else {
            plan.activation->valueAndSlope(layer.preActivations, layer.activations, layer.slopes,
                                           static_cast<std::size_t>(count), plan.figures);
        }
        if (plan.norm == Norm::After)
            normalizeBatch<V>(layer, plan, parameters, shape.samples(), layer.activations, layer.outputs);
        return finite;
    }

    FLATLINE_INLINE bool forward() const {
        float lowest[padding] = {};
        bool finite = true;
        shape.upwards([&](auto k) FLATLINE_INLINE_LAMBDA {
            if (k + 1 == shape.layers()) {
                if constexpr (Shape::fewOutputs)
                    sumsBySample(k);
                else
                    sums(k, shape.outputs(k), Finish::None, nullptr);
            } else if (plainRelu())
                sums(k, shape.outputs(k), Finish::Relu, lowest);
            else {
                sums(k, plan.layers[k].preActivations, Finish::None, nullptr);
                finite = activate(plan.layers[k]) && finite;
            }
        });
        F low = V::zero();
        for (int i = 0; i < padding; i += V::lanes)
            low = V::min(V::load(lowest + i), low);
        return finite && V::bits(V::less(low, V::all(-largestFinite))) == 0;
    }

    /// The loss works with samples in the lanes.
    FLATLINE_INLINE void lose(BatchResult& result) const {
        const int last = shape.layers() - 1;
        if constexpr (!Shape::fewOutputs)
            turnAround<false>(shape.outputs(last), plan.outputs);
        LossTask task;
        task.outputs = plan.outputs;
        task.stride = plan.sampleStride;
        task.width = plan.layers[last].units;
        task.count = shape.samples();
        task.labels = plan.labels != nullptr ? plan.batchLabels : nullptr;
        task.values = plan.values != nullptr ? plan.batchValues : nullptr;
        task.valueStride = plan.sampleStride;
        task.scale = 1.0F / static_cast<float>(static_cast<int>(shape.samples()));
        task.gradient = plan.outputGradients;
        plan.loss(task, result.loss);
        turnAround<true>(plan.outputGradients, shape.gradients(last));
    }

    /// The outputs, from neurons in the lanes to samples in the lanes, or their gradient back.
    template <bool Back>
    FLATLINE_INLINE void turnAround(const float* from, float* to) const {
        shape.atLast([&](auto last) FLATLINE_INLINE_LAMBDA {
            const auto units = shape.units(last);
            const std::ptrdiff_t unitStride = shape.unitStride(last);
            for (int s = 0; s < shape.samples(); s += 8)
                for (int o = 0; o < units; o += 8) {
                    const int high = shape.samples() - s < 8 ? shape.samples() - s : 8;
                    const int wide = units - o < 8 ? units - o : 8;
                    const std::ptrdiff_t bySample = s * unitStride + o;
                    const std::ptrdiff_t byOutput = o * plan.sampleStride + s;
                    if constexpr (Back)
                        V::transposeBlock(from + byOutput, plan.sampleStride, wide, to + bySample, unitStride, high);
                    else
                        V::transposeBlock(from + bySample, unitStride, high, to + byOutput, plan.sampleStride, wide);
                }
        });
    }

    template <class Layer>
    FLATLINE_INLINE void weightGradient(Layer k) const {
        const BatchLayer& layer = plan.layers[k];
        float* into = gradient + shape.weight(k);
        Product p;
        p.k = shape.samples();
        p.bColumn = 1;
        if (swaps(shape.inputs(k), shape.units(k))) {
            p.a = shape.gradients(k);
            p.aStride = shape.unitStride(k);
            p.b = inputsOf(k);
            p.bRow = shape.inputStride(k);
            p.c = shape.swapped(k);
            p.cStride = shape.unitStride(k);
            p.m = shape.units(k);
            p.n = shape.inputs(k);
            shape.multiply(p, shape.units(k), shape.inputs(k), shape.samples());
            transposeExact<V>(shape.swapped(k), shape.unitStride(k), shape.inputs(k), shape.units(k), into);
        } else {
            p.a = inputsOf(k);
            p.aStride = shape.inputStride(k);
            p.b = shape.gradients(k);
            p.bRow = shape.unitStride(k);
            p.c = into;
            p.cStride = shape.inputs(k);
            p.m = shape.inputs(k);
            p.n = shape.units(k);
            p.exact = true;
            shape.multiply(p, shape.inputs(k), shape.units(k), shape.samples());
        }
        if (!Shape::fixed && plan.norm == Norm::Before && layer.gamma >= 0)
            setRadialPart<V>(layer, plan.epsilon, parameters + layer.weight, gradient + layer.gamma, into);
    }

    template <class Layer>
    FLATLINE_INLINE void biasGradient(Layer k) const {
        const BatchLayer& layer = plan.layers[k];
        const bool normed = !Shape::fixed && layer.gamma >= 0;
        float* into = gradient + shape.bias(k);
        for (int j = 0; j < shape.units(k); j += V::lanes) {
            F sum = V::zero();
            if (!(normed && plan.norm == Norm::Before))
                sum = columnSum<V>(shape.gradients(k) + j, shape.unitStride(k), shape.samples());
            if (normed && plan.norm == Norm::After)
                sum = V::bitAndNot(V::load(layer.straight + j), sum);
            V::storeSome(into + j, sum, shape.units(k) - j);
        }
    }

    /// d loss / d (outputs of layer k - 1), finished as far as one multiplication goes.
    template <class Layer, class Lower>
    FLATLINE_INLINE void below(Layer k, Lower lower) const {
        const float* weights = parameters + shape.weight(k);
        Product p;
        p.a = weights;
        p.aStride = shape.inputs(k);
        if (copiesRows(shape.inputs(k))) {
            const BatchLayer& layer = plan.layers[k];
            for (int j = 0; j < shape.units(k); ++j)
                copyShifted<V>(weights + j * shape.inputs(k), shape.inputs(k), 0.0F,
                               layer.rows + j * shape.inputStride(k));
            p.a = layer.rows;
            p.aStride = shape.inputStride(k);
        }
        p.b = shape.gradients(k);
        p.bRow = 1;
        p.bColumn = shape.unitStride(k);
        p.c = shape.gradients(lower);
        p.cStride = shape.inputStride(k);
        p.m = shape.inputs(k);
        p.n = shape.samples();
        p.k = shape.units(k);
        if (plainRelu()) {
            p.finish = Finish::WhereOn;
            p.factor = shape.outputs(lower);
        } else if (!plan.learntSlopes && plan.norm != Norm::After) {
            p.finish = Finish::Multiply;
            p.factor = plan.layers[lower].slopes;
        }
        shape.multiply(p, shape.inputs(k), shape.samples(), shape.units(k));
    }

    /// From d loss / d (what layer k hands on) to d loss / d (its sums), as far as `below` has not done it.
    void differentiate(int k) const {
        const BatchLayer& layer = plan.layers[k];
        const BatchLayer& above = plan.layers[k + 1];
        const int samples = shape.samples();
        const bool last = k + 2 == plan.layerCount;
        if (plan.norm != Norm::None)
            findStraight<V>(layer, samples);
        if (plan.norm == Norm::After)
            normalizeBack<V>(layer, samples, gradient, !last && allSet<V>(above.straight, above.units), nullptr);
        if (plan.learntSlopes)
            slopeGradient<V>(layer, samples, gradient + layer.alpha);
        if (plan.learntSlopes || plan.norm == Norm::After)
            multiplyInto<V>(layer.gradients, layer.slopes, samples * layer.unitStride);
        if (plan.norm == Norm::Before)
            normalizeBack<V>(layer, samples, gradient, false, last ? nullptr : layer.straight);
    }

    FLATLINE_INLINE void backward() const {
        shape.downwards([&](auto k) FLATLINE_INLINE_LAMBDA {
            if constexpr (!Shape::fixed)
                if (k + 1 < plan.layerCount && !plan.relu)
                    differentiate(k);
            weightGradient(k);
            biasGradient(k);
            if constexpr (Shape::fixed) {
                if constexpr (k > 0)
                    below(k, Index<k - 1>{});
            } else if (k > 0)
                below(k, k - 1);
        });
    }

    FLATLINE_INLINE void run(const int* chosen, BatchResult& result) const {
        gather(chosen);
        result.finite = forward();
        lose(result);
        const double loss = result.loss.total();
        result.finite = result.finite && loss - loss == 0.0;
        backward();
    }
};

template <class V>
void batchGradient(const BatchPlan& plan, const float* parameters, const int* chosen, int samples, float* gradient,
                   BatchResult& result) {
    AnyShape<V> shape{plan, samples};
    BatchPass<V, AnyShape<V>>{plan, shape, parameters, gradient}.run(chosen, result);
}

template <class V, int... Sizes>
void fixedBatchGradient(const BatchPlan& plan, const float* parameters, const int* chosen, int, float* gradient,
                        BatchResult& result) {
    FixedShape<V, Sizes...> shape;
    BatchPass<V, FixedShape<V, Sizes...>>{plan, shape, parameters, gradient}.run(chosen, result);
}

template <class V, int Samples, int... Widths>
constexpr FixedBatch fixedBatch() {
    return {Samples, static_cast<int>(sizeof...(Widths)), {Widths...}, fixedBatchGradient<V, Samples, Widths...>};
}

} // namespace flatline::kernels
