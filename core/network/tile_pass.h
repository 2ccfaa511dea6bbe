#pragma once

#include "core/base/aligned_floats.h"
#include "core/data/sample_tiles.h"
#include "core/kernels/kernels.h"
#include "core/network/folded.h"
#include "core/network/network.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace flatline {

/// What a forward pass leaves behind.
enum class TileKeep {
    Outputs,  ///< the last layer's values: enough for the loss
    Values,   ///< all activations
    Gradient, ///< what the way back needs
    States    ///< all pre-activations and activations; what the way back needs, too
};

/// A network's pass over a tile of samples with the samples in the vector lanes: values stand neuron after neuron. Fast
/// where many samples go through, whatever the widths. Batch norm works with its running figures, folded into weights
/// and biases (Folded): z and f(z) are those of the plain network.
/// A sample's values have the same bits whatever tile it is in, wherever in it, and whatever is kept.
/// Scratch memory; one thread an object. Only the constructor and `prepare` allocate, and the latter only when
/// something is asked for the first time.
class TilePass {
public:
    /// For tiles of at most so many samples.
    TilePass(const NetworkSpec& spec, int mostSamples, const kernels::Kernels& kernels = kernels::chosen());
    /// So many samples that the values of two neighbouring layers stay in the first-level cache.
    [[nodiscard]] static int goodSamples(const NetworkSpec& spec);

    /// For the passes that follow: the network, of the shape that the constructor saw, its parameters, which must stay,
    /// and what is kept. Forgets the losses.
    void prepare(const Network<float>& network, const float* parameters, TileKeep keep);
    void forward(const TileSamples& tile);
    /// The hidden layers before that one alone.
    void forwardBefore(const TileSamples& tile, std::size_t layer);
    /// After it, unless only outputs are kept: z of one neuron of that layer or an earlier one, up to padded(samples).
    /// Stays until the next call.
    [[nodiscard]] const float* preActivation(const TileSamples& tile, std::size_t layer, std::size_t neuron);
    /// The same of several neurons, at least one: neuron number i's from i * stride(). Cheaper than one by one.
    [[nodiscard]] const float* preActivations(const TileSamples& tile, std::size_t layer,
                                              std::span<const std::size_t> neurons);
    /// After forward: adds the tile's losses.
    void addLoss(const TileSamples& tile);
    /// The same, and the derivative by the outputs, times `scale`, which backward reads.
    void addLoss(const TileSamples& tile, float scale);
    /// After those two, unless only outputs are kept: adds the gradient, one entry a parameter. With batch norm it is
    /// that by the folded weights and biases (unfoldGradient).
    void backward(const TileSamples& tile, float* gradient);

    /// Of all tiles since `prepare`. Independent of how the samples were shared out to tiles, as long as all but the
    /// last have a multiple of 8 samples.
    [[nodiscard]] LossSum loss() const { return {m_loss.total(), m_loss.correct, m_loss.infinite}; }
    /// Whether a pre-activation of a hidden layer was infinite since `prepare`; only where the gradient is kept. One
    /// that is NaN, or infinite in the last layer, shows in the loss.
    [[nodiscard]] bool overflowed() const;

    [[nodiscard]] const kernels::Kernels& kernels() const { return *m_kernels; }
    [[nodiscard]] int samples() const { return m_samples; } ///< of the tile under way
    /// Values of the tile under way, neuron j's from j * stride(). Up to padded(samples); hidden layers from 0.
    [[nodiscard]] std::ptrdiff_t stride() const { return m_stride; }
    [[nodiscard]] int mostSamples() const { return m_most; }
    [[nodiscard]] const float* preActivations(std::size_t layer) const { return m_layers[layer].z; } ///< States
    [[nodiscard]] const float* activations(std::size_t layer) const { return m_layers[layer].h; }    ///< f(z)
    /// f'(z), but null for the identity, and for ReLU with slope 0 at 0.
    [[nodiscard]] const float* slopes(std::size_t layer) const { return m_layers[layer].slopes; }
    /// The largest norm of a sample's inputs to that layer, of the plain network.
    [[nodiscard]] float greatestInputNorm(const TileSamples& tile, std::size_t layer) const;
    /// Widens the ranges of each of that layer's inputs to this tile, likewise.
    void widenInputRanges(const TileSamples& tile, std::size_t layer, kernels::LaneRange* ranges) const;
    /// The norms of all samples' inputs, likewise.
    void inputNorms(const TileSamples& tile, std::size_t layer, float* norms) const;
    [[nodiscard]] const float* outputs() const { return m_outputs; }
    [[nodiscard]] const float* outputGradient() const { return m_outputGradient; }

private:
    struct Layer {
        int inputs = 0;
        int units = 0;
        std::size_t weights = 0; ///< places in the flat vector
        std::size_t biases = 0;
        std::size_t alphas = 0;
        float* z = nullptr;
        float* h = nullptr;
        float* slopes = nullptr;
    };
    enum class Bend { None, Relu, Other }; ///< what f is: none, ReLU with slope 0 at 0, or something else

    [[nodiscard]] kernels::Rows inputsOf(const TileSamples& tile, std::size_t layer) const;
    void choose(const NetworkSpec& spec);
    void place(const Layout& layout);
    void share(TileKeep keep);
    [[nodiscard]] kernels::Product sumOf(const Layer& layer, const float* input, std::ptrdiff_t stride, bool hidden,
                                         float* into) const;
    void activate(const Layer& layer);
    void activateRows(const Layer& layer, int row, int rows, ActivationParameters parameters);
    void addReferenceLoss(const TileSamples& tile, float scale);
    void back(const Layer& above, const Layer& below, const float* gradient, float* into);
    void throughActivation(const Layer& layer, float* gradient, float* sums);

    const kernels::Kernels* m_kernels;
    int m_most;
    std::ptrdiff_t m_stride;
    std::vector<Layer> m_layers; ///< hidden layers and the output layer
    Layout m_layout;
    bool m_learntSlopes = false;
    bool m_isRelu = false;
    bool m_isIdentity = false;
    int m_widest = 0;

    AlignedFloats m_scratch;
    float* m_outputs = nullptr;
    float* m_outputGradient = nullptr;
    float* m_gradients[2] = {nullptr, nullptr};
    alignas(32) float m_lowest[8] = {};

    const ActivationRow* m_activation = nullptr;
    const kernels::ActivationKernel* m_activationKernel = nullptr; ///< null: the reference serves
    ActivationParameters m_figures;
    const ObjectiveRow* m_objective = nullptr;
    kernels::LossFunction m_lossKernel = nullptr; ///< likewise
    Bend m_bend = Bend::None;
    TileKeep m_keep = TileKeep::Outputs;
    const float* m_parameters = nullptr;
    float m_shift = 0.0F;
    int m_samples = 0;
    bool m_overflowed = false;
    Folded m_folded;
    kernels::LossSums m_loss;
    std::vector<float> m_chosenWeights; ///< of several neurons, one after the other, for preActivations
    std::vector<float> m_chosenBiases;
    std::vector<float> m_chosen; ///< their values
};

} // namespace flatline
