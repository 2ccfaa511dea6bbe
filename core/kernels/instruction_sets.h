#pragma once

#include "core/kernels/kernels.h"

namespace flatline::kernels {

// The guarded place: which of these are there depends on what is compiled for (by CMake): portable always, with
// FLATLINE_X86 avx2, and without FLATLINE_AVX2_ALONE (sanitizers) the others.
extern const Kernels avx2;
extern const Kernels sse2;
extern const Kernels portable;

/// What AVX-512 does better than AVX2, with the same bits: the rest of those kernels is AVX2's.
struct WideKernels {
    void (*product)(const Product& product);
    BatchGradient gradient;
    BatchGradient bySamples;
    BatchGradient (*eightWide)(const BatchPlan& plan);
    PhiloxFunction philox;
    ShuffleFunction shuffle;
    UpdateFunction sgd;
    UpdateFunction momentum;
    ActivationKernels activations;
    DotKernels dots;
};
extern const WideKernels avx512Wide;

} // namespace flatline::kernels
