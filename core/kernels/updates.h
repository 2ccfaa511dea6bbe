#pragma once

#include <cstddef>

namespace flatline::kernels {

/// One optimizer's step over a run of parameters, from place `begin` of all arrays on. Nothing but those `count` is
/// read or written; what is read (parameters, gradient, old...) and what is written do not overlap. Memories that a
/// rule does not have are left alone, and may be null.
struct Update {
    const float* parameters = nullptr;
    const float* gradient = nullptr;
    const float* oldFirst = nullptr;  ///< v of momentum, m of Adam
    const float* oldSecond = nullptr; ///< v of Adam and RMSprop
    float* next = nullptr;
    float* first = nullptr;
    float* second = nullptr;
    std::ptrdiff_t count = 0;
    std::ptrdiff_t begin = 0;
};

/// The figures of the rules, which are those of core/training/optimizer.cpp, p the parameter, g its gradient:
///   sgd:       next = p - rate (g + decay p)
///   momentum:  first = keepFirst first + (g + decay p),   next = p - rate first
///   adam:      first = keepFirst first + freshFirst g,   second = keepSecond second + freshSecond g^2,
///              next = keep p - first rate / (correction sqrt(second) + epsilon)
///   rmsprop:   h = g + decay p,   second = keepSecond second + freshSecond h^2,
///              next = p - rate h / (sqrt(second) + epsilon)
/// Memories below `forgotten` become 0.
struct UpdateFigures {
    float rate = 0.0F;
    float decay = 0.0F;
    float keep = 1.0F;
    float keepFirst = 0.0F;
    float freshFirst = 1.0F;
    float keepSecond = 0.0F;
    float freshSecond = 1.0F;
    float correction = 1.0F;
    float epsilon = 0.0F;
    float forgotten = 0.0F;
};

/// A step of `sgd` that is taken along with the gradient: the next parameters, of all places that have one.
struct Descent {
    float* next = nullptr; ///< null: no step
    float rate = 0.0F;
    float weightDecay = 0.0F;
    float biasDecay = 0.0F;
};

/// Returns whether all of `next` is finite.
using UpdateFunction = bool (*)(const Update& update, const UpdateFigures& figures);

struct UpdateKernels {
    UpdateFunction sgd;
    UpdateFunction momentum;
    UpdateFunction adam;
    UpdateFunction rmsprop;
};

} // namespace flatline::kernels
