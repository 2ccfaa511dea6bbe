#pragma once

#include <cstddef>

namespace flatline::kernels {

/// What an activation needs to know beside z.
struct ActivationFigures {
    float alpha = 0.0F;
    float slopeAtZero = 0.0F;
};

/// f and f' over arrays, what core/network/activation.h defines: the same kinks, infinities and NaN, and f' exactly 0
/// for the same z. Nothing beyond `count` is read or written; a count that is a multiple of `padding` is fastest. An
/// entry has the same bits wherever it stands, and whether its slope is asked for or not. h may be z, and slope may be
/// z; otherwise arrays do not overlap.
/// Errors in units in the last place, for f and f': ELU 1.1, 1.1; GELU 0.6, 0.9; softplus 2.6, 2.6; sigmoid and tanh
/// 2.6, 4.5; SiLU 3.2, 8. Where the slopes of GELU and SiLU cross 0, between -3 and 0: 3e-8 and 6e-8. The others are
/// exact but for one rounding.
struct ActivationKernel {
    const char* id; ///< as in activationTable()
    bool isRelu;    ///< max(0, z)
    void (*value)(const float* z, float* h, std::size_t count, ActivationFigures figures);
    void (*slope)(const float* z, float* slope, std::size_t count, ActivationFigures figures);
    void (*valueAndSlope)(const float* z, float* h, float* slope, std::size_t count, ActivationFigures figures);
};

struct ActivationKernels {
    const ActivationKernel* rows;
    int count;
};

/// Null: there is none, and the caller must use the reference.
[[nodiscard]] const ActivationKernel* find(const ActivationKernels& kernels, const char* id);

} // namespace flatline::kernels
