#pragma once

#include "core/kernels/code/batch_code.h"

namespace flatline::kernels {

/// The shapes that are compiled in: the lab's own experiments, at the batch sizes they come with and the usual ones.
/// Another is one more line.
template <class V>
constexpr FixedBatch fixedBatches[] = {
    fixedBatch<V, 10, 2, 8, 8, 1>(), fixedBatch<V, 16, 2, 8, 8, 1>(), fixedBatch<V, 32, 2, 8, 8, 1>(),
    fixedBatch<V, 10, 2, 8, 8, 2>(), fixedBatch<V, 16, 2, 8, 8, 2>(), fixedBatch<V, 32, 2, 8, 8, 2>(),
    fixedBatch<V, 10, 2, 8, 2>(),    fixedBatch<V, 16, 2, 8, 2>(),    fixedBatch<V, 32, 2, 8, 2>(),
};

template <class V>
constexpr BatchKernels batchKernels() {
    BatchKernels kernels{batchGradient<V>, nullptr, 0};
    if constexpr (V::fixedShapes) {
        kernels.fixed = fixedBatches<V>;
        kernels.fixedCount = static_cast<int>(sizeof(fixedBatches<V>) / sizeof(FixedBatch));
    }
    return kernels;
}

} // namespace flatline::kernels
