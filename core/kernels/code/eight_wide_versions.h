#pragma once

#include "core/kernels/code/eight_wide.h"

namespace flatline::kernels {

/// Apart: together in one function they would get in each other's registers.
template <class V, int Outputs, Slopes Kind, bool Squared, bool Decays>
FLATLINE_APART bool eightWide(const BatchPlan& plan, const float* parameters, const int* chosen, int samples,
                              float* gradient, double& loss) {
    using Pass = EightWidePass<V, Outputs, Kind, Squared, Decays>;
    typename Pass::Room room;
    Pass pass(parameters, gradient, plan.descent, room);
    loss = pass.run(plan, chosen, samples);
    return pass.isFinite() && loss - loss == 0.0;
}

template <class V, int Outputs>
[[nodiscard]] BatchGradient eightWideOf(const BatchPlan& plan) {
    if (plan.learntSlopes)
        return eightWide<V, Outputs, Slopes::Learnt, false, true>;
    if (!plan.relu)
        return eightWide<V, Outputs, Slopes::Listed, false, true>;
    constexpr Slopes relu = Slopes::Relu;
    const bool decays = plan.descent.weightDecay != 0.0F || plan.descent.biasDecay != 0.0F;
    if constexpr (Outputs == 1)
        return !plan.squaredLoss ? eightWide<V, Outputs, relu, false, true>
               : decays          ? eightWide<V, Outputs, relu, true, true>
                                 : eightWide<V, Outputs, relu, true, false>;
    else
        return decays ? eightWide<V, Outputs, relu, false, true> : eightWide<V, Outputs, relu, false, false>;
}

/// BatchKernels::eightWide. What is most common, the squared loss and two outputs, has a version without decay.
template <class V>
BatchGradient eightWidePass(const BatchPlan& plan) {
    return plan.layers[plan.layerCount - 1].units == 1 ? eightWideOf<V, 1>(plan) : eightWideOf<V, 2>(plan);
}

} // namespace flatline::kernels
