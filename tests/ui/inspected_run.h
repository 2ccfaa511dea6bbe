#pragma once

#include "core/inspection/inspector.h"
#include "real_run.h"
#include "ui/fields/strip_text.h"

#include <memory>
#include <stdexcept>

/// A real run, small and deadly, for the tests of the inspector: circles, two layers of six ReLU; at step 30 a learning
/// rate of 3 kills.
namespace flatline::test {

inline Settings deadlySettings(std::int64_t seed = 4) {
    Settings settings;
    settings.seed = seed;
    settings.data.samples = 200;
    settings.network.hidden = {6, 6};
    settings.training.learningRate = 0.1;
    settings.interventions = {{30, SettingChange{"training.learning_rate", 3.0}}};
    return settings;
}

/// All that is known of that neuron.
inline Frame inspected(const std::shared_ptr<const Snapshot>& snapshot, NeuronId id, BeatsOf which = BeatsOf::Death) {
    Inspector inspector;
    Frame frame{snapshot, nullptr, id};
    auto analysis = std::make_shared<Analysis>();
    analysis->run = snapshot->run;
    analysis->version = snapshot->version;
    analysis->outlook = computeOutlook(*snapshot, {});
    frame.analysis = analysis;
    frame.inspection = inspector.inspect(
        *snapshot, {static_cast<std::size_t>(id.layer - 1), static_cast<std::size_t>(id.neuron - 1)}, which);
    return frame;
}

/// The first neuron of that layer which is dead, or alive; it must have one.
inline NeuronId firstOf(const Snapshot& snapshot, int layer, bool dead) {
    for (NeuronId id{layer, 1}; hasNeuron(snapshot, id); ++id.neuron)
        if ((diagnosisOf(snapshot, id).state == NeuronState::Dead) == dead &&
            (!dead || lifeOf(snapshot, id).diedAt > 0))
            return id;
    throw std::runtime_error("no such neuron");
}

/// The first seed's run in which a neuron of the first layer was killed by a step, and one of the second lives.
inline std::shared_ptr<Snapshot> deadlyRun() {
    for (std::int64_t seed = 1; seed <= 50; ++seed) {
        auto run = realRun(deadlySettings(seed), 80);
        bool killed = false;
        for (const NeuronLife& life : run->lives[0])
            killed = killed || (life.death && life.death->batch > 0 && life.death->step == life.diedAt &&
                                life.revivedAt < life.diedAt);
        if (killed && run->now.layers[1].dead < 6 && run->now.dead() > 1)
            return run;
    }
    throw std::runtime_error("nobody died");
}

} // namespace flatline::test
