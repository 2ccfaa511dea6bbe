#pragma once

#include <cstddef>

namespace flatline::kernels {

/// Sums over samples that lie in the vector lanes, the gradient of a layer's weights and biases:
///   d(j, i) += sum over s of g(j, s) h(i, s),   sums(j) += sum over s of g(j, s)
///   g(j, s) = g[j * gStride + s];   h(i, s) = h[i * hStride + s];   d(j, i) = d[j * dStride + i]
/// g and h are readable up to padded(samples); what stands beyond `samples` does not count, whatever it is. d and sums
/// have no padding. The order of a sum depends on rows, columns and samples alone.
struct Dots {
    const float* g = nullptr;
    std::ptrdiff_t gStride = 0;
    const float* h = nullptr;
    std::ptrdiff_t hStride = 0;
    float* d = nullptr;
    std::ptrdiff_t dStride = 0;
    float* sums = nullptr;
    int rows = 0;
    int columns = 0;
    int samples = 0;
};

/// The way back through f(z) = z for z > 0, else alpha z, of one neuron whose alpha is learnt:
///   returns sum over s of g(s) min(z(s), 0),   and g(s) = g(s) slope(s), up to padded(samples)
struct LearntSlope {
    float* g = nullptr;
    const float* z = nullptr;
    const float* slope = nullptr;
    int samples = 0;
};

struct DotKernels {
    void (*add)(const Dots& dots);
    float (*learntSlope)(const LearntSlope& neuron);
};

} // namespace flatline::kernels
