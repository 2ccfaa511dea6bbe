#pragma once

#include "core/kernels/code/batch_task.h"

namespace flatline::kernels {

/// A batch's losses, and in the plan's outputGradients the gradient of their mean. Samples are in the lanes.
FLATLINE_INLINE LossTask lossTask(const BatchPlan& plan, int outputs, int samples) {
    LossTask loss;
    loss.outputs = plan.outputs;
    loss.stride = plan.sampleStride;
    loss.width = outputs;
    loss.count = samples;
    loss.labels = plan.values == nullptr ? plan.batchLabels : nullptr;
    loss.values = plan.values != nullptr ? plan.batchValues : nullptr;
    loss.valueStride = plan.sampleStride;
    loss.scale = 1.0F / static_cast<float>(samples);
    loss.gradient = plan.outputGradients;
    return loss;
}

FLATLINE_INLINE double lossOf(const BatchPlan& plan, int outputs, int samples) {
    LossSums sums;
    plan.loss(lossTask(plan, outputs, samples), sums);
    return sums.total();
}

/// The target values of the chosen samples but the first output's.
FLATLINE_INLINE void gatherOtherValues(const BatchTask& task, const int* chosen) {
    const BatchPlan& plan = task.plan;
    for (int o = 1; o < task.last->units; ++o)
        for (std::ptrdiff_t s = 0; s < task.samples; ++s)
            plan.batchValues[o * plan.sampleStride + s] = plan.values[o * plan.valueStride + chosen[s]];
}

/// The gradient of an output's bias: the sum of the output's gradients, which are 0 beyond the last sample.
template <class V>
FLATLINE_INLINE float outputBias(const float* gradients, int samples) {
    auto sum = V::load(gradients);
    for (int s = V::lanes; s < samples; s += V::lanes)
        sum = V::add(sum, V::load(gradients + s));
    return V::sum(sum);
}

} // namespace flatline::kernels
