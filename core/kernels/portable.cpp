#include "core/kernels/code/table.h"
#include "core/kernels/code/vector_portable.h"
#include "core/kernels/instruction_sets.h"

namespace flatline::kernels {

const Kernels portable = makeKernels<Portable>("portable", "plain C++");

} // namespace flatline::kernels
