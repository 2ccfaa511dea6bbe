#pragma once

#include "core/kernels/kernels.h"

namespace flatline::kernels {

// The guarded place: which of these are there depends on the machine that is compiled for (FLATLINE_X86, by CMake).
extern const Kernels avx2;
extern const Kernels sse2;
extern const Kernels portable;

} // namespace flatline::kernels
