#include "core/diagnosis/evaluation.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace flatline {
namespace {

/// So many samples a piece that one stays within some 64 MB.
int samplesPerPiece(const NetworkSpec& spec, int tileSamples) {
    int units = spec.inputs + spec.outputs;
    for (const int width : spec.hidden)
        units += 3 * width;
    constexpr int values = 16'000'000;
    return std::max(1, values / units / tileSamples) * tileSamples;
}

} // namespace

Evaluator::Evaluator(const NetworkSpec& spec, const Split& split, const kernels::Kernels& kernels)
    : Evaluator(spec, split, TilePass::goodSamples(spec), kernels) {}

Evaluator::Evaluator(const NetworkSpec& spec, const Split& split, int tileSamples, const kernels::Kernels& kernels)
    : m_split(&split)
    , m_kernels(&kernels)
    , m_spec(spec)
    , m_tiles(std::make_shared<const SampleTiles>(split, tileSamples))
    , m_pass(spec, tileSamples, kernels) {}

Evaluator::Evaluator(const Evaluator& other)
    : m_split(other.m_split)
    , m_kernels(other.m_kernels)
    , m_spec(other.m_spec)
    , m_tiles(other.m_tiles)
    , m_pass(other.m_spec, other.m_pass.mostSamples(), *other.m_kernels) {}

Evaluation Evaluator::evaluate(const Network<float>& network, const float* parameters) {
    forEachTile(network, parameters, TileKeep::Outputs,
                [](TilePass& pass, const TileSamples& tile, int) { pass.addLoss(tile); });
    return summary(m_pass.loss());
}

Evaluation Evaluator::summary(const LossSum& loss) const {
    return {loss.mean(samples()), static_cast<double>(loss.correct) / static_cast<double>(samples()), loss.infinite};
}

void Evaluator::forEachPiece(const Network<float>& network, const float* parameters, const Visit& visit) {
    const Eigen::Index samples = m_split->samples();
    const Eigen::Index most = samplesPerPiece(m_spec, m_pass.mostSamples());
    Eigen::Index first = 0;
    Eigen::Index rows = std::min(most, samples);
    forEachTile(network, parameters, TileKeep::States, [&](TilePass&, const TileSamples& tile, int sample) {
        if (sample == first)
            beginPiece(network, rows);
        copyTile(network, parameters, sample - first);
        if (sample + tile.samples < first + rows)
            return;
        if (rows == samples) {
            visit(m_piece, m_split->features, m_split->targets, 0);
        } else {
            Targets<float> targets;
            if (m_split->targets.values.size() > 0)
                targets.values = m_split->targets.values.middleRows(first, rows);
            if (const auto& labels = m_split->targets.labels; !labels.empty())
                targets.labels.assign(labels.begin() + first, labels.begin() + first + rows);
            visit(m_piece, m_split->features.middleRows(first, rows), targets, first);
        }
        first += rows;
        rows = std::min(most, samples - first);
    });
}

void Evaluator::beginPiece(const Network<float>& network, Eigen::Index rows) {
    const NetworkSpec& spec = network.spec();
    m_piece.preActivations.resize(spec.hidden.size());
    m_piece.activations.resize(spec.hidden.size());
    m_piece.normalized.resize(spec.batchNorm == BatchNorm::AfterActivation ? spec.hidden.size() : 0);
    for (std::size_t k = 0; k < spec.hidden.size(); ++k) {
        m_piece.preActivations[k].resize(rows, spec.hidden[k]);
        m_piece.activations[k].resize(rows, spec.hidden[k]);
        if (!m_piece.normalized.empty())
            m_piece.normalized[k].resize(rows, spec.hidden[k]);
    }
    m_piece.outputs.resize(rows, spec.outputs);
}

// Of the tile under way to the piece, from that row on.
void Evaluator::copyTile(const Network<float>& network, const float* parameters, Eigen::Index row) {
    const auto copy = [&](const float* from, Batch<float>& to) {
        for (Eigen::Index column = 0; column < to.cols(); ++column)
            std::copy_n(from + column * m_pass.stride(), m_pass.samples(), to.col(column).data() + row);
    };
    for (std::size_t k = 0; k < m_piece.preActivations.size(); ++k) {
        copy(m_pass.preActivations(k), m_piece.preActivations[k]);
        copy(m_pass.activations(k), m_piece.activations[k]);
    }
    for (std::size_t k = 0; k < m_piece.normalized.size(); ++k)
        for (Eigen::Index j = 0; j < m_piece.normalized[k].cols(); ++j) {
            const NormScale norm = normScale(network.layout(), parameters, k, static_cast<std::size_t>(j));
            m_piece.normalized[k].col(j).segment(row, m_pass.samples()) =
                (static_cast<float>(norm.scale) * m_piece.activations[k].col(j).segment(row, m_pass.samples()).array() +
                 static_cast<float>(norm.shift))
                    .matrix();
        }
    copy(m_pass.outputs(), m_piece.outputs);
}

namespace {

/// z, f(z) and f'(z) of one neuron on some samples.
struct NeuronValues {
    const float* z = nullptr;
    const float* f = nullptr;
    const std::vector<float>& slopes;
};

void addToTally(const NeuronValues& values, bool first, NeuronTally& tally) {
    using Row = Eigen::Map<const Eigen::ArrayXf>;
    const auto count = static_cast<Eigen::Index>(values.slopes.size());
    std::int32_t active = 0;
    std::int32_t zero = 0;
    for (std::size_t i = 0; i < values.slopes.size(); ++i) {
        active += values.z[i] > 0.0F ? 1 : 0;
        zero += values.slopes[i] == 0.0F ? 1 : 0;
    }
    const float maximum = Row(values.z, count).maxCoeff();
    const float minimum = Row(values.z, count).minCoeff();
    const float slope = Row(values.slopes.data(), count).abs().maxCoeff();
    tally.active = (first ? 0 : tally.active) + active;
    tally.zeroSlope = (first ? 0 : tally.zeroSlope) + zero;
    tally.maximum = first ? maximum : std::max(tally.maximum, maximum);
    tally.minimum = first ? minimum : std::min(tally.minimum, minimum);
    tally.greatestSlope = first ? slope : std::max(tally.greatestSlope, slope);
    const double output = Row(values.f, count).abs().template cast<double>().sum();
    tally.absoluteOutput = (first ? 0.0 : tally.absoluteOutput) + output;
}

/// zOf(layer, neuron) and fOf(layer, neuron): those values of so many samples.
template <class Z, class F>
void addAllToTallies(const Network<float>& network, const float* parameters, std::size_t samples, bool first,
                     Tallies& tallies, Z zOf, F fOf) {
    const NetworkSpec& spec = network.spec();
    tallies.resize(spec.hidden.size());
    std::vector<float> slopes(samples);
    for (std::size_t k = 0; k < tallies.size(); ++k) {
        tallies[k].resize(static_cast<std::size_t>(spec.hidden[k]));
        for (std::size_t j = 0; j < tallies[k].size(); ++j) {
            const float* z = zOf(k, j);
            spec.activation->single.derivative(z, slopes.data(), samples, network.neuronParameters(parameters, k, j));
            addToTally({z, fOf(k, j), slopes}, first, tallies[k][j]);
        }
    }
}

} // namespace

void addToTallies(const Network<float>& network, const float* parameters, const Pass<float>& pass, bool first,
                  Tallies& tallies) {
    const auto column = [](const Batch<float>& batch, std::size_t j) {
        return batch.col(static_cast<Eigen::Index>(j)).data();
    };
    addAllToTallies(
        network, parameters, static_cast<std::size_t>(pass.outputs.rows()), first, tallies,
        [&](std::size_t k, std::size_t j) { return column(pass.preActivations[k], j); },
        [&](std::size_t k, std::size_t j) { return column(pass.activations[k], j); });
}

void addToTallies(const Network<float>& network, const float* parameters, const TilePass& pass, bool first,
                  Tallies& tallies) {
    const auto row = [&](std::size_t j) { return static_cast<std::ptrdiff_t>(j) * pass.stride(); };
    addAllToTallies(
        network, parameters, static_cast<std::size_t>(pass.samples()), first, tallies,
        [&](std::size_t k, std::size_t j) { return pass.preActivations(k) + row(j); },
        [&](std::size_t k, std::size_t j) { return pass.activations(k) + row(j); });
}

NeuronDiagnosis diagnoseNeuron(const NeuronTally& tally, const NetworkSpec& spec, int samples) {
    NeuronDiagnosis neuron;
    const auto count = static_cast<float>(samples);
    neuron.margin = tally.maximum;
    neuron.minimum = tally.minimum;
    neuron.activeFraction = static_cast<float>(tally.active) / count;
    neuron.zeroSlopeFraction = static_cast<float>(tally.zeroSlope) / count;
    constexpr float asleep = 0.01F; // |f'| below it on every sample: comatose
    constexpr float seldom = 0.05F; // active on fewer samples: at risk
    if (tally.zeroSlope == samples)
        neuron.state = NeuronState::Dead;
    else if (tally.greatestSlope < asleep)
        neuron.state = NeuronState::Comatose;
    else if (spec.activation->reluLike && tally.active > 0 && neuron.activeFraction < seldom)
        neuron.state = NeuronState::AtRisk;
    return neuron;
}

namespace {

void setDormancy(const std::vector<NeuronTally>& tallied, LayerDiagnosis& layer) {
    double total = 0.0;
    for (const NeuronTally& tally : tallied)
        total += tally.absoluteOutput;
    const double mean = total / static_cast<double>(tallied.size());
    for (std::size_t j = 0; j < tallied.size(); ++j)
        layer.neurons[j].dormancy = mean > 0.0 ? static_cast<float>(tallied[j].absoluteOutput / mean) : 0.0F;
}

} // namespace

std::vector<LayerDiagnosis> diagnoseLayers(const Tallies& tallies, const NetworkSpec& spec, int samples) {
    std::vector<LayerDiagnosis> layers;
    for (const auto& tallied : tallies) {
        LayerDiagnosis layer;
        std::int64_t zero = 0;
        for (const NeuronTally& tally : tallied) {
            layer.neurons.push_back(diagnoseNeuron(tally, spec, samples));
            zero += tally.zeroSlope;
            const NeuronState state = layer.neurons.back().state;
            layer.dead += state == NeuronState::Dead ? 1 : 0;
            layer.comatose += state == NeuronState::Comatose ? 1 : 0;
            layer.atRisk += state == NeuronState::AtRisk ? 1 : 0;
        }
        setDormancy(tallied, layer);
        layer.inactiveShare =
            static_cast<double>(zero) / (static_cast<double>(samples) * static_cast<double>(tallied.size()));
        layers.push_back(std::move(layer));
    }
    return layers;
}

} // namespace flatline
