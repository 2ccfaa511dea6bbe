#include "core/kernels/activations.h"
#include "core/kernels/losses.h"

#include <string_view>

namespace flatline::kernels {

const ActivationKernel* find(const ActivationKernels& kernels, const char* id) {
    for (int i = 0; i < kernels.count; ++i)
        if (std::string_view(kernels.rows[i].id) == id)
            return &kernels.rows[i];
    return nullptr;
}

LossFunction find(const LossKernels& kernels, const char* id) {
    for (int i = 0; i < kernels.count; ++i)
        if (std::string_view(kernels.rows[i].id) == id)
            return kernels.rows[i].loss;
    return nullptr;
}

} // namespace flatline::kernels
