#include "core/training/batch_engine.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace flatline {
namespace {

std::ptrdiff_t placeOf(const Layout& layout, int layer, BlockKind kind) {
    const Block* block = layout.find(layer, kind);
    return block == nullptr ? -1 : static_cast<std::ptrdiff_t>(block->offset);
}

kernels::Norm normOf(BatchNorm norm) {
    return norm == BatchNorm::None               ? kernels::Norm::None
           : norm == BatchNorm::BeforeActivation ? kernels::Norm::Before
                                                 : kernels::Norm::After;
}

// No layer is wider than the kernels for narrow ones allow.
bool areNarrow(const std::vector<kernels::BatchLayer>& layers) {
    return layers.size() > 1 && std::all_of(layers.begin(), layers.end(), [](const kernels::BatchLayer& layer) {
               return std::max(layer.inputs, layer.units) <= kernels::mostNarrow;
           });
}

// The weights, which a pass with neurons in the lanes turns round and copies, are many beside the values, which one
// with samples in the lanes turns round; and those fill their lanes.
bool weightsPrevail(const std::vector<kernels::BatchLayer>& layers, int batch) {
    double weights = 0.0;
    double values = layers.front().inputs;
    for (const kernels::BatchLayer& layer : layers) {
        weights += static_cast<double>(layer.inputs) * layer.units;
        values += layer.units;
    }
    const auto room = static_cast<double>(kernels::paddedBatch(batch));
    return weights > 1.5 * room * values && room <= 1.25 * batch;
}

// What BatchKernels::eightWide serves.
bool areEightWide(const std::vector<kernels::BatchLayer>& layers) {
    return layers.size() == 3 && layers.front().inputs == kernels::eightWideInputs && layers.back().units <= 2 &&
           std::all_of(layers.begin(), layers.end() - 1,
                       [](const kernels::BatchLayer& layer) { return layer.units == kernels::mostNarrow; });
}

// Counts the lanes that a sample's three products fill, useful or not. With samples in the lanes sums end across them,
// which costs some more.
bool samplesPayOff(const std::vector<kernels::BatchLayer>& layers, int batch) {
    double neurons = 0.0;
    double samples = 0.0;
    for (const kernels::BatchLayer& layer : layers) {
        const double byUnits = kernels::padded(layer.units) * layer.inputs;
        const double byInputs = kernels::padded(layer.inputs) * layer.units;
        const bool first = &layer == &layers.front();
        neurons += byUnits + std::min(byUnits, byInputs) + (first ? 0.0 : byInputs);
        samples += layer.units * layer.inputs * (first ? 2.0 : 3.0);
    }
    constexpr double acrossLanes = 1.3;
    return neurons > acrossLanes * samples * kernels::padded(batch) / batch;
}

// Cycles, fitted to what 16 shapes with batches of 1 to 256 took on one machine. A narrow layer costs little beside its
// samples; with samples in the lanes each layer costs its calls, and each weight a sum across the lanes.
bool samplesPayOffNarrow(const std::vector<kernels::BatchLayer>& layers, int batch) {
    double neurons = 80.0;
    double samples = 0.0;
    for (const kernels::BatchLayer& layer : layers) {
        const double weights = layer.inputs * layer.units;
        const bool first = &layer == &layers.front();
        const bool last = &layer == &layers.back();
        const double registers = first  ? 2.0 * layer.inputs
                                 : last ? 3.0 + weights / 8.0 + 2.0 * layer.units
                                        : layer.inputs + 2.0 * layer.units;
        neurons += (1.0 + 0.5 * registers) * batch;
        samples += 70.0 + 3.5 * weights + 0.75 * weights * (first ? 2.0 : 3.0) * kernels::padded(batch) / 8.0;
    }
    return samples < neurons;
}

// Local copies: what is stored might else be one of the span's own fields.
void takeChosen(std::span<const int> chosen, const float* from, std::ptrdiff_t stride, float* to) {
    const int* place = chosen.data();
    const std::size_t count = chosen.size();
    if (stride == 1)
        for (std::size_t s = 0; s < count; ++s)
            to[s] = from[place[s]];
    else
        for (std::size_t s = 0; s < count; ++s)
            to[s] = from[place[s] * stride];
}

/// Running figures after a batch's, times a factor. Whether they are finite.
bool average(const float* fresh, int count, float factor, float* running) {
    constexpr auto momentum = static_cast<float>(batchNormMomentum);
    int gone = 0;
    for (int j = 0; j < count; ++j) {
        running[j] = (1.0F - momentum) * running[j] + momentum * (factor * fresh[j]);
        gone |= running[j] - running[j] == 0.0F ? 0 : 1;
    }
    return gone == 0;
}

} // namespace

BatchEngine::BatchEngine(const Split& train, const kernels::Kernels& kernels)
    : m_kernels(&kernels) {
    copyData(train);
}

void BatchEngine::copyData(const Split& train) {
    const auto samples = static_cast<std::size_t>(train.samples());
    const auto features = static_cast<std::size_t>(train.features.cols());
    m_rows.resize(samples * features + kernels::padding, 0.0F);
    for (std::size_t i = 0; i < features; ++i)
        for (std::size_t s = 0; s < samples; ++s)
            m_rows[s * features + i] = train.features(static_cast<Eigen::Index>(s), static_cast<Eigen::Index>(i));
    m_labels.assign(train.targets.labels.begin(), train.targets.labels.end());
    m_values.assign(train.targets.values.data(), train.targets.values.data() + train.targets.values.size());
    m_plan.rows = m_rows.data();
    m_plan.rowLength = static_cast<std::ptrdiff_t>(features);
    m_plan.labels = m_labels.empty() ? nullptr : m_labels.data();
    m_plan.values = m_values.empty() ? nullptr : m_values.data();
    m_plan.valueStride = train.targets.values.rows();
}

bool BatchEngine::prepare(const NetworkSpec& spec, int largestBatch) {
    m_plan.loss = kernels::find(m_kernels->losses, spec.objective->id);
    m_plan.squaredLoss = spec.objective->id == std::string_view("linear");
    m_plan.activation = kernels::find(m_kernels->activations, spec.activation->id);
    m_plan.learntSlopes = spec.activation->learntSlope;
    if (m_plan.loss == nullptr || (m_plan.activation == nullptr && !m_plan.learntSlopes))
        return false;
    m_plan.figures = {static_cast<float>(spec.activationParameters.alpha),
                      static_cast<float>(spec.activationParameters.slopeAtZero)};
    m_plan.norm = normOf(spec.batchNorm);
    m_plan.epsilon = static_cast<float>(batchNormEpsilon);
    m_plan.relu = m_plan.activation != nullptr && m_plan.activation->isRelu &&
                  spec.activationParameters.slopeAtZero == 0.0 && m_plan.norm == kernels::Norm::None;
    describeLayers(spec, layoutOf(spec));
    m_bySamples = m_plan.relu && weightsPrevail(m_layers, largestBatch);
    m_scratch = {};
    layOut(largestBatch); // counts
    m_scratch = AlignedFloats(m_taken);
    layOut(largestBatch);
    m_batchLabels.assign(static_cast<std::size_t>(kernels::paddedBatch(largestBatch)), 0);
    m_plan.batchLabels = m_batchLabels.data();
    m_plan.layers = m_layers.data();
    m_plan.layerCount = static_cast<int>(m_layers.size());
    choosePass(spec, largestBatch);
    return true;
}

void BatchEngine::choosePass(const NetworkSpec& spec, int largestBatch) {
    const bool narrow = m_kernels->batch.narrow != nullptr && areNarrow(m_layers);
    m_gradient = narrow ? m_kernels->batch.narrow : m_kernels->batch.gradient;
    if (m_bySamples)
        m_gradient = m_kernels->batch.bySamples;
    m_eightWide =
        narrow && m_kernels->batch.eightWide != nullptr && m_plan.norm == kernels::Norm::None && areEightWide(m_layers);
    if (m_eightWide)
        m_gradient = m_kernels->batch.eightWide(m_plan);
    m_tile.reset();
    if (m_plan.norm != kernels::Norm::None)
        return;
    constexpr int mostSamples = 256; // a larger batch goes through in tiles, so that narrow layers stay in the cache
    if (narrow ? samplesPayOffNarrow(m_layers, largestBatch) : samplesPayOff(m_layers, largestBatch))
        m_tile.emplace(spec, std::min(kernels::padded(largestBatch), mostSamples), *m_kernels);
}

void BatchEngine::describeLayers(const NetworkSpec& spec, const Layout& layout) {
    m_layers.assign(spec.hidden.size() + 1, {});
    m_runningMeans.clear();
    m_runningVariances.clear();
    int inputs = spec.inputs;
    for (std::size_t k = 0; k < m_layers.size(); ++k) {
        kernels::BatchLayer& layer = m_layers[k];
        const int number = static_cast<int>(k) + 1;
        layer.inputs = inputs;
        layer.units = k < spec.hidden.size() ? spec.hidden[k] : spec.outputs;
        layer.inputStride = kernels::rowStride(layer.inputs);
        layer.unitStride = kernels::rowStride(layer.units);
        layer.weight = placeOf(layout, number, BlockKind::Weight);
        layer.bias = placeOf(layout, number, BlockKind::Bias);
        layer.alpha = placeOf(layout, number, BlockKind::Alpha);
        layer.gamma = placeOf(layout, number, BlockKind::Gamma);
        layer.beta = placeOf(layout, number, BlockKind::Beta);
        if (layer.gamma >= 0) {
            m_runningMeans.push_back(placeOf(layout, number, BlockKind::RunningMean));
            m_runningVariances.push_back(placeOf(layout, number, BlockKind::RunningVariance));
        }
        inputs = layer.units;
    }
}

float* BatchEngine::take(std::size_t count) {
    constexpr std::size_t line = 16; // each begins with a cache line of its own
    float* place = m_scratch.size() == 0 ? nullptr : m_scratch.data() + m_taken;
    m_taken += (count + line - 1) / line * line;
    return place;
}

// Called twice: to count, and to share out.
void BatchEngine::layOut(int largestBatch) {
    m_taken = 0;
    const auto samples = static_cast<std::size_t>(kernels::paddedBatch(largestBatch));
    m_plan.sampleStride = kernels::rowStride(static_cast<int>(samples));
    const auto stride = static_cast<std::size_t>(m_plan.sampleStride);
    for (std::size_t k = 0; k < m_layers.size(); ++k) {
        kernels::BatchLayer& layer = m_layers[k];
        const bool hidden = k + 1 < m_layers.size();
        const auto units = static_cast<std::size_t>(layer.unitStride);
        const auto inputs = static_cast<std::size_t>(layer.inputStride);
        layer.transposed = take(static_cast<std::size_t>(layer.inputs) * units);
        if (k > 0 && kernels::copiesRows(layer.inputs))
            layer.rows = take(static_cast<std::size_t>(layer.units) * inputs);
        if (kernels::swaps(layer.inputs, layer.units))
            layer.swapped = take(static_cast<std::size_t>(layer.inputs) * units);
        layer.turnedValues = !hidden && !m_bySamples && kernels::turnsValues(layer.units, largestBatch)
                                 ? take(inputs * stride)
                                 : nullptr;
        layer.biases = take(units);
        layer.outputs = take(samples * units);
        layer.gradients = take(std::max(samples * units, stride * units));
        if (m_bySamples)
            layer.turned = take(stride * units);
        if (!hidden || m_plan.relu)
            continue;
        layer.preActivations = take(samples * units);
        layer.activations = m_plan.norm == kernels::Norm::After ? take(samples * units) : layer.outputs;
        layer.slopes = take(samples * units);
        layer.alphas = take(units);
        if (m_plan.norm == kernels::Norm::None)
            continue;
        layer.normalized = take(samples * units);
        layer.figures = take(5 * units);
        layer.straight = take(units);
    }
    const auto features = static_cast<std::size_t>(m_layers.front().inputStride);
    m_plan.inputs = take(samples * features);
    if (m_bySamples)
        m_plan.turnedInputs = take(stride * features);
    m_layers.front().values = m_plan.inputs;
    for (std::size_t k = 1; k < m_layers.size(); ++k)
        m_layers[k].values = m_layers[k - 1].outputs;
    const auto outputs = static_cast<std::size_t>(kernels::padded(m_layers.back().units));
    m_plan.batchValues = take(outputs * stride);
    m_plan.outputs = take(outputs * stride);
    m_plan.outputGradients = take(outputs * stride);
}

bool BatchEngine::run(const Network<float>& network, const float* parameters, std::span<const int> chosen,
                      std::span<float> gradient) {
    if (m_tile)
        return runTile(network, parameters, chosen, gradient);
    m_plan.biasShift = static_cast<float>(network.spec().biasShift.all);
    m_plan.descent.next = nullptr;
    parameters = withOwnShifts(network, parameters);
    return m_gradient(m_plan, parameters, chosen.data(), static_cast<int>(chosen.size()), gradient.data(), m_loss);
}

bool BatchEngine::descends() const {
    return !m_tile && (m_eightWide || m_bySamples);
}

bool BatchEngine::prepareDescent(const kernels::Descent& how) {
    m_plan.descent = how;
    if (m_eightWide)
        m_gradient = m_kernels->batch.eightWide(m_plan);
    return descends();
}

bool BatchEngine::descend(const Network<float>& network, const float* parameters, std::span<const int> chosen,
                          std::span<float> scratch, std::span<float> next) {
    assert(descends() && network.spec().biasShift.own.empty());
    m_plan.biasShift = static_cast<float>(network.spec().biasShift.all);
    m_plan.descent.next = next.data();
    return m_gradient(m_plan, parameters, chosen.data(), static_cast<int>(chosen.size()), scratch.data(), m_loss);
}

// The kernels know one shift for all: others are added to a copy of the biases, whose gradient is the same.
const float* BatchEngine::withOwnShifts(const Network<float>& network, const float* parameters) {
    const auto& own = network.spec().biasShift.own;
    if (own.empty())
        return parameters;
    m_shifted.assign(parameters, parameters + network.layout().size());
    for (std::size_t k = 0; k < own.size(); ++k)
        for (std::size_t j = 0; j < own[k].size(); ++j)
            m_shifted[static_cast<std::size_t>(m_layers[k].bias) + j] += static_cast<float>(own[k][j]);
    return m_shifted.data();
}

bool BatchEngine::runTile(const Network<float>& network, const float* parameters, std::span<const int> chosen,
                          std::span<float> gradient) {
    const int samples = static_cast<int>(chosen.size());
    const std::ptrdiff_t stride = m_plan.sampleStride;
    for (std::ptrdiff_t i = 0; i < m_plan.rowLength; ++i) {
        float* inputs = m_plan.inputs + i * stride;
        takeChosen(chosen, m_plan.rows + i, m_plan.rowLength, inputs);
        std::fill(inputs + samples, inputs + kernels::padded(samples), inputs[samples - 1]);
    }
    for (int s = 0; s < samples && m_plan.labels != nullptr; ++s)
        m_plan.batchLabels[s] = m_plan.labels[chosen[static_cast<std::size_t>(s)]];
    for (int o = 0; o < m_layers.back().units && m_plan.values != nullptr; ++o)
        takeChosen(chosen, m_plan.values + o * m_plan.valueStride, 1, m_plan.batchValues + o * stride);
    m_tile->prepare(network, parameters, TileKeep::Gradient);
    std::fill(gradient.begin(), gradient.end(), 0.0F);
    for (int first = 0; first < samples; first += m_tile->mostSamples()) {
        const TileSamples tile{m_plan.inputs + first, stride, std::min(samples - first, m_tile->mostSamples()),
                               m_plan.labels != nullptr ? m_plan.batchLabels + first : nullptr,
                               m_plan.values != nullptr ? m_plan.batchValues + first : nullptr};
        m_tile->forward(tile);
        m_tile->addLoss(tile, 1.0F / static_cast<float>(samples));
        m_tile->backward(tile, gradient.data());
    }
    m_loss = m_tile->loss().sum;
    return std::isfinite(m_loss) && !m_tile->overflowed();
}

bool BatchEngine::updateRunningFigures(float* parameters, int samples) const {
    bool finite = true;
    for (std::size_t k = 0; k < m_runningMeans.size(); ++k) {
        const kernels::BatchLayer& layer = m_layers[k];
        const float* mean = layer.figures + 2 * layer.unitStride;
        finite = average(mean, layer.units, 1.0F, parameters + m_runningMeans[k]) && finite;
        if (samples == 1)
            continue; // it has no unbiased variance
        const auto count = static_cast<float>(samples);
        finite =
            average(mean + layer.unitStride, layer.units, count / (count - 1.0F), parameters + m_runningVariances[k]) &&
            finite;
    }
    return finite;
}

} // namespace flatline
