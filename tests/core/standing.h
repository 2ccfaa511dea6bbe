#pragma once

#include "tests/core/fixtures.h"
#include "tests/core/samples.h"

#include <QTest>

namespace flatline::fixtures {

/// Everything that a run has come to.
struct Standing {
    std::vector<float> parameters;
    OptimizerState optimizer;
    std::vector<std::vector<NeuronLife>> lives;
    std::vector<Event> events;
    BiasShift shift;
    Observation row;

    explicit Standing(Trainer& trainer)
        : parameters(trainer.parameters())
        , optimizer(trainer.keyframe().optimizer)
        , lives(trainer.lives())
        , shift(trainer.network().spec().biasShift)
        , row(trainer.observe()) {
        for (std::size_t i = 0; i < trainer.events().size(); ++i)
            events.push_back(trainer.events()[i]);
    }
};

inline void same(const Standing& a, const Standing& b) {
    QVERIFY(sameBits(a.parameters, b.parameters));
    QVERIFY(sameBits(a.optimizer.first, b.optimizer.first));
    QVERIFY(sameBits(a.optimizer.second, b.optimizer.second));
    QCOMPARE(a.optimizer.steps, b.optimizer.steps);
    QVERIFY(a.lives == b.lives);
    QVERIFY(a.events == b.events);
    QVERIFY(a.shift == b.shift);
    QVERIFY(a.row == b.row);
}

/// A run in which neurons die, with everything that a keyframe must not forget.
inline Settings hostile(const char* optimizer, double rate) {
    Settings settings = harshSettings(9);
    settings.training.optimizer = optimizer;
    settings.training.learningRate = rate;
    return settings;
}

/// Planned: warming, learnt slopes and back, resets, a kick, batch norm, Adam.
inline Settings everything() {
    Settings settings = hostile("adam", 0.05);
    settings.network.batchNorm = "before-activation";
    settings.interventions = {{5, BiasWarming{1.0, 200}},
                              {20, SettingChange{"network.activation", std::string("prelu")}},
                              {35, ResetNeurons{{Target::Kind::Layer, 1}}},
                              {60, SettingChange{"network.activation", std::string("relu")}},
                              {60, ThermalKick{0.5, {Target::Kind::All}, KickedParameters::Both}},
                              {75, ResetNeurons{{Target::Kind::Dead}}},
                              {80, SettingChange{"network.activation", std::string("prelu")}},
                              {90, SettingChange{"network.alpha", 0.5}}};
    return settings;
}

} // namespace flatline::fixtures
