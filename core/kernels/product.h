#pragma once

#include <cstddef>

namespace flatline::kernels {

/// Memory that vectors run over is padded to a multiple of so many floats, whatever the instruction set.
inline constexpr int padding = 8;
/// Of the widest registers.
inline constexpr int mostLanes = 16;
[[nodiscard]] constexpr int padded(int count) {
    return (count + padding - 1) / padding * padding;
}
/// The distance of two rows of so many floats: padded, if long, to whole cache lines, across which wide registers would
/// be read in two goes; and no multiple of 256 bytes, at which a cache's sets collide.
[[nodiscard]] constexpr int rowStride(int count) {
    constexpr int line = 16;
    constexpr int few = 48;
    if (count <= few)
        return padded(count);
    const int stride = (count + line - 1) / line * line;
    return stride % 64 == 0 ? stride + line : stride;
}

/// What becomes of a sum before it is stored.
enum class Finish {
    None,
    Relu,     ///< c = max(0, sum), NaN stays; `lowest` becomes the lowest of itself and all sums
    WhereOn,  ///< c = sum where factor > 0, else 0: the way back through ReLU, factor being its output
    Multiply, ///< c = sum * factor
    Descend,  ///< c = factor - rate (sum + decay factor): of an exact C, a gradient, the next parameters
};

/// The one product that everything is made of, m in the vector lanes:
///   C(m, n) = finish(init(m, n) + sum over k of A(m, k) B(k, n))
/// Each sum starts with its initial value and goes through k in order, so that an entry has the same bits whichever of
/// the two factors lies in the lanes and however large C is.
///   A(m, k) = a[m + k * aStride];   B(k, n) = b[k * bRow + n * bColumn];   C(m, n) = c[m + n * cStride]
/// With a layer's neurons in the lanes, A are its weights, transposed, B the samples' inputs, sample after sample;
/// with samples in the lanes, A are the inputs, input after input, B the weights as they stand.
struct Product {
    const float* a = nullptr; ///< readable up to padded(m) in each column
    std::ptrdiff_t aStride = 0;
    const float* b = nullptr;
    std::ptrdiff_t bRow = 0;
    std::ptrdiff_t bColumn = 0;
    float* c = nullptr;
    std::ptrdiff_t cStride = 0;
    int m = 0;
    int n = 0;
    int k = 0;
    bool exact = false; ///< C has no padding: nothing beyond m is written. Otherwise written up to padded(m)
    const float* laneInit = nullptr;   ///< init(m), readable up to padded(m); null: 0
    const float* columnInit = nullptr; ///< init(n), where laneInit is null
    float shift = 0.0F;                ///< added to columnInit(n) beforehand
    Finish finish = Finish::None;
    const float* factor = nullptr; ///< laid out as C, of WhereOn, Multiply and Descend
    float rate = 0.0F;             ///< of Descend
    float decay = 0.0F;
    float* gone = nullptr;   ///< of Descend: mostLanes floats, no longer 0 once a c was not finite
    float* lowest = nullptr; ///< of Relu: eight floats, padding counts; NaN is passed over. Null: not wanted
};

} // namespace flatline::kernels
