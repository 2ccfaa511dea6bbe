#include "core/training/observer.h"

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

std::span<const float> valuesOf(const Batch<float>& batch) {
    return {batch.data(), static_cast<std::size_t>(batch.size())};
}

double norm(std::span<const float> values) {
    double sum = 0.0;
    for (const float value : values)
        sum += static_cast<double>(value) * static_cast<double>(value);
    return std::sqrt(sum);
}

/// Per output the largest and smallest so far.
struct OutputRange {
    Eigen::VectorXf maximum;
    Eigen::VectorXf minimum;

    void add(const Batch<float>& outputs) {
        const Eigen::VectorXf high = outputs.colwise().maxCoeff();
        const Eigen::VectorXf low = outputs.colwise().minCoeff();
        maximum = maximum.size() == 0 ? high : Eigen::VectorXf(maximum.cwiseMax(high));
        minimum = minimum.size() == 0 ? low : Eigen::VectorXf(minimum.cwiseMin(low));
    }
    [[nodiscard]] double widest() const { return (maximum.cast<double>() - minimum.cast<double>()).maxCoeff(); }
};

} // namespace

Observer::Observer(const NetworkSpec& spec, const Dataset& dataset)
    : m_dataset(&dataset)
    , m_train(spec, dataset.train)
    , m_test(spec, dataset.test) {}

Examination Observer::examine(const Network<float>& network, std::span<const float> parameters, bool histograms,
                              float range, int bins) {
    const NetworkSpec& spec = network.spec();
    Examination result;
    m_gradient.assign(network.layout().size(), 0.0F);
    std::vector<Histogram> before(histograms ? spec.hidden.size() : 0, emptyHistogram(range, bins));
    std::vector<Histogram> after = before;
    LossSum total;
    OutputRange outputs;
    const float scale = 1.0F / static_cast<float>(m_train.samples());
    m_train.forEachPiece(
        network, parameters.data(),
        [&](Pass<float>& pass, const Batch<float>& features, const Targets<float>& targets, Eigen::Index first) {
            total += spec.objective->single.loss(pass.outputs, targets, scale, &pass.outputGradient);
            network.backward(parameters.data(), features, pass, m_gradient.data());
            addToTallies(network, parameters.data(), pass, first == 0, m_tallies);
            outputs.add(pass.outputs);
            for (const Batch<float>& z : pass.preActivations)
                result.observation.allFinite = result.observation.allFinite && z.allFinite();
            for (std::size_t k = 0; k < before.size(); ++k) {
                addToHistogram(valuesOf(pass.preActivations[k]), before[k]);
                addToHistogram(valuesOf(pass.activations[k]), after[k]);
            }
        });
    const auto count = static_cast<double>(m_train.samples());
    Observation& row = result.observation;
    row.trainLoss = total.mean(m_train.samples());
    if (m_dataset->task == Task::Classification)
        row.trainAccuracy = static_cast<double>(total.correct) / count;
    row.infiniteLossSamples = total.infinite;
    row.outputRange = outputs.widest();
    sumUp(network, result);
    for (std::size_t k = 0; k < before.size(); ++k) {
        result.diagnosis.layers[k].preActivations = std::move(before[k]);
        result.diagnosis.layers[k].activations = std::move(after[k]);
    }
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
