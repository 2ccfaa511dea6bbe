#pragma once

#include "core/kernels/activations.h"
#include "core/kernels/batch.h"
#include "core/kernels/dots.h"
#include "core/kernels/draws.h"
#include "core/kernels/losses.h"
#include "core/kernels/moves.h"
#include "core/kernels/product.h"
#include "core/kernels/tallies.h"
#include "core/kernels/updates.h"

#include <span>
#include <string_view>

namespace flatline::kernels {

/// The arithmetic of one instruction set, behind function pointers. Everything speaks plain arrays; nothing here
/// allocates, keeps state or throws: any thread may call it.
struct Kernels {
    const char* id = nullptr;   ///< what FLATLINE_KERNELS and the benchmarks call it
    const char* name = nullptr; ///< what people read, in provenance files, too
    void (*product)(const Product& product) = nullptr;
    DotKernels dots = {};
    DrawKernels draws = {};
    TallyKernels tallies = {};
    MoveFunction moves = nullptr;
    ActivationKernels activations = {};
    LossKernels losses = {};
    UpdateKernels updates = {};
    BatchKernels batch = {};
};

/// Those that run on this machine, the fastest first.
[[nodiscard]] std::span<const Kernels* const> available();
[[nodiscard]] const Kernels* find(std::string_view id);
/// The fastest, or the one that the environment variable FLATLINE_KERNELS names: chosen once. A name that is not
/// available here is told on standard error, and the fastest serve.
[[nodiscard]] const Kernels& chosen();

} // namespace flatline::kernels
