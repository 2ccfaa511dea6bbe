#pragma once

#include "core/kernels/code/activations_code.h"
#include "core/kernels/code/batch_code.h"
#include "core/kernels/code/dots_code.h"
#include "core/kernels/code/draws_code.h"
#include "core/kernels/code/losses_code.h"
#include "core/kernels/code/moves_code.h"
#include "core/kernels/code/product_dispatch.h"
#include "core/kernels/code/tallies_code.h"
#include "core/kernels/code/updates_code.h"
#include "core/kernels/kernels.h"

namespace flatline::kernels {

/// All kernels of one instruction set.
template <class V>
constexpr Kernels makeKernels(const char* id, const char* name) {
    return {.id = id,
            .name = name,
            .product = product<V>,
            .dots = dotKernels<V>(),
            .draws = drawKernels<V>(),
            .tallies = tallyKernels<V>(),
            .moves = movesOf<V>,
            .activations = activationKernels<V>(),
            .losses = lossKernels<V>(),
            .updates = updateKernels<V>(),
            .batch = batchKernels<V>()};
}

} // namespace flatline::kernels
