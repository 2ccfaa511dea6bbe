// Compiled for AVX2 and FMA, which not every machine has: nothing of the standard library or of Eigen in here, whose
// inline functions the linker would share with the rest of the program.
#include "core/kernels/code/eight_wide_versions.h"
#include "core/kernels/code/table.h"
#include "core/kernels/code/vector_avx2.h"
#include "core/kernels/code/vector_two.h"
#include "core/kernels/instruction_sets.h"

namespace flatline::kernels {

namespace {

constexpr Kernels withCompiledShapes(Kernels kernels) {
    kernels.batch.eightWide = eightWidePass<PairingTwo<Avx2>>;
    return kernels;
}

} // namespace

const Kernels avx2 = withCompiledShapes(makeKernels<Avx2>("avx2", "AVX2 and FMA"));

} // namespace flatline::kernels
