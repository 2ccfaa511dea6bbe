#include "core/kernels/code/table.h"
#include "core/kernels/code/vector_sse2.h"
#include "core/kernels/instruction_sets.h"

namespace flatline::kernels {

const Kernels sse2 = makeKernels<Sse2>("sse2", "SSE2");

} // namespace flatline::kernels
