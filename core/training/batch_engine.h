#pragma once

#include "core/base/aligned_floats.h"
#include "core/data/dataset.h"
#include "core/kernels/batch.h"
#include "core/kernels/kernels.h"
#include "core/network/network.h"
#include "core/network/tile_pass.h"

#include <optional>
#include <span>
#include <vector>

namespace flatline {

/// The loss and gradient of training batches on the machine's kernels: the same sums as Network<float> in
/// PassMode::Training, many times faster, with rounding of its own. A layer's neurons lie in the vector lanes, or the
/// batch's samples (TilePass), whichever wastes fewer of them: the shape alone decides. Keeps its own copy of the
/// training set, sample after sample, and scratch for one batch: nothing is allocated in a step. One thread.
class BatchEngine {
public:
    explicit BatchEngine(const Split& train, const kernels::Kernels& kernels = kernels::chosen());

    /// For this network and batches up to that size. False: the activation or the output has no kernel, and the
    /// caller must use the network itself.
    bool prepare(const NetworkSpec& spec, int largestBatch);

    /// The gradient of the mean loss of the chosen samples, of a network of that shape; its bias shift counts. Writes
    /// the entries that are learnt, no others. False: some sum or the loss is not finite, and the gradient means
    /// nothing.
    bool run(const Network<float>& network, const float* parameters, std::span<const int> chosen,
             std::span<float> gradient);
    /// Prepares descend() for a rule; `how.next` does not matter. False: the engine cannot take steps.
    bool prepareDescent(const kernels::Descent& how);
    /// A step of plain gradient descent with the gradient that run() would give, which is not told: `next` gets the
    /// parameters after it, `scratch` is as long. False, too: they are not all finite. The network's neurons have no
    /// bias shifts of their own.
    bool descend(const Network<float>& network, const float* parameters, std::span<const int> chosen,
                 std::span<float> scratch, std::span<float> next);
    /// Whether the batch's samples lie in the lanes, unit after unit (BatchKernels::bySamples): as prepared.
    [[nodiscard]] bool worksBySamples() const { return m_bySamples && !m_tile; }
    /// Of that batch, summed over its samples.
    [[nodiscard]] double loss() const { return m_loss; }
    /// Batch norm's running figures after that batch; other parameters stay. Whether they are finite.
    [[nodiscard]] bool updateRunningFigures(float* parameters, int samples) const;

private:
    void copyData(const Split& train);
    void choosePass(const NetworkSpec& spec, int largestBatch);
    [[nodiscard]] bool descends() const;
    bool runTile(const Network<float>& network, const float* parameters, std::span<const int> chosen,
                 std::span<float> gradient);
    const float* withOwnShifts(const Network<float>& network, const float* parameters);
    void describeLayers(const NetworkSpec& spec, const Layout& layout);
    void layOut(int largestBatch);
    float* take(std::size_t count);

    const kernels::Kernels* m_kernels;
    kernels::BatchPlan m_plan;
    std::vector<kernels::BatchLayer> m_layers;
    std::vector<std::ptrdiff_t> m_runningMeans; ///< by layer, places in the parameters; batch norm only
    std::vector<std::ptrdiff_t> m_runningVariances;
    std::vector<float> m_rows;
    std::vector<float> m_values;
    std::vector<std::int32_t> m_labels;
    AlignedFloats m_scratch;
    std::size_t m_taken = 0;
    std::vector<std::int32_t> m_batchLabels;
    bool m_bySamples = false;
    bool m_eightWide = false;
    kernels::BatchGradient m_gradient = nullptr;
    std::optional<TilePass> m_tile; ///< samples in the lanes
    std::vector<float> m_shifted;   ///< parameters whose biases hold what is added to single neurons
    double m_loss = 0.0;
};

} // namespace flatline
