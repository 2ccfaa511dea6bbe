#pragma once

#include "core/kernels/batch.h"
#include "core/kernels/code/product_dispatch.h"

namespace flatline::kernels {

/// A network's sizes as they stand in the plan: numbers are int.
template <class V>
struct AnyShape {
    static constexpr bool fixed = false;
    static constexpr bool fewOutputs = false;
    const BatchPlan& plan;
    int batch;

    FLATLINE_INLINE int layers() const { return plan.layerCount; }
    FLATLINE_INLINE int samples() const { return batch; }
    FLATLINE_INLINE int inputs(int k) const { return plan.layers[k].inputs; }
    FLATLINE_INLINE int units(int k) const { return plan.layers[k].units; }
    FLATLINE_INLINE std::ptrdiff_t inputStride(int k) const { return plan.layers[k].inputStride; }
    FLATLINE_INLINE std::ptrdiff_t unitStride(int k) const { return plan.layers[k].unitStride; }
    FLATLINE_INLINE std::ptrdiff_t weight(int k) const { return plan.layers[k].weight; }
    FLATLINE_INLINE std::ptrdiff_t bias(int k) const { return plan.layers[k].bias; }

    FLATLINE_INLINE float* batchInputs() const { return plan.inputs; }
    FLATLINE_INLINE float* transposed(int k) const { return plan.layers[k].transposed; }
    FLATLINE_INLINE float* biases(int k) const { return plan.layers[k].biases; }
    FLATLINE_INLINE float* swapped(int k) const { return plan.layers[k].swapped; }
    FLATLINE_INLINE float* outputs(int k) const { return plan.layers[k].outputs; }
    FLATLINE_INLINE float* gradients(int k) const { return plan.layers[k].gradients; }

    template <class Body>
    FLATLINE_INLINE void upwards(const Body& body) const {
        for (int k = 0; k < plan.layerCount; ++k)
            body(k);
    }
    template <class Body>
    FLATLINE_INLINE void downwards(const Body& body) const {
        for (int k = plan.layerCount - 1; k >= 0; --k)
            body(k);
    }
    template <class Body>
    FLATLINE_INLINE void atLast(const Body& body) const {
        body(plan.layerCount - 1);
    }
    static FLATLINE_INLINE void multiply(const Product& p, int, int, int) { product<V>(p); }
};

/// Sizes that are known when the program is compiled: numbers are Index, and every loop over them is unrolled.
/// Plain ReLU layers alone. Scratch is here, on the stack: addresses that are known, and that nothing else can mean.
template <class V, int Samples, int... Widths>
struct FixedShape {
    static constexpr bool fixed = true;
    static constexpr int widths[] = {Widths...};
    static constexpr int count = static_cast<int>(sizeof...(Widths)) - 1;
    static constexpr bool fewOutputs = widths[count] <= 2; ///< they would leave most lanes empty

    static constexpr std::ptrdiff_t front(int k) {
        std::ptrdiff_t place = 0;
        for (int i = 0; i < k; ++i)
            place += (widths[i] + 1) * widths[i + 1];
        return place;
    }
    static constexpr int widest() {
        int most = 0;
        for (const int width : widths)
            most = most < width ? width : most;
        return rowStride(most);
    }

    alignas(64) float inputMemory[Samples * rowStride(widths[0])];
    alignas(64) float transposedMemory[count][widest() * widest()];
    alignas(64) float biasMemory[count][widest()];
    alignas(64) float swappedMemory[widest() * widest()];
    alignas(64) float turnedMemory[widths[count - 1] * padded(Samples)];
    alignas(64) float outputMemory[count][Samples * widest()];
    alignas(64) float gradientMemory[count][Samples * widest()];

    FLATLINE_INLINE float* batchInputs() { return inputMemory; }
    FLATLINE_INLINE float* transposed(int k) { return transposedMemory[k]; }
    FLATLINE_INLINE float* biases(int k) { return biasMemory[k]; }
    FLATLINE_INLINE float* swapped(int) { return swappedMemory; }
    FLATLINE_INLINE float* turned() { return turnedMemory; } ///< what the last layer reads, input after input
    FLATLINE_INLINE float* outputs(int k) { return outputMemory[k]; }
    FLATLINE_INLINE float* gradients(int k) { return gradientMemory[k]; }

    static FLATLINE_INLINE Index<count> layers() { return {}; }
    static FLATLINE_INLINE Index<Samples> samples() { return {}; }
    template <int K>
    static FLATLINE_INLINE Index<widths[K]> inputs(Index<K>) {
        return {};
    }
    template <int K>
    static FLATLINE_INLINE Index<widths[K + 1]> units(Index<K>) {
        return {};
    }
    template <int K>
    static FLATLINE_INLINE std::ptrdiff_t inputStride(Index<K>) {
        return rowStride(widths[K]);
    }
    template <int K>
    static FLATLINE_INLINE std::ptrdiff_t unitStride(Index<K>) {
        return rowStride(widths[K + 1]);
    }
    template <int K>
    static FLATLINE_INLINE std::ptrdiff_t weight(Index<K>) {
        return front(K);
    }
    template <int K>
    static FLATLINE_INLINE std::ptrdiff_t bias(Index<K>) {
        return front(K) + widths[K] * widths[K + 1];
    }

    template <class Body>
    static FLATLINE_INLINE void upwards(const Body& body) {
        unrolled<count>(body);
    }
    template <class Body>
    static FLATLINE_INLINE void downwards(const Body& body) {
        unrolled<count>([&](auto i) FLATLINE_INLINE_LAMBDA { body(Index<count - 1 - i>{}); });
    }
    template <class Body>
    static FLATLINE_INLINE void atLast(const Body& body) {
        body(Index<count - 1>{});
    }
    template <int M, int N, int K>
    static FLATLINE_INLINE void multiply(const Product& p, Index<M>, Index<N>, Index<K>) {
        fixedProduct<V, M, N, K>(p);
    }
};

} // namespace flatline::kernels
