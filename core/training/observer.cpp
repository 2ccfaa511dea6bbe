#include "core/training/observer.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace flatline {
namespace {

double norm(std::span<const float> values) {
    double sum = 0.0;
    for (const float value : values)
        sum += static_cast<double>(value) * static_cast<double>(value);
    return std::sqrt(sum);
}

/// Per output, the distance of the largest and the smallest: the widest. NaN where an output is.
double widestRange(const std::vector<kernels::Tally>& outputs, std::int64_t samples) {
    double widest = 0.0;
    for (const kernels::Tally& tally : outputs) {
        const TallyRange range = rangeOf(tally, samples);
        const double width = static_cast<double>(range.maximum) - static_cast<double>(range.minimum);
        if (!(width <= widest))
            widest = width;
        if (std::isnan(width))
            break;
    }
    return widest;
}

} // namespace

Observer::Observer(const NetworkSpec& spec, const Dataset& dataset)
    : Observer(Evaluator(spec, dataset.train), spec, dataset) {}

Observer::Observer(Evaluator train, const NetworkSpec& spec, const Dataset& dataset)
    : m_dataset(&dataset)
    , m_train(std::move(train))
    , m_test(spec, dataset.test) {}

Examination Observer::examine(const Network<float>& network, std::span<const float> parameters, bool histograms,
                              float range, int bins) {
    const NetworkSpec& spec = network.spec();
    Examination result;
    const bool folded = spec.batchNorm != BatchNorm::None;
    std::vector<float>& sums = folded ? m_foldedGradient : m_gradient;
    sums.assign(network.layout().size(), 0.0F);
    m_counter.begin(spec);
    if (histograms)
        m_histograms.begin(spec, range, bins);
    std::vector<kernels::Tally> outputs(static_cast<std::size_t>(spec.outputs));
    kernels::chosen().tallies.clear(outputs.data(), spec.outputs);
    LossSum total;
    const float scale = 1.0F / static_cast<float>(m_train.samples());
    m_train.forEachTile(
        network, parameters.data(), TileKeep::States, [&](TilePass& pass, const TileSamples& tile, int) {
            pass.addLoss(tile, scale);
            pass.backward(tile, sums.data());
            m_counter.add(pass);
            if (histograms)
                m_histograms.add(pass);
            pass.kernels().tallies.add(
                {pass.outputs(), pass.outputs(), nullptr, pass.stride(), spec.outputs, pass.samples()}, outputs.data());
            total = pass.loss();
        });
    if (folded) {
        m_gradient.assign(sums.size(), 0.0F);
        unfoldGradient(network, parameters.data(), sums.data(), m_gradient.data());
    }
    m_counter.finish(m_tallies);
    const Evaluation train = m_train.summary(total);
    Observation& row = result.observation;
    row.allFinite = m_counter.allFinite();
    row.trainLoss = train.loss;
    if (m_dataset->task == Task::Classification)
        row.trainAccuracy = train.accuracy;
    row.infiniteLossSamples = train.infinite;
    row.outputRange = widestRange(outputs, m_train.samples());
    sumUp(network, result);
    if (histograms)
        m_histograms.finish(result.diagnosis.layers);
    lookAtTest(network, parameters, row);
    return result;
}

void Observer::sumUp(const Network<float>& network, Examination& result) const {
    Diagnosis& diagnosis = result.diagnosis;
    diagnosis.layers = diagnoseLayers(m_tallies, network.spec(), m_train.samples());
    Observation& row = result.observation;
    row.gradientNorm = norm(m_gradient);
    row.deadLayers = diagnosis.deadLayers();
    for (std::size_t k = 0; k < diagnosis.layers.size(); ++k) {
        LayerDiagnosis& layer = diagnosis.layers[k];
        const Block& weights = network.layout().block(static_cast<int>(k) + 1, BlockKind::Weight);
        layer.gradientNorm = norm(std::span(m_gradient).subspan(weights.offset, weights.size()));
        row.layers.push_back({static_cast<int>(layer.neurons.size()), layer.dead, layer.comatose, layer.atRisk,
                              layer.inactiveShare, layer.gradientNorm});
    }
}

void Observer::lookAtTest(const Network<float>& network, std::span<const float> parameters, Observation& observation) {
    if (m_test.samples() == 0)
        return;
    const Evaluation test = m_test.evaluate(network, parameters.data());
    observation.testLoss = test.loss;
    observation.testInfiniteLossSamples = test.infinite;
    if (m_dataset->task == Task::Classification)
        observation.testAccuracy = test.accuracy;
}

} // namespace flatline
