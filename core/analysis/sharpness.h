#pragma once

#include "core/data/dataset.h"
#include "core/network/network.h"

#include <atomic>
#include <optional>
#include <span>
#include <vector>

namespace flatline {

/// The Hessian of the training loss (all samples, evaluation mode, without the decay term) by the weights, biases and
/// learnt slopes, seen through exact products with vectors; batch norm's figures are kept constant.
struct SharpnessOptions {
    int maximumIterations = 60; ///< Lanczos: enough for the largest eigenvalue of some 10^5 parameters
    double tolerance = 1e-4;    ///< relative, of the eigenvalue: more than a display shows
};

/// The largest eigenvalue and its direction.
struct Sharpness {
    double value = 0.0;
    std::vector<float> direction; ///< unit length, one entry a parameter
    int iterations = 0;
    bool converged = false;
};

/// Blocks; nothing where `cancelled` became true on the way (looked at after each product), or where the loss or a
/// product is not finite. The start vector is a pure function of the layout: equal parameters give equal bits.
[[nodiscard]] std::optional<Sharpness> computeSharpness(const NetworkSpec& spec, const Dataset& dataset,
                                                        std::span<const float> parameters,
                                                        const SharpnessOptions& options = {},
                                                        const std::atomic<bool>* cancelled = nullptr);

} // namespace flatline
