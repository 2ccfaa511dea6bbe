#pragma once

namespace flatline::kernels {

/// Rows of a layer's weights at two moments, without padding, and of its inputs, readable up to padded(inputs): between
/// what each lay at the first moment, and between what its change lies since (down <= 0 <= up), null where there is
/// none.
struct MoveTask {
    const float* before = nullptr;
    const float* now = nullptr;
    int rows = 0;
    int inputs = 0;
    const float* lowest = nullptr;
    const float* highest = nullptr;
    const float* down = nullptr;
    const float* up = nullptr;
};

/// Of one row, with d the weights' change:
struct RowMove {
    float rise = 0.0F;    ///< sum of max(0, d lowest, d highest) + sum of max(w down, w up)
    float fall = 0.0F;    ///< likewise min
    float change = 0.0F;  ///< sum of d^2
    float size = 0.0F;    ///< sum of w^2 at the first moment
    bool changed = false; ///< some weight is another
};

/// Fills `moves`, one a row.
using MoveFunction = void (*)(const MoveTask& task, RowMove* moves);

} // namespace flatline::kernels
