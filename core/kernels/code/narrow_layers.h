#pragma once

#include "core/kernels/code/batch_loss.h"
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
            if (Columns == most && rows == most) {
                V::columnsOf8(from, most, block);
            } else {
                unrolled<most>([&](auto j) FLATLINE_INLINE_LAMBDA {
                    block[j] = V::loadSome(from + j * Columns, j < rows ? Columns : 0);
                });
                V::transpose8(block);
            }
            unrolled<Columns>([&](auto i) FLATLINE_INLINE_LAMBDA { to[i] = block[i]; });
        }
    }

    template <int Columns>
    static FLATLINE_INLINE void storeColumns(float* to, int rows, const F* from) {
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
    static FLATLINE_INLINE void storeRows(float* to, int columns, const F* from) {
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

    /// Of every other sample, from the first or from the second on: the places of two in a row are 2 most apart.
    template <class Body>
    static FLATLINE_INLINE void eachOther(int samples, int first, const Body& body) {
        const std::ptrdiff_t end = static_cast<std::ptrdiff_t>(samples) * most;
        std::ptrdiff_t at = static_cast<std::ptrdiff_t>(first) * most;
        for (; at + 2 * most < end; at += 4 * most)
            body(Index<2>{}, at);
        if (at < end)
            body(Index<1>{}, at);
    }
    /// Sums over samples: pass(first) adds those of every other sample to `sums`; the even ones' and the odd ones' are
    /// added to each other.
    template <int Count, class Pass>
    static FLATLINE_INLINE void sumOver(F (&sums)[Count], const Pass& pass) {
        float even[Count * most];
        for (int first = 0; first < 2; ++first) {
            unrolled<Count>([&](auto j) FLATLINE_INLINE_LAMBDA {
                if (first != 0)
                    V::store(even + j * most, sums[j]);
                sums[j] = V::zero();
            });
            pass(first);
        }
        unrolled<Count>([&](auto j) FLATLINE_INLINE_LAMBDA { sums[j] = V::add(V::load(even + j * most), sums[j]); });
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
            Chains<V, Inputs> sum[count];
            unrolled<Inputs>([&](auto i) FLATLINE_INLINE_LAMBDA {
                unrolled<count>([&](auto n) FLATLINE_INLINE_LAMBDA {
                    sum[n].template addTo<i>(weights[i], V::broadcast(inputs + at + n * most + i), bias);
                });
            });
            unrolled<count>([&](auto n) FLATLINE_INLINE_LAMBDA {
                F z = sum[n].sum();
                if constexpr (Relu) {
                    lowest = V::min(z, lowest);
                    z = V::max(V::zero(), z); // NaN, being second, stays
                }
                V::store(into + at + n * most, z);
            });
        });
        V::store(task.lowest, lowest);
    }

    /// The last layer's.
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
            V::columnsOf8(inputs + s * most, most, block);
            for (int o = 0; o < units; ++o) {
                F terms[most];
                unrolled<most>([&](auto i) FLATLINE_INLINE_LAMBDA {
                    terms[i] = i < Inputs ? V::mul(block[i], V::broadcast(weights + o * Inputs + i)) : V::zero();
                });
                V::store(into + o * stride + s, V::add(sumOfEight<V>(terms), V::broadcast(biases + o)));
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
        constexpr int own = Units; // the bias's place
        F sums[Units + 1];
        sumOver(sums, [&](int first) FLATLINE_INLINE_LAMBDA {
            eachOther(task.samples, first, [&](auto count, std::ptrdiff_t from) FLATLINE_INLINE_LAMBDA {
                F input[count];
                Chains<V, Units> sum[count];
                unrolled<count>([&](auto n)
                                    FLATLINE_INLINE_LAMBDA { input[n] = V::load(inputs + from + 2 * n * most); });
                unrolled<Units>([&](auto j) FLATLINE_INLINE_LAMBDA {
                    F weight = V::load(weights + j * most);
                    V::keep(weight);
                    unrolled<count>([&](auto n) FLATLINE_INLINE_LAMBDA {
                        const F g = V::broadcast(Last ? gradients + j * stride + from / most + 2 * n
                                                      : gradients + from + 2 * n * most + j);
                        sums[j] = V::fma(g, input[n], sums[j]);
                        sum[n].template addTo<j>(g, weight);
                    });
                });
                unrolled<count>([&](auto n) FLATLINE_INLINE_LAMBDA {
                    const std::ptrdiff_t at = from + 2 * n * most;
                    F z = sum[n].sum();
                    if constexpr (Relu)
                        z = V::bitAnd(z, V::greater(input[n], V::zero()));
                    else if (slopes != nullptr)
                        z = V::mul(z, V::load(slopes + at));
                    V::store(below + at, z);
                    if constexpr (!Last)
                        sums[own] = V::add(sums[own], V::load(gradients + at));
                });
            });
        });
        M::template storeRows<Units>(task.gradient + layer.weight, layer.inputs, sums);
        if constexpr (Last)
            for (int o = 0; o < layer.units; ++o)
                task.gradient[layer.bias + o] =
                    outputBias<V>(task.plan.outputGradients + o * task.plan.sampleStride, task.samples);
        else
            V::storeSome(task.gradient + layer.bias, sums[own], layer.units);
    }

    /// The first layer's, which has none below.
    template <int Inputs>
    static void firstBackOf(const BatchTask& task, const BatchLayer& layer) {
        const float* inputs = layer.values;
        const float* gradients = layer.gradients;
        constexpr int own = Inputs; // the bias's place
        F sums[Inputs + 1];
        sumOver(sums, [&](int first) FLATLINE_INLINE_LAMBDA {
            eachOther(task.samples, first, [&](auto count, std::ptrdiff_t from) FLATLINE_INLINE_LAMBDA {
                unrolled<count>([&](auto n) FLATLINE_INLINE_LAMBDA {
                    const std::ptrdiff_t at = from + 2 * n * most;
                    const F gradient = V::load(gradients + at);
                    sums[own] = V::add(sums[own], gradient);
                    unrolled<Inputs>([&](auto i) FLATLINE_INLINE_LAMBDA {
                        sums[i] = V::fma(V::broadcast(inputs + at + i), gradient, sums[i]);
                    });
                });
            });
        });
        M::template storeColumns<Inputs>(task.gradient + layer.weight, layer.units, sums);
        V::storeSome(task.gradient + layer.bias, sums[own], layer.units);
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
