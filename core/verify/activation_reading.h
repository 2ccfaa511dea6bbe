#pragma once

#include "core/network/network.h"

namespace flatline {

/// f(x) and f'(x) in float32 as the network's activation function has them, with its own alpha where slopes are learnt.
[[nodiscard]] inline float activationValue(const NetworkSpec& spec, float x) {
    float result = 0.0F;
    spec.activation->single.value(&x, &result, 1, spec.activationParameters);
    return result;
}
[[nodiscard]] inline float activationSlope(const NetworkSpec& spec, float x) {
    float result = 0.0F;
    spec.activation->single.derivative(&x, &result, 1, spec.activationParameters);
    return result;
}

} // namespace flatline
