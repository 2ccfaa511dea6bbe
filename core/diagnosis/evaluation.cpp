#include "core/diagnosis/evaluation.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace flatline {
namespace {

/// So many samples a piece that one pass stays within some 64 MB.
Eigen::Index samplesPerPiece(const NetworkSpec& spec) {
    Eigen::Index units = spec.inputs + spec.outputs;
    for (const int width : spec.hidden)
        units += Eigen::Index{3} * width; // z, f(z) and the gradient
    constexpr Eigen::Index values = 16'000'000;
    return std::max<Eigen::Index>(64, values / units);
}

} // namespace

Evaluator::Evaluator(const NetworkSpec& spec, const Split& split)
    : m_split(&split)
    , m_rows(samplesPerPiece(spec)) {
    const Eigen::Index samples = split.samples();
    if (samples <= m_rows)
        return;
    for (Eigen::Index first = 0; first < samples; first += m_rows) {
        const Eigen::Index count = std::min(m_rows, samples - first);
        Piece piece;
        piece.features = split.features.middleRows(first, count);
        if (split.targets.values.size() > 0)
            piece.targets.values = split.targets.values.middleRows(first, count);
        if (!split.targets.labels.empty())
            piece.targets.labels.assign(split.targets.labels.begin() + first,
                                        split.targets.labels.begin() + first + count);
        m_pieces.push_back(std::move(piece));
    }
}

void Evaluator::forEachPiece(const Network<float>& network, const float* parameters, const Visit& visit) {
    if (m_pieces.empty()) {
        network.forward(parameters, m_split->features, m_pass);
        visit(m_pass, m_split->features, m_split->targets, 0);
        return;
    }
    Eigen::Index first = 0;
    for (const Piece& piece : m_pieces) {
        network.forward(parameters, piece.features, m_pass);
        visit(m_pass, piece.features, piece.targets, first);
        first += piece.features.rows();
    }
}

Evaluation Evaluator::evaluate(const Network<float>& network, const float* parameters) {
    LossSum total;
    const auto& objective = network.spec().objective->functions<float>();
    forEachPiece(network, parameters,
                 [&](Pass<float>& pass, const Batch<float>&, const Targets<float>& targets, Eigen::Index) {
                     total += objective.loss(pass.outputs, targets, 1.0F, nullptr);
                 });
    const auto count = static_cast<double>(samples());
    return {total.mean(samples()), static_cast<double>(total.correct) / count, total.infinite};
}

void addToTallies(const Network<float>& network, const float* parameters, const Pass<float>& pass, bool first,
                  Tallies& tallies) {
    const NetworkSpec& spec = network.spec();
    tallies.resize(spec.hidden.size());
    std::vector<float> slopes(static_cast<std::size_t>(pass.outputs.rows()));
    for (std::size_t k = 0; k < tallies.size(); ++k) {
        const Batch<float>& z = pass.preActivations[k];
        tallies[k].resize(static_cast<std::size_t>(z.cols()));
        for (Eigen::Index j = 0; j < z.cols(); ++j) {
            NeuronTally& tally = tallies[k][static_cast<std::size_t>(j)];
            const float* values = z.col(j).data();
            spec.activation->single.derivative(values, slopes.data(), slopes.size(),
                                               network.neuronParameters(parameters, k, static_cast<std::size_t>(j)));
            std::int32_t active = 0;
            std::int32_t zero = 0;
            for (std::size_t i = 0; i < slopes.size(); ++i) {
                active += values[i] > 0.0F ? 1 : 0;
                zero += slopes[i] == 0.0F ? 1 : 0;
            }
            const float maximum = z.col(j).maxCoeff();
            const float minimum = z.col(j).minCoeff();
            const float slope = Eigen::Map<const Eigen::ArrayXf>(slopes.data(), z.rows()).abs().maxCoeff();
            tally.active = (first ? 0 : tally.active) + active;
            tally.zeroSlope = (first ? 0 : tally.zeroSlope) + zero;
            tally.maximum = first ? maximum : std::max(tally.maximum, maximum);
            tally.minimum = first ? minimum : std::min(tally.minimum, minimum);
            tally.greatestSlope = first ? slope : std::max(tally.greatestSlope, slope);
            const double output = pass.activations[k].col(j).cwiseAbs().template cast<double>().sum();
            tally.absoluteOutput = (first ? 0.0 : tally.absoluteOutput) + output;
        }
    }
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

Histogram emptyHistogram(float range, int bins) {
    Histogram histogram;
    histogram.range = range;
    histogram.bins.assign(static_cast<std::size_t>(bins), 0);
    return histogram;
}

void addToHistogram(std::span<const float> values, Histogram& histogram) {
    const float range = histogram.range;
    const auto bins = static_cast<float>(histogram.bins.size());
    const float scale = bins / (2.0F * range);
    histogram.count += static_cast<std::int64_t>(values.size());
    for (const float value : values) {
        if (!std::isfinite(value))
            ++histogram.nonFinite;
        else if (value == 0.0F)
            ++histogram.zeros;
        else if (value < -range)
            ++histogram.below;
        else if (value >= range)
            ++histogram.above;
        else
            ++histogram.bins[static_cast<std::size_t>(std::min((value + range) * scale, bins - 1.0F))];
    }
}

} // namespace flatline
