#pragma once

#include "core/kernels/batch.h"
#include "core/kernels/code/inline.h"

namespace flatline::kernels {

/// Whether the slopes of the layer below are multiplied into what goes down to it at once. Learnt slopes and batch norm
/// after the activation want to see it beforehand.
[[nodiscard]] FLATLINE_INLINE bool multipliesBelow(const BatchPlan& plan) {
    return !plan.learntSlopes && plan.norm != Norm::After;
}

/// A pass over a batch, as its layers see it.
struct BatchTask {
    const BatchPlan& plan;
    const float* parameters;
    float* gradient;
    int samples;
    float* lowest; ///< of all hidden sums, as Product's
    const BatchLayer* first;
    const BatchLayer* last;
};

} // namespace flatline::kernels
