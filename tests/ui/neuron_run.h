#pragma once

#include "ui/views/view.h"

#include <memory>

/// A run made by hand, for the tests of what is said of a neuron: two layers of ReLU, whose first neuron died of a step
/// too far, the second came back by a kick, the third never died, the fourth was born dead.
namespace flatline::test {

inline std::shared_ptr<const Certificate> deathCertificate() {
    Certificate certificate;
    certificate.step = 203;
    certificate.epoch = 8;
    certificate.batch = 3;
    certificate.learningRate = 3.0;
    certificate.since = 202;
    certificate.sample = 176;
    certificate.marginBefore = 1.10;
    certificate.contributions[Cause::GradientWeights] = -0.73;
    certificate.contributions[Cause::GradientBias] = -1.55;
    certificate.contributions[Cause::BiasDecay] = -0.0007;
    certificate.marginAfter = certificate.marginBefore + certificate.contributions.sum();
    certificate.worstStep = 203;
    certificate.worstGradient = -2.28;
    certificate.verdict = Verdict::Overshoot;
    return std::make_shared<const Certificate>(certificate);
}

inline std::shared_ptr<const Certificate> revivalCertificate() {
    Certificate certificate;
    certificate.step = 600;
    certificate.epoch = 24;
    certificate.learningRate = 0.3;
    certificate.since = 203;
    certificate.sample = 12;
    certificate.marginBefore = -1.18;
    certificate.contributions[Cause::Kick] = 1.58;
    certificate.marginAfter = 0.4;
    certificate.verdict = Verdict::Kick;
    return std::make_shared<const Certificate>(certificate);
}

inline std::shared_ptr<const Certificate> birthCertificate() {
    Certificate certificate;
    certificate.marginAfter = -0.5;
    return std::make_shared<const Certificate>(certificate);
}

inline std::vector<NeuronLife> neuronLives() {
    std::vector<NeuronLife> lives(4);
    lives[0].deaths = 1;
    lives[0].diedAt = 203;
    lives[0].death = deathCertificate();
    lives[1] = lives[0];
    lives[1].revivedAt = 600;
    lives[1].revival = revivalCertificate();
    lives[3].bornDead = true;
    lives[3].diedAt = 0;
    lives[3].deaths = 1;
    lives[3].death = birthCertificate();
    return lives;
}

inline LayerDiagnosis neuronLayer() {
    LayerDiagnosis layer;
    layer.neurons.resize(4);
    for (NeuronDiagnosis& neuron : layer.neurons) {
        neuron.margin = 0.8F;
        neuron.activeFraction = 0.38F;
        neuron.dormancy = 1.2F;
    }
    for (const std::size_t dead : {std::size_t{0}, std::size_t{3}}) {
        layer.neurons[dead].state = NeuronState::Dead;
        layer.neurons[dead].margin = -0.2F;
        layer.neurons[dead].activeFraction = 0.0F;
        layer.neurons[dead].dormancy = 0.0F;
    }
    layer.dead = 2;
    return layer;
}

inline std::shared_ptr<Snapshot> neuronRun(const char* activation = "relu") {
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->version = 5;
    snapshot->run = 1;
    snapshot->state = RunState::Paused;
    snapshot->now.step = 900;
    snapshot->settings.training.learningRate = 0.3;
    auto dataset = std::make_shared<Dataset>();
    dataset->featureNames = {"x", "y"};
    dataset->classNames = {"0", "1"};
    snapshot->dataset = dataset;
    NetworkSpec spec;
    spec.inputs = 2;
    spec.hidden = {4, 4};
    spec.outputs = 2;
    spec.activation = findActivation(activation);
    spec.activationParameters = activationParameters(*spec.activation, {}, 0.0);
    spec.objective = findObjective("softmax");
    snapshot->spec = spec;
    std::vector<float> parameters(layoutOf(spec).size());
    for (std::size_t i = 0; i < parameters.size(); ++i)
        parameters[i] = 0.1F * static_cast<float>(i);
    snapshot->parameters = std::make_shared<const std::vector<float>>(parameters);
    auto diagnosis = std::make_shared<Diagnosis>();
    diagnosis->layers = {neuronLayer(), neuronLayer()};
    snapshot->diagnosis = diagnosis;
    snapshot->lives = {neuronLives(), neuronLives()};
    snapshot->now.layers = {{4, 2, 0, 0, 0.0, 0.0}, {4, 2, 0, 0, 0.0, 0.0}};
    return snapshot;
}

/// What the background would say of it: the dead cannot wake by themselves, the others die between 1.58 and 30; the
/// ordinary kick wakes two of four, one to three in nine cases of ten.
inline std::shared_ptr<Analysis> neuronAnalysis(const Snapshot& snapshot) {
    auto analysis = std::make_shared<Analysis>();
    analysis->run = snapshot.run;
    analysis->version = snapshot.version;
    analysis->step = snapshot.now.step;
    KickForecast forecast;
    forecast.reach = 4;
    forecast.revived.chances = {0.03125, 0.21875, 0.5, 0.21875, 0.03125};
    forecast.draws = 400;
    analysis->forecast = forecast;
    for (const LayerDiagnosis& layer : snapshot.diagnosis->layers) {
        analysis->outlook.emplace_back();
        for (const NeuronDiagnosis& neuron : layer.neurons) {
            NeuronOutlook outlook;
            if (neuron.state == NeuronState::Dead) {
                outlook.wake = WakeChance::Never;
                outlook.kickChance = 0.45;
            } else {
                outlook.lethal = LethalRates{1.58, 30.0};
            }
            analysis->outlook.back().push_back(outlook);
        }
    }
    return analysis;
}

inline Frame neuronFrame(NeuronId selected = {}) {
    const auto snapshot = neuronRun();
    return {snapshot, nullptr, selected, neuronAnalysis(*snapshot)};
}

} // namespace flatline::test
