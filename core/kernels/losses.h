#pragma once

#include "core/kernels/code/inline.h"

#include <cstddef>
#include <cstdint>

namespace flatline::kernels {

/// What is known of some samples' losses. Sample s of a task is added to lanes[s % 8], and the lanes to each other in
/// a fixed order: a set evaluated in tiles, each but the last a multiple of 8 samples, gives the same bits whatever
/// the tiles.
struct LossSums {
    double lanes[8] = {};
    std::int64_t correct = 0;
    std::int64_t infinite = 0; ///< samples of infinite loss though their outputs are finite; not in the lanes

    [[nodiscard]] FLATLINE_INLINE double total() const {
        return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
    }
};

/// Samples in the vector lanes: output o of sample s is outputs[o * stride + s], a value outputs the target for it
/// values[o * valueStride + s]. Arrays are readable up to padded(count), and the gradient is written up to there:
/// padding gets 0.
struct LossTask {
    const float* outputs = nullptr;
    std::ptrdiff_t stride = 0;
    int width = 0;                        ///< outputs a sample
    int count = 0;                        ///< samples
    const std::int32_t* labels = nullptr; ///< null: there are no classes
    const float* values = nullptr;        ///< squared loss only
    std::ptrdiff_t valueStride = 0;
    float scale = 1.0F;
    float* gradient = nullptr; ///< scale * d loss / d outputs, laid out as they are; null: not wanted
    bool countCorrect = false;
};

/// The losses of core/network/objective.h, added to `sums`. A sample with an output that is not finite makes its lane
/// NaN (or infinite: squared loss) and its gradient NaN; it says nothing of the other samples' gradients.
using LossFunction = void (*)(const LossTask& task, LossSums& sums);

struct LossKernel {
    const char* id; ///< as in objectiveTable()
    LossFunction loss;
};

struct LossKernels {
    const LossKernel* rows;
    int count;
};

/// Null: there is none, and the caller must use the reference.
[[nodiscard]] LossFunction find(const LossKernels& kernels, const char* id);

} // namespace flatline::kernels
