#include "core/network/tile_pass.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <string_view>

namespace flatline {
namespace {

constexpr int block = 48; // samples: a multiple of the widest strips of all kernels

} // namespace

int TilePass::goodSamples(const NetworkSpec& spec) {
    int widest = std::max(spec.inputs, spec.outputs);
    for (const int width : spec.hidden)
        widest = std::max(widest, width);
    constexpr int room = 24 * 1024 / 2 / static_cast<int>(sizeof(float)); // three quarters of a cache for two layers
    return std::clamp(room / widest / block, 1, 10) * block;
}

TilePass::TilePass(const NetworkSpec& spec, int mostSamples, const kernels::Kernels& kernels)
    : m_kernels(&kernels)
    , m_most(mostSamples)
    , m_stride(kernels::rowStride(mostSamples)) {
    m_layers.resize(spec.hidden.size() + 1);
    for (std::size_t k = 0; k < m_layers.size(); ++k) {
        m_layers[k].inputs = k == 0 ? spec.inputs : spec.hidden[k - 1];
        m_layers[k].units = k < spec.hidden.size() ? spec.hidden[k] : spec.outputs;
        if (k < spec.hidden.size())
            m_widest = std::max(m_widest, spec.hidden[k]);
    }
}

void TilePass::prepare(const Network<float>& network, const float* parameters, TileKeep keep) {
    const NetworkSpec& spec = network.spec();
    assert(spec.hidden.size() + 1 == m_layers.size());
    if (m_layout.size() != network.layout().size() || m_learntSlopes != spec.activation->learntSlope)
        place(network.layout());
    m_learntSlopes = spec.activation->learntSlope;
    choose(spec);
    m_parameters = parameters;
    m_shift = static_cast<float>(spec.biasShift.all);
    if (spec.batchNorm != BatchNorm::None || !spec.biasShift.own.empty()) {
        fold(network, parameters, m_folded);
        m_parameters = m_folded.parameters.data();
        m_shift = 0.0F;
    }
    const Bend bend = m_isRelu && m_figures.slopeAtZero == 0.0 ? Bend::Relu : m_isIdentity ? Bend::None : Bend::Other;
    if (m_scratch.size() == 0 || bend != m_bend || keep != m_keep) {
        m_bend = bend;
        share(keep);
    }
    m_loss = {};
    m_overflowed = false;
    std::fill(std::begin(m_lowest), std::end(m_lowest), 0.0F);
}

void TilePass::choose(const NetworkSpec& spec) {
    m_figures = spec.activationParameters;
    if (m_activation != spec.activation) {
        m_activation = spec.activation;
        m_activationKernel = kernels::find(m_kernels->activations, m_activation->id);
        m_isRelu = std::string_view(m_activation->id) == "relu";
        m_isIdentity = std::string_view(m_activation->id) == "identity";
    }
    if (m_objective != spec.objective) {
        m_objective = spec.objective;
        m_lossKernel = kernels::find(m_kernels->losses, m_objective->id);
    }
}

void TilePass::place(const Layout& layout) {
    m_layout = layout;
    for (std::size_t k = 0; k < m_layers.size(); ++k) {
        const int number = static_cast<int>(k) + 1;
        m_layers[k].weights = layout.block(number, BlockKind::Weight).offset;
        m_layers[k].biases = layout.block(number, BlockKind::Bias).offset;
        if (const Block* alpha = layout.find(number, BlockKind::Alpha))
            m_layers[k].alphas = alpha->offset;
    }
}

// Shares the scratch memory out. While only outputs are kept, all layers take turns with two places.
void TilePass::share(TileKeep keep) {
    m_keep = keep;
    const auto hidden = m_layers.size() - 1;
    const auto widest = static_cast<std::size_t>(m_widest);
    const auto outputs = static_cast<std::size_t>(m_layers.back().units);
    const bool lean = keep == TileKeep::Outputs;
    const int other = keep == TileKeep::Values ? 0 : 2; // z, and the slopes
    const int copies = 1 + (m_bend == Bend::Other ? other : (m_bend == Bend::Relu && keep == TileKeep::States ? 1 : 0));
    std::size_t rows = 2 * outputs + 2 * widest;
    for (std::size_t k = 0; k < hidden && !lean; ++k)
        rows += static_cast<std::size_t>(copies * m_layers[k].units);
    if (m_scratch.size() < rows * static_cast<std::size_t>(m_stride))
        m_scratch = AlignedFloats(rows * static_cast<std::size_t>(m_stride));
    float* next = m_scratch.data();
    const auto take = [&](std::size_t count) {
        float* taken = next;
        next += count * static_cast<std::size_t>(m_stride);
        return taken;
    };
    m_outputs = take(outputs);
    m_outputGradient = take(outputs);
    m_gradients[0] = take(widest);
    m_gradients[1] = take(widest);
    for (std::size_t k = 0; k < hidden; ++k) {
        Layer& layer = m_layers[k];
        const auto units = static_cast<std::size_t>(layer.units);
        layer.h = lean ? m_gradients[k % 2] : take(units);
        layer.z = lean || copies == 1 ? layer.h : take(units);
        layer.slopes = lean || copies < 3 ? nullptr : take(units);
    }
}

void TilePass::forward(const TileSamples& tile) {
    const std::size_t hidden = m_layers.size() - 1;
    forwardBefore(tile, hidden);
    const bool first = hidden == 0;
    m_kernels->product(sumOf(m_layers[hidden], first ? tile.features : m_layers[hidden - 1].h,
                             first ? tile.stride : m_stride, false, m_outputs));
}

void TilePass::forwardBefore(const TileSamples& tile, std::size_t layer) {
    assert(tile.samples > 0 && tile.samples <= m_most);
    m_samples = tile.samples;
    const float* input = tile.features;
    std::ptrdiff_t stride = tile.stride;
    const bool fused = m_bend == Bend::Relu && m_keep != TileKeep::States;
    for (std::size_t k = 0; k < layer; ++k) {
        kernels::Product product = sumOf(m_layers[k], input, stride, true, m_layers[k].z);
        product.finish = fused ? kernels::Finish::Relu : kernels::Finish::None;
        product.lowest = m_keep == TileKeep::Gradient ? m_lowest : nullptr;
        m_kernels->product(product);
        if (!fused && m_bend != Bend::None)
            activate(m_layers[k]);
        input = m_layers[k].h;
        stride = m_stride;
    }
}

const float* TilePass::preActivation(const TileSamples& tile, std::size_t layer, std::size_t neuron) {
    assert(m_keep != TileKeep::Outputs && tile.samples == m_samples);
    const bool first = layer == 0;
    kernels::Product product = sumOf(m_layers[layer], first ? tile.features : m_layers[layer - 1].h,
                                     first ? tile.stride : m_stride, true, m_outputs);
    product.b += static_cast<std::ptrdiff_t>(neuron) * product.bColumn;
    product.columnInit += neuron;
    product.n = 1;
    m_kernels->product(product);
    return m_outputs;
}

const float* TilePass::preActivations(const TileSamples& tile, std::size_t layer,
                                      std::span<const std::size_t> neurons) {
    if (neurons.size() == 1)
        return preActivation(tile, layer, neurons.front());
    const bool first = layer == 0;
    m_chosen.resize(std::max(m_chosen.size(), neurons.size() * static_cast<std::size_t>(m_stride)));
    kernels::Product product = sumOf(m_layers[layer], first ? tile.features : m_layers[layer - 1].h,
                                     first ? tile.stride : m_stride, true, m_chosen.data());
    const auto inputs = static_cast<std::size_t>(m_layers[layer].inputs);
    m_chosenWeights.resize(neurons.size() * inputs);
    m_chosenBiases.resize(neurons.size());
    for (std::size_t i = 0; i < neurons.size(); ++i) {
        std::copy_n(product.b + neurons[i] * inputs, inputs, m_chosenWeights.data() + i * inputs);
        m_chosenBiases[i] = product.columnInit[neurons[i]];
    }
    product.b = m_chosenWeights.data();
    product.columnInit = m_chosenBiases.data();
    product.n = static_cast<int>(neurons.size());
    m_kernels->product(product);
    return m_chosen.data();
}

kernels::Product TilePass::sumOf(const Layer& layer, const float* input, std::ptrdiff_t stride, bool hidden,
                                 float* into) const {
    kernels::Product p;
    p.a = input;
    p.aStride = stride;
    p.b = m_parameters + layer.weights;
    p.bRow = 1;
    p.bColumn = layer.inputs;
    p.c = into;
    p.cStride = m_stride;
    p.m = m_samples;
    p.n = layer.units;
    p.k = layer.inputs;
    p.columnInit = m_parameters + layer.biases;
    p.shift = hidden ? m_shift : 0.0F;
    return p;
}

// A neuron's run at a time where each has its own alpha, or where the tile is not full.
void TilePass::activate(const Layer& layer) {
    ActivationParameters figures = m_figures;
    const bool whole = kernels::padded(m_samples) == m_stride;
    if (whole && !m_learntSlopes) {
        activateRows(layer, 0, layer.units, figures);
        return;
    }
    for (int j = 0; j < layer.units; ++j) {
        if (m_learntSlopes)
            figures.alpha = static_cast<double>(m_parameters[layer.alphas + static_cast<std::size_t>(j)]);
        activateRows(layer, j, 1, figures);
    }
}

void TilePass::activateRows(const Layer& layer, int row, int rows, ActivationParameters parameters) {
    const std::ptrdiff_t first = row * m_stride;
    const auto count = static_cast<std::size_t>(rows == 1 ? kernels::padded(m_samples) : rows * m_stride);
    const float* z = layer.z + first;
    float* h = layer.h + first;
    float* slopes = layer.slopes == nullptr ? nullptr : layer.slopes + first;
    if (m_keep == TileKeep::Gradient)
        m_overflowed = m_overflowed || !m_kernels->tallies.noInfinity(z, count);
    if (m_activationKernel == nullptr) {
        if (slopes != nullptr)
            m_activation->single.derivative(z, slopes, count, parameters);
        m_activation->single.value(z, h, count, parameters);
        return;
    }
    const kernels::ActivationFigures figures{static_cast<float>(parameters.alpha),
                                             static_cast<float>(parameters.slopeAtZero)};
    if (slopes != nullptr)
        m_activationKernel->valueAndSlope(z, h, slopes, count, figures);
    else
        m_activationKernel->value(z, h, count, figures);
}

void TilePass::addLoss(const TileSamples& tile) {
    addLoss(tile, 0.0F);
}

void TilePass::addLoss(const TileSamples& tile, float scale) {
    if (m_lossKernel == nullptr) {
        addReferenceLoss(tile, scale);
        return;
    }
    kernels::LossTask task;
    task.outputs = m_outputs;
    task.stride = m_stride;
    task.width = m_layers.back().units;
    task.count = tile.samples;
    task.labels = tile.labels;
    task.values = tile.values;
    task.valueStride = tile.stride;
    task.scale = scale;
    task.gradient = scale != 0.0F ? m_outputGradient : nullptr;
    task.countCorrect = tile.labels != nullptr;
    m_lossKernel(task, m_loss);
}

void TilePass::addReferenceLoss(const TileSamples& tile, float scale) {
    using Rows = Eigen::Map<const Batch<float>, 0, Eigen::OuterStride<>>;
    using OwnRows = Eigen::Map<Batch<float>, 0, Eigen::OuterStride<>>;
    const auto width = static_cast<Eigen::Index>(m_layers.back().units);
    const auto count = static_cast<Eigen::Index>(tile.samples);
    const Batch<float> outputs = Rows(m_outputs, count, width, Eigen::OuterStride<>(m_stride));
    Targets<float> targets;
    if (tile.labels != nullptr)
        targets.labels.assign(tile.labels, tile.labels + count);
    if (tile.values != nullptr)
        targets.values = Rows(tile.values, count, width, Eigen::OuterStride<>(tile.stride));
    Batch<float> gradient;
    const LossSum loss = m_objective->single.loss(outputs, targets, scale, scale != 0.0F ? &gradient : nullptr);
    m_loss.lanes[0] += loss.sum;
    m_loss.correct += loss.correct;
    m_loss.infinite += loss.infinite;
    if (scale != 0.0F)
        OwnRows(m_outputGradient, count, width, Eigen::OuterStride<>(m_stride)) = gradient;
}

// With X_k = d loss / d x_k:  dW_k = X_k^T h_(k-1),  db_k = sum over the samples of X_k,
//                             d loss / d h_(k-1) = X_k W_k, and through f' to X_(k-1).
void TilePass::backward(const TileSamples& tile, float* gradient) {
    assert(m_keep != TileKeep::Outputs && tile.samples == m_samples);
    const float* x = m_outputGradient;
    for (std::size_t k = m_layers.size(); k-- > 0;) {
        const Layer& layer = m_layers[k];
        kernels::Dots dots;
        dots.g = x;
        dots.gStride = m_stride;
        dots.h = k > 0 ? m_layers[k - 1].h : tile.features;
        dots.hStride = k > 0 ? m_stride : tile.stride;
        dots.d = gradient + layer.weights;
        dots.dStride = layer.inputs;
        dots.sums = gradient + layer.biases;
        dots.rows = layer.units;
        dots.columns = layer.inputs;
        dots.samples = m_samples;
        m_kernels->dots.add(dots);
        if (k == 0)
            return;
        float* below = m_gradients[k % 2];
        back(layer, m_layers[k - 1], x, below);
        if (m_learntSlopes)
            throughActivation(m_layers[k - 1], below, gradient + m_layers[k - 1].alphas);
        x = below;
    }
}

void TilePass::back(const Layer& above, const Layer& below, const float* gradient, float* into) {
    kernels::Product p;
    p.a = gradient;
    p.aStride = m_stride;
    p.b = m_parameters + above.weights;
    p.bRow = above.inputs;
    p.bColumn = 1;
    p.c = into;
    p.cStride = m_stride;
    p.m = m_samples;
    p.n = above.inputs;
    p.k = above.units;
    if (m_bend == Bend::Relu) {
        p.finish = kernels::Finish::WhereOn;
        p.factor = below.h;
    } else if (m_bend == Bend::Other && !m_learntSlopes) {
        p.finish = kernels::Finish::Multiply;
        p.factor = below.slopes;
    }
    m_kernels->product(p);
}

void TilePass::throughActivation(const Layer& layer, float* gradient, float* sums) {
    for (int j = 0; j < layer.units; ++j) {
        const std::ptrdiff_t first = j * m_stride;
        sums[j] += m_kernels->dots.learntSlope({gradient + first, layer.z + first, layer.slopes + first, m_samples});
    }
}

kernels::Rows TilePass::inputsOf(const TileSamples& tile, std::size_t layer) const {
    return {layer == 0 ? tile.features : m_layers[layer - 1].h, layer == 0 ? tile.stride : m_stride,
            m_layers[layer].inputs, tile.samples};
}

float TilePass::greatestInputNorm(const TileSamples& tile, std::size_t layer) const {
    return std::sqrt(m_kernels->tallies.greatestSquare(inputsOf(tile, layer)));
}

void TilePass::widenInputRanges(const TileSamples& tile, std::size_t layer, kernels::LaneRange* ranges) const {
    m_kernels->tallies.widenRanges(inputsOf(tile, layer), ranges);
}

void TilePass::inputNorms(const TileSamples& tile, std::size_t layer, float* norms) const {
    const kernels::Rows inputs = inputsOf(tile, layer);
    const float* values = inputs.values;
    std::fill_n(norms, tile.samples, 0.0F);
    for (int i = 0; i < inputs.rows; ++i, values += inputs.stride)
        for (int s = 0; s < tile.samples; ++s)
            norms[s] += values[s] * values[s];
    for (int s = 0; s < tile.samples; ++s)
        norms[s] = std::sqrt(norms[s]);
}

bool TilePass::overflowed() const {
    return m_overflowed || std::any_of(std::begin(m_lowest), std::end(m_lowest),
                                       [](float lowest) { return lowest < -std::numeric_limits<float>::max(); });
}

} // namespace flatline
