#pragma once

#include "core/kernels/activations.h"
#include "core/kernels/losses.h"
#include "core/kernels/product.h"
#include "core/kernels/updates.h"

#include <cstddef>
#include <cstdint>

namespace flatline::kernels {

/// Where batch norm stands.
enum class Norm { None, Before, After };

/// One layer of a pass over a batch with its neurons in the vector lanes: values stand sample after sample, a sample's
/// neurons adjacent, padded. Scratch is the caller's, for paddedBatch samples: zero at first, then only ever written
/// here.
struct BatchLayer {
    int inputs = 0;
    int units = 0;
    std::ptrdiff_t inputStride = 0; ///< of `inputs` values, as of the layer before
    std::ptrdiff_t unitStride = 0;
    // Places in the flat vector; -1: the layer has none.
    std::ptrdiff_t weight = -1;
    std::ptrdiff_t bias = -1;
    std::ptrdiff_t alpha = -1;
    std::ptrdiff_t gamma = -1;
    std::ptrdiff_t beta = -1;

    const float* values = nullptr; ///< what it reads: the batch's inputs, or the `outputs` of the layer below
    float* transposed = nullptr;   ///< inputs x unitStride
    float* rows = nullptr;         ///< units x inputStride, where they are copied
    float* swapped = nullptr;      ///< inputs x unitStride: the gradient, where it is turned round
    float* turnedValues = nullptr; ///< of outputs with few units: inputs x sampleStride, what it reads turned round
    float* biases = nullptr;       ///< unitStride
    float* outputs = nullptr;      ///< what the next layer reads; samples x unitStride, as all that follow
    float* gradients = nullptr;    ///< d loss / d (the layer's sums)
    float* turned = nullptr;       ///< of bySamples: its outputs, unit after unit, as its gradients are there
    // Where f is not ReLU with slope 0 at 0, or there is batch norm:
    float* preActivations = nullptr;
    float* activations = nullptr; ///< f(z); `outputs` but for batch norm after it
    float* slopes = nullptr;      ///< f'(z)
    float* alphas = nullptr;      ///< unitStride
    // Batch norm:
    float* normalized = nullptr; ///< u
    float* figures = nullptr;    ///< gamma, beta, mean, variance, 1 / sqrt(variance + epsilon): five of unitStride
    float* straight = nullptr;   ///< unitStride: lanes all set where f' is the same on all of the batch
};

/// All that a pass over a batch needs to know.
struct BatchPlan {
    const BatchLayer* layers = nullptr; ///< hidden layers and the output layer
    int layerCount = 0;
    bool relu = false; ///< f is ReLU with slope 0 at 0, no batch norm: activation is done with the sums
    const ActivationKernel* activation = nullptr; ///< otherwise
    ActivationFigures figures;
    bool learntSlopes = false;
    Norm norm = Norm::None;
    float epsilon = 0.0F; ///< batch norm's
    LossFunction loss = nullptr;
    bool squaredLoss = false; ///< that it is the loss of `linear`
    float biasShift = 0.0F;   ///< added to hidden biases
    Descent descent;          ///< BatchKernels::bySamples and eightWide take it along; the others leave it alone

    // The data, sample after sample; a row may be read up to padded(inputs) floats from its start.
    const float* rows = nullptr;
    std::ptrdiff_t rowLength = 0;
    const std::int32_t* labels = nullptr; ///< or null
    const float* values = nullptr;        ///< output after output, or null
    std::ptrdiff_t valueStride = 0;

    // Scratch for one batch.
    float* inputs = nullptr;       ///< samples x the first layer's inputStride
    float* turnedInputs = nullptr; ///< of bySamples: inputs x sampleStride
    std::int32_t* batchLabels = nullptr;
    std::ptrdiff_t sampleStride = 0; ///< of what stands output after output, samples adjacent:
    float* batchValues = nullptr;
    float* outputs = nullptr;
    float* outputGradients = nullptr;
};

/// Scratch has room for so many samples: for whole ones of the widest registers.
[[nodiscard]] constexpr std::ptrdiff_t paddedBatch(int samples) {
    return std::ptrdiff_t{samples + mostLanes - 1} / mostLanes * mostLanes;
}

/// Whether a layer's weight gradient pads less with its units in the lanes than with its inputs, and is turned round.
[[nodiscard]] constexpr bool swaps(int inputs, int units) {
    return padded(inputs) * units > padded(units) * inputs;
}
/// Whether an output layer's sums are made with the samples in the lanes: its units would fill half of them at most.
[[nodiscard]] constexpr bool turnsValues(int units, int samples) {
    return units <= padding / 2 && samples >= 2 * padding;
}
/// Whether a layer's weights, read row by row, must be copied first: to whole vectors, in rows at which the cache's
/// sets do not collide.
[[nodiscard]] constexpr bool copiesRows(int inputs) {
    return rowStride(inputs) != inputs;
}

/// The loss of the chosen samples, summed, and in `gradient` (laid out as the parameters; blocks that are not learnt
/// stay) the gradient of its mean. Returns whether all sums and the loss are finite, and the next parameters of a
/// Descent that is taken along; then what `gradient` holds has no meaning.
using BatchGradient = bool (*)(const BatchPlan& plan, const float* parameters, const int* chosen, int samples,
                               float* gradient, double& loss);

/// Layers of so many inputs and units at most are narrow: a sample's values fill one register.
inline constexpr int mostNarrow = 8;

/// Of the networks that BatchKernels::eightWide serves: points in the plane.
inline constexpr int eightWideInputs = 2;

struct BatchKernels {
    BatchGradient gradient = nullptr; ///< of any shape
    /// The same bits; faster where weights are many beside the batch's values: of plain ReLU networks
    /// (BatchPlan::relu). It takes a Descent along.
    BatchGradient bySamples = nullptr;
    /// Faster: of networks with hidden layers, none of whose layers has more than mostNarrow inputs or units, whatever
    /// else they are. Null: there is none.
    BatchGradient narrow = nullptr;
    /// The same bits, faster still: of networks with eightWideInputs inputs, two hidden layers of mostNarrow units each
    /// and one or two outputs, without batch norm. It is one for the plan's activation, loss and decay, as they are
    /// now, and takes a Descent along. Null: there is none.
    BatchGradient (*eightWide)(const BatchPlan& plan) = nullptr;
};

} // namespace flatline::kernels
