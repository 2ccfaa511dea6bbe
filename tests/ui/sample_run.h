#pragma once

#include "core/training/snapshot.h"
#include "ui/views/view.h"

#include <algorithm>
#include <cmath>
#include <memory>

/// A run made by hand, for the tests of the views: circles, ReLU, 900 steps, a rate of 3 for ten steps at step 200,
/// a kick at step 600. The numbers are invented.
namespace flatline::test {

constexpr std::int64_t lastStep = 900;

inline double sampleLoss(double step) {
    const double wave = 0.25 * std::sin(step / 7.0) + 0.15 * std::sin(step / 2.3);
    if (step < 200)
        return 0.9 * std::exp(-step / 60.0) * (1.0 + wave);
    if (step < 206)
        return 5.5 - 0.8 * (step - 200);
    if (step < 600)
        return 0.694 + 0.002 * wave;
    return 0.03 + 0.66 * std::exp(-(step - 600) / 110.0) * (1.0 + 0.5 * wave);
}

inline Curve sampleCurve(double (*value)(double), double spread) {
    Curve curve;
    for (std::int64_t i = 0; i <= 450; ++i) {
        const double step = static_cast<double>(2 * i);
        const double now = value(step);
        const double more = step < 200 || step > 600 ? spread : 0.02 * spread;
        curve.push_back({step, now / (1.0 + more), now * (1.0 + more), now});
    }
    return curve;
}

inline double sampleDead(double step) {
    return step < 10 ? 0 : step < 200 ? 1 : step < 520 ? 6 : step < 600 ? 5 : 4;
}
inline double sampleDeadDeep(double step) {
    return step < 202 ? 0 : step < 560 ? 8 : step < 600 ? 7 : 3;
}

inline Histogram sampleHistogram(double centre, double width, double above) {
    Histogram histogram;
    histogram.count = 2000;
    histogram.bins.resize(64);
    for (std::size_t i = 0; i < 64; ++i) {
        const double z = -6.0 + (static_cast<double>(i) + 0.5) * 12.0 / 64.0;
        const double share = std::exp(-(z - centre) * (z - centre) / (2 * width * width));
        histogram.bins[i] = z < above ? std::llround(90.0 * share) : 0;
    }
    return histogram;
}

inline LayerDiagnosis sampleLayer(int number) {
    LayerDiagnosis layer;
    layer.neurons.resize(8);
    layer.preActivations = sampleHistogram(-1.5 + 0.4 * (number % 3), 1.6, 9.0);
    layer.preActivations.below = 240;
    layer.activations = sampleHistogram(0.0, 1.2, 9.0);
    std::fill(layer.activations.bins.begin(), layer.activations.bins.begin() + 32, 0);
    layer.activations.zeros = number == 1 ? 1660 : 1300;
    layer.dead = number % 2 == 1 ? 4 : 3;
    layer.inactiveShare = 0.83;
    return layer;
}

inline std::vector<Mark> sampleMarks() {
    const auto rate = [](std::int64_t step, double value) {
        return Mark{step, SettingChange{"training.learning_rate", value}, 0, 0};
    };
    return {rate(200, 3.0), rate(210, 0.3), Mark{600, ThermalKick{1.0, {}, KickedParameters::Both}, 12, 6}};
}

/// hidden: layers of 8 neurons.
inline std::shared_ptr<Snapshot> sampleRun(int hidden = 2) {
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->version = 1;
    snapshot->run = 1;
    snapshot->state = RunState::Paused;
    snapshot->settings.training.learningRate = 0.3;
    auto dataset = std::make_shared<Dataset>();
    dataset->name = "Circles";
    dataset->featureNames = {"x1", "x2"};
    dataset->classNames = {"0", "1"};
    snapshot->dataset = dataset;
    NetworkSpec spec;
    spec.inputs = 2;
    spec.outputs = 2;
    spec.hidden.assign(static_cast<std::size_t>(hidden), 8);
    spec.activation = findActivation("relu");
    spec.objective = findObjective("softmax");
    snapshot->spec = spec;

    auto curves = std::make_shared<Curves>();
    curves->trainLoss = sampleCurve(&sampleLoss, 0.35);
    curves->testLoss = sampleCurve([](double step) { return 0.8 * sampleLoss(step) + 0.002; }, 0.0);
    auto diagnosis = std::make_shared<Diagnosis>();
    diagnosis->step = lastStep;
    for (int layer = 1; layer <= hidden; ++layer) {
        curves->dead.push_back(sampleCurve(layer % 2 == 1 ? &sampleDead : &sampleDeadDeep, 0.0));
        diagnosis->layers.push_back(sampleLayer(layer));
        snapshot->now.layers.push_back({8, layer % 2 == 1 ? 4 : 3, 0, 0, 0.8, 0.1});
    }
    curves->marks = sampleMarks();
    snapshot->curves = curves;
    snapshot->diagnosis = diagnosis;
    snapshot->now.step = lastStep;
    snapshot->now.trainLoss = curves->trainLoss.back().value;
    snapshot->now.testLoss = curves->testLoss.back().value;
    auto start = std::make_shared<Keyframe>();
    start->settings = snapshot->settings;
    snapshot->path.push_back(start);
    return snapshot;
}

inline Frame frameOf(std::shared_ptr<const Snapshot> snapshot) {
    return {std::move(snapshot), nullptr, {}};
}

} // namespace flatline::test
