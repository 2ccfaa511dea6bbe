// Compiled for AVX-512, which few machines have: nothing of the standard library or of Eigen in here, as in avx2.cpp,
// and nothing that would have to run before main.
#include "core/kernels/code/batch_code.h"
#include "core/kernels/code/vector_avx512.h"
#include "core/kernels/instruction_sets.h"

namespace flatline::kernels {

const WideKernels avx512Wide = {product<Avx512>, batchGradient<Avx512, WideLayers<Avx512>>};

} // namespace flatline::kernels
