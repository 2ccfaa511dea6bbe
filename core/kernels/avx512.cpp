// Compiled for AVX-512, which few machines have: nothing of the standard library or of Eigen in here, as in avx2.cpp,
// and nothing that would have to run before main.
#include "core/kernels/code/activations_code.h"
#include "core/kernels/code/batch_code.h"
#include "core/kernels/code/dots_code.h"
#include "core/kernels/code/draws_code.h"
#include "core/kernels/code/eight_wide_versions.h"
#include "core/kernels/code/updates_code.h"
#include "core/kernels/code/vector_avx512.h"
#include "core/kernels/code/vector_pair.h"
#include "core/kernels/instruction_sets.h"

namespace flatline::kernels {

const WideKernels avx512Wide = {.product = product<Avx512>,
                                .gradient = batchGradient<Avx512, WideLayers<Avx512>>,
                                .bySamples = batchGradientBySamples<Avx512>,
                                .eightWide = eightWidePass<PairingAvx512>,
                                .philox = philox<Avx512Draws>,
                                .shuffle = shuffle<Avx512Draws>,
                                .sgd = update<Avx512Wide, SgdRule>,
                                .momentum = update<Avx512Wide, MomentumRule>,
                                .activations = activationKernels<Avx512Wide>(),
                                .dots = dotKernels<Avx512>()};

} // namespace flatline::kernels
