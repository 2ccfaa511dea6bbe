#pragma once

#include "core/training/trainer.h"

#include <cstring>
#include <memory>
#include <stdexcept>
#include <vector>

/// Runs small enough to follow by hand.
namespace flatline::fixtures {

/// A regression of one feature on these points; all targets 0 where none are given.
inline std::shared_ptr<const Dataset> points(const std::vector<float>& x, std::vector<float> y = {}) {
    y.resize(x.size(), 0.0F);
    const auto count = static_cast<Eigen::Index>(x.size());
    auto data = std::make_shared<Dataset>();
    data->name = "points";
    data->task = Task::Regression;
    data->featureNames = {"x"};
    data->train.features = Eigen::Map<const Eigen::VectorXf>(x.data(), count);
    data->train.targets.values = Eigen::Map<const Eigen::VectorXf>(y.data(), count);
    for (int i = 0; i < static_cast<int>(count); ++i)
        data->train.sources.push_back(i);
    return data;
}

/// One hidden ReLU neuron on these points: parameters w, b, and the output's weight and bias.
inline Trainer oneNeuron(Settings settings, const std::vector<float>& x, std::vector<float> parameters) {
    settings.network.hidden = {1};
    Result<Trainer> made = Trainer::create(settings, points(x), std::move(parameters));
    if (!made)
        throw std::runtime_error(made.error().english());
    return std::move(made).value();
}

inline bool sameBits(const std::vector<float>& a, const std::vector<float>& b) {
    return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0);
}

/// The steps at which that neuron (layer and neuron from 1) died or came back, in order.
inline std::vector<std::int64_t> stepsOf(const Trainer& trainer, EventKind kind, int layer, int neuron) {
    std::vector<std::int64_t> steps;
    for (std::size_t i = 0; i < trainer.events().size(); ++i) {
        const Event& event = trainer.events()[i];
        if (event.kind == kind && event.layer == layer && event.neuron == neuron)
            steps.push_back(event.step);
    }
    return steps;
}

/// Whether it is dead at this step, by its events.
inline bool isDead(const Trainer& trainer, std::size_t layer, std::size_t neuron) {
    bool dead = false;
    for (std::size_t i = 0; i < trainer.events().size(); ++i) {
        const Event& event = trainer.events()[i];
        if (event.layer == static_cast<int>(layer) + 1 && event.neuron == static_cast<int>(neuron) + 1 &&
            (event.kind == EventKind::Died || event.kind == EventKind::Revived))
            dead = event.kind == EventKind::Died;
    }
    return dead;
}

} // namespace flatline::fixtures
