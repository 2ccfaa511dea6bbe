#pragma once

#include "core/kernels/code/batch_task.h"
#include "core/kernels/code/lanes_code.h"

namespace flatline::kernels {

/// Columns and rows of matrices of up to 8x8 without padding, a register each.
template <class V>
struct NarrowMatrix {
    using F = typename V::F;
    static constexpr int most = mostNarrow;

    /// The first `count` lanes (0 to 8), 0 in the others. A whole register is by far the most usual, and a load that
    /// has a mask has to wait for what was stored there just before.
    static FLATLINE_INLINE F load(const float* from, int count) {
        return count >= most ? V::load(from) : V::loadSome(from, count);
    }

    /// The columns of a matrix; 0 beyond its rows.
    template <int Columns>
    static FLATLINE_INLINE void loadColumns(const float* from, int rows, F (&to)[Columns]) {
        if constexpr (Columns == 1) {
            to[0] = load(from, rows);
        } else if constexpr (Columns == 2) {
            V::separate(load(from, 2 * rows), load(from + most, 2 * rows - most), to[0], to[1]);
        } else {
            F block[most];
            if (Columns == most && rows == most)
                unrolled<most>([&](auto j) FLATLINE_INLINE_LAMBDA { block[j] = V::load(from + j * Columns); });
            else
                unrolled<most>([&](auto j) FLATLINE_INLINE_LAMBDA {
                    block[j] = V::loadSome(from + j * Columns, j < rows ? Columns : 0);
                });
            V::transpose8(block);
            unrolled<Columns>([&](auto i) FLATLINE_INLINE_LAMBDA { to[i] = block[i]; });
        }
    }

    template <int Columns>
    static FLATLINE_INLINE void storeColumns(float* to, int rows, const F (&from)[Columns]) {
        if constexpr (Columns == 1) {
            V::storeSome(to, from[0], rows);
        } else if constexpr (Columns == 2) {
            F low, high;
            V::interleave(from[0], from[1], low, high);
            V::storeSome(to, low, 2 * rows);
            if (2 * rows > most)
                V::storeSome(to + most, high, 2 * rows - most);
        } else {
            F block[most];
            unrolled<most>([&](auto i) FLATLINE_INLINE_LAMBDA {
                if constexpr (i < Columns)
                    block[i] = from[i];
                else
                    block[i] = V::zero();
            });
            V::transpose8(block);
            unrolled<most>([&](auto j) FLATLINE_INLINE_LAMBDA {
                if (j < rows)
                    V::storeSome(to + j * Columns, block[j], Columns);
            });
        }
    }

    template <int Rows>
    static FLATLINE_INLINE void storeRows(float* to, int columns, const F (&from)[Rows]) {
        if (columns == most)
            unrolled<Rows>([&](auto j) FLATLINE_INLINE_LAMBDA { V::store(to + j * most, from[j]); });
        else
            unrolled<Rows>([&](auto j) FLATLINE_INLINE_LAMBDA { V::storeSome(to + j * columns, from[j], columns); });
    }

    /// The rows, eight floats apart: where they stand, or in `copy`.
    template <int Rows>
    static FLATLINE_INLINE const float* paddedRows(const float* from, int columns, float* copy) {
        if (columns == most)
            return from;
        unrolled<Rows>([&](auto j) FLATLINE_INLINE_LAMBDA {
            V::store(copy + j * most, V::loadSome(from + j * columns, columns));
        });
        return copy;
    }
};

/// What BatchPass needs of layers of at most eight inputs and eight units, of eight lanes: one of the two is known when
/// the code is compiled, so that all weights, or all their gradients, stay in registers while the samples go by,
/// however many there are. A sample's values are one register, eight floats from the next sample's. The last layer's
/// outputs and their gradients stand output after output, samples in the lanes.
template <class V>
struct NarrowLayers {
    using F = typename V::F;
    using M = NarrowMatrix<V>;
    static constexpr int most = mostNarrow;

    /// body(Index<number of samples>, place of the first in the values), two at a time.
    template <class Body>
    static FLATLINE_INLINE void eachSample(int samples, const Body& body) {
        const std::ptrdiff_t last = static_cast<std::ptrdiff_t>(samples - 1) * most;
        std::ptrdiff_t at = 0;
        for (; at < last; at += 2 * most)
            body(Index<2>{}, at);
        if (at == last)
            body(Index<1>{}, at);
    }

    /// A hidden layer's sums, or max(0, sum).
    template <int Inputs, bool Relu>
    static void sumsOf(const BatchTask& task, const BatchLayer& layer) {
        F weights[Inputs];
        M::loadColumns(task.parameters + layer.weight, layer.units, weights);
        const F bias = V::add(M::load(task.parameters + layer.bias, layer.units), V::all(task.plan.biasShift));
        F lowest = V::load(task.lowest);
        const float* inputs = layer.values;
        float* into = Relu ? layer.outputs : layer.preActivations;
        eachSample(task.samples, [&](auto count, std::ptrdiff_t at) FLATLINE_INLINE_LAMBDA {
            F sum[count];
            unrolled<count>([&](auto n) FLATLINE_INLINE_LAMBDA { sum[n] = bias; });
            unrolled<Inputs>([&](auto i) FLATLINE_INLINE_LAMBDA {
                unrolled<count>([&](auto n) FLATLINE_INLINE_LAMBDA {
                    sum[n] = V::fma(weights[i], V::broadcast(inputs + at + n * most + i), sum[n]);
                });
            });
            unrolled<count>([&](auto n) FLATLINE_INLINE_LAMBDA {
                if constexpr (Relu) {
                    lowest = V::min(sum[n], lowest);
                    sum[n] = V::max(V::zero(), sum[n]); // NaN, being second, stays
                }
                V::store(into + at + n * most, sum[n]);
            });
        });
        V::store(task.lowest, lowest);
    }

    /// The last layer's. Sums go through even inputs and odd ones by themselves.
    template <int Inputs>
    static void outputsOf(const BatchTask& task, const BatchLayer& layer) {
        const float* weights = task.parameters + layer.weight;
        const float* biases = task.parameters + layer.bias;
        const float* inputs = layer.values;
        float* into = task.plan.outputs;
        const std::ptrdiff_t stride = task.plan.sampleStride;
        const int units = layer.units;
        const int samples = task.samples;
        for (int s = 0; s < samples; s += most) {
            F block[most];
            unrolled<most>([&](auto i) FLATLINE_INLINE_LAMBDA { block[i] = V::load(inputs + (s + i) * most); });
            V::transpose8(block);
            for (int o = 0; o < units; ++o) {
                F sum[2] = {V::broadcast(biases + o), V::zero()};
                unrolled<Inputs>([&](auto i) FLATLINE_INLINE_LAMBDA {
                    sum[i % 2] = V::fma(block[i], V::broadcast(weights + o * Inputs + i), sum[i % 2]);
                });
                V::store(into + o * stride + s, V::add(sum[0], sum[1]));
            }
        }
    }

    /// The gradients of the layer's weights and biases, not of the first one's; and d loss / d (outputs of the layer
    /// below), finished as far as one multiplication goes.
    template <int Units, bool Last, bool Relu>
    static void backOf(const BatchTask& task, const BatchLayer& layer) {
        const BatchLayer& lower = (&layer)[-1];
        const float* weights = M::template paddedRows<Units>(task.parameters + layer.weight, layer.inputs, layer.rows);
        const float* gradients = Last ? task.plan.outputGradients : layer.gradients;
        const std::ptrdiff_t stride = task.plan.sampleStride;
        const float* inputs = layer.values;
        const float* slopes = !Relu && multipliesBelow(task.plan) ? lower.slopes : nullptr;
        float* below = lower.gradients;
        F bias = V::zero();
        F sums[Units];
        unrolled<Units>([&](auto j) FLATLINE_INLINE_LAMBDA { sums[j] = V::zero(); });
        eachSample(task.samples, [&](auto count, std::ptrdiff_t at) FLATLINE_INLINE_LAMBDA {
            F input[count];
            F sum[count];
            unrolled<count>([&](auto n) FLATLINE_INLINE_LAMBDA { input[n] = V::load(inputs + at + n * most); });
            unrolled<Units>([&](auto j) FLATLINE_INLINE_LAMBDA {
                F weight = V::load(weights + j * most);
                V::keep(weight);
                unrolled<count>([&](auto n) FLATLINE_INLINE_LAMBDA {
                    const float* own = Last ? gradients + j * stride + at / most + n : gradients + at + n * most + j;
                    const F g = V::broadcast(own);
                    sums[j] = V::fma(g, input[n], sums[j]);
                    sum[n] = j == 0 ? V::mul(g, weight) : V::fma(g, weight, sum[n]);
                });
            });
            unrolled<count>([&](auto n) FLATLINE_INLINE_LAMBDA {
                if constexpr (Relu)
                    sum[n] = V::bitAnd(sum[n], V::greater(input[n], V::zero()));
                else if (slopes != nullptr)
                    sum[n] = V::mul(sum[n], V::load(slopes + at + n * most));
                V::store(below + at + n * most, sum[n]);
                if constexpr (!Last)
                    bias = V::add(bias, V::load(gradients + at + n * most));
            });
        });
        M::storeRows(task.gradient + layer.weight, layer.inputs, sums);
        if constexpr (Last)
            outputBiases(task, layer);
        else
            V::storeSome(task.gradient + layer.bias, bias, layer.units);
    }

    /// Gradients beyond the last sample are 0.
    static FLATLINE_INLINE void outputBiases(const BatchTask& task, const BatchLayer& layer) {
        const float* gradients = task.plan.outputGradients;
        for (int o = 0; o < layer.units; ++o, gradients += task.plan.sampleStride) {
            F sum = V::load(gradients);
            for (int s = most; s < task.samples; s += most)
                sum = V::add(sum, V::load(gradients + s));
            task.gradient[layer.bias + o] = V::sum(sum);
        }
    }

    /// The first layer's, which has none below.
    template <int Inputs>
    static void firstBackOf(const BatchTask& task, const BatchLayer& layer) {
        const float* inputs = layer.values;
        const float* gradients = layer.gradients;
        F bias = V::zero();
        F sums[Inputs];
        unrolled<Inputs>([&](auto i) FLATLINE_INLINE_LAMBDA { sums[i] = V::zero(); });
        eachSample(task.samples, [&](auto count, std::ptrdiff_t at) FLATLINE_INLINE_LAMBDA {
            unrolled<count>([&](auto n) FLATLINE_INLINE_LAMBDA {
                const F gradient = V::load(gradients + at + n * most);
                bias = V::add(bias, gradient);
                unrolled<Inputs>([&](auto i) FLATLINE_INLINE_LAMBDA {
                    sums[i] = V::fma(V::broadcast(inputs + at + n * most + i), gradient, sums[i]);
                });
            });
        });
        M::storeColumns(task.gradient + layer.weight, layer.units, sums);
        V::storeSome(task.gradient + layer.bias, bias, layer.units);
    }

    using Function = void (*)(const BatchTask&, const BatchLayer&);
    template <bool Relu>
    static constexpr Function sumsTable[] = {sumsOf<1, Relu>, sumsOf<2, Relu>, sumsOf<3, Relu>, sumsOf<4, Relu>,
                                             sumsOf<5, Relu>, sumsOf<6, Relu>, sumsOf<7, Relu>, sumsOf<8, Relu>};
    static constexpr Function outputsTable[] = {outputsOf<1>, outputsOf<2>, outputsOf<3>, outputsOf<4>,
                                                outputsOf<5>, outputsOf<6>, outputsOf<7>, outputsOf<8>};
    template <bool Last, bool Relu>
    static constexpr Function backTable[] = {backOf<1, Last, Relu>, backOf<2, Last, Relu>, backOf<3, Last, Relu>,
                                             backOf<4, Last, Relu>, backOf<5, Last, Relu>, backOf<6, Last, Relu>,
                                             backOf<7, Last, Relu>, backOf<8, Last, Relu>};
    static constexpr Function firstBackTable[] = {firstBackOf<1>, firstBackOf<2>, firstBackOf<3>, firstBackOf<4>,
                                                  firstBackOf<5>, firstBackOf<6>, firstBackOf<7>, firstBackOf<8>};

    static FLATLINE_INLINE void relu(const BatchTask& task, const BatchLayer& layer) {
        sumsTable<true>[layer.inputs - 1](task, layer);
    }
    static FLATLINE_INLINE void sums(const BatchTask& task, const BatchLayer& layer) {
        sumsTable<false>[layer.inputs - 1](task, layer);
    }
    static FLATLINE_INLINE void outputs(const BatchTask& task, const BatchLayer& layer) {
        outputsTable[layer.inputs - 1](task, layer);
    }
    static FLATLINE_INLINE void back(const BatchTask& task, const BatchLayer& layer) {
        const auto unit = static_cast<std::size_t>(layer.units - 1);
        if (&layer == task.first)
            firstBackTable[layer.inputs - 1](task, layer);
        else if (&layer == task.last)
            (task.plan.relu ? backTable<true, true> : backTable<true, false>)[unit](task, layer);
        else
            (task.plan.relu ? backTable<false, true> : backTable<false, false>)[unit](task, layer);
    }
};

} // namespace flatline::kernels
