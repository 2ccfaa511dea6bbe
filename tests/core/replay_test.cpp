#include "core/inspection/replay.h"
#include "tests/core/fixtures.h"
#include "tests/core/samples.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

Settings settingsOf(const char* optimizer) {
    Settings settings = fixtures::harshSettings(4);
    settings.training.optimizer = optimizer;
    settings.training.learningRate = std::string_view(optimizer) == "sgd" ? 0.8 : 0.05;
    settings.training.momentum = 0.5;
    settings.training.batchSize = 7; // the last batch of an epoch is smaller
    settings.interventions = {{40, BiasWarming{1.0, 30, {Target::Kind::Layer, 1}}},
                              {60, ThermalKick{}},
                              {90, SettingChange{"training.batch_size", std::int64_t{11}}},
                              {95, ResetNeurons{}}};
    return settings;
}

Recorder recorded(const Settings& settings, int steps) {
    Recorder recorder(fixtures::trainer(settings));
    for (int i = 0; i < steps; ++i)
        if (!recorder.step())
            break;
    return recorder;
}

/// The same by hand: a training run that is stopped at each step.
Beat beatByHand(Trainer& trainer, NeuronPlace place) {
    const std::vector<float> before = trainer.parameters();
    (void)trainer.step();
    const Layout& layout = trainer.network().layout();
    const int layer = static_cast<int>(place.layer) + 1;
    double sum = 0.0;
    const auto add = [&](std::size_t i) {
        sum += std::pow(static_cast<double>(trainer.parameters()[i]) - static_cast<double>(before[i]), 2);
    };
    const Block& weights = layout.block(layer, BlockKind::Weight);
    for (int column = 0; column < weights.columns; ++column)
        add(weights.at(static_cast<int>(place.neuron), column));
    add(layout.block(layer, BlockKind::Bias).at(static_cast<int>(place.neuron), 0));
    Beat beat;
    beat.step = trainer.stepsDone();
    beat.update = static_cast<float>(std::sqrt(sum));
    return beat;
}

} // namespace

class ReplayTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where the steps replayed are not those that were made: an update's size differs by a bit.
    void repeatsTheRun_data() {
        QTest::addColumn<QString>("optimizer");
        for (const char* optimizer : {"sgd", "adam", "rmsprop"})
            QTest::newRow(optimizer) << optimizer;
    }
    void repeatsTheRun() {
        QFETCH(QString, optimizer);
        Settings settings = settingsOf(qPrintable(optimizer));
        settings.interventions.erase(settings.interventions.begin() + 1,
                                     settings.interventions.end()); // none that jumps
        Recorder recorder = recorded(settings, 150);
        const Snapshot run = recorder.snapshot(false);
        Replay replay;
        for (const NeuronPlace place : {NeuronPlace{0, 2}, NeuronPlace{1, 5}}) {
            Trainer trainer = fixtures::trainer(settings);
            const std::vector<Beat> beats = replay.beats(run, place, 1, 150, nullptr);
            QCOMPARE(beats.size(), std::size_t{150});
            for (const Beat& beat : beats) {
                const Beat own = beatByHand(trainer, place);
                QCOMPARE(beat.step, own.step);
                QCOMPARE(beat.update, own.update);
            }
        }
    }

    // Breaks where output or gradient are not those of the step's own batch: with plain SGD the update is the rate
    // times the gradient, and who has no gradient has no output on any sample of the batch.
    void outputAndGradientAreTheBatchs() {
        Settings settings = settingsOf("sgd");
        settings.training.momentum = 0.0;
        settings.interventions.clear();
        Recorder recorder = recorded(settings, 120);
        const Snapshot run = recorder.snapshot(false);
        Replay replay;
        int silent = 0;
        int loud = 0;
        for (std::size_t j = 0; j < 6; ++j)
            for (const Beat& beat : replay.beats(run, {0, j}, 1, 120, nullptr)) {
                QVERIFY(std::abs(beat.update - 0.8F * beat.gradient) <= 1e-4F * (1.0F + beat.update));
                silent += beat.output == 0.0F ? 1 : 0;
                loud += beat.output > 0.0F && beat.gradient > 0.0F ? 1 : 0;
                QVERIFY2(beat.output > 0.0F || beat.gradient == 0.0F, "a gradient without an output");
            }
        QVERIFY2(silent > 10 && loud > 10, "the run proves nothing");
    }

    // Breaks where a window that moves on, jumps back, or is another neuron's, gets other beats than one asked for at
    // once; or where beats go on beyond the run.
    void anyOrderGivesTheSame() {
        Recorder recorder = recorded(settingsOf("adam"), 150);
        const Snapshot run = recorder.snapshot(false);
        Replay fresh;
        const std::vector<Beat> all = fresh.beats(run, {1, 3}, 1, 150, nullptr);
        Replay replay;
        for (const auto& [first, last] : {std::pair(1, 20), {11, 40}, {21, 60}, {100, 150}, {5, 15}, {80, 150}}) {
            (void)replay.step(run, 77, nullptr);
            (void)replay.beats(run, {0, 0}, first, first + 2, nullptr);
            for (int again = 0; again < 2; ++again) {
                const std::vector<Beat> some = replay.beats(run, {1, 3}, first, last, nullptr);
                QVERIFY(std::equal(some.begin(), some.end(), all.begin() + first - 1, all.begin() + last));
            }
        }
        QCOMPARE(replay.beats(run, {1, 3}, 149, 150, nullptr).size(), std::size_t{2});
    }

    // Breaks where what was done by hand later is missing in the steps that follow it.
    void followsWhatIsDoneByHand() {
        Recorder recorder = recorded(settingsOf("sgd"), 100);
        Replay replay;
        (void)replay.beats(recorder.snapshot(false), {0, 1}, 1, 100, nullptr);
        QVERIFY(recorder.act(EditParameters{1, 2, 0.5, {0.3, -0.2}}).ok());
        QVERIFY(recorder.act(SettingChange{"training.learning_rate", 0.1}).ok());
        for (int i = 0; i < 30; ++i)
            QVERIFY(recorder.step());
        const Snapshot run = recorder.snapshot(false);
        const auto state = replay.after(run, 130, nullptr);
        QVERIFY(state.has_value());
        QVERIFY(fixtures::sameBits(state->parameters, *run.parameters));
        const auto made = replay.step(run, 101, nullptr);
        QVERIFY(made.has_value());
        QCOMPARE(made->learningRate, 0.1);
        QCOMPARE(made->before[made->network.layout().block(1, BlockKind::Bias).at(1, 0)], 0.5F);
    }

    // Breaks where the state before an intervention is that after it.
    void stopsBeforeInterventions() {
        const Settings settings = settingsOf("sgd");
        Recorder recorder = recorded(settings, 100);
        Trainer trainer = fixtures::trainer(settings);
        for (int i = 0; i < 60; ++i)
            QVERIFY(trainer.step());
        Replay replay;
        const auto state = replay.after(recorder.snapshot(false), 60, nullptr);
        QVERIFY(state.has_value());
        QVERIFY(fixtures::sameBits(state->parameters, trainer.parameters()));
    }

    // Breaks where a cancelled job goes on.
    void canBeCancelled() {
        Recorder recorder = recorded(settingsOf("sgd"), 300); // so that not every step has a keyframe
        const std::atomic<bool> cancelled{true};
        Replay replay;
        QVERIFY(replay.beats(recorder.snapshot(false), {0, 0}, 50, 100, &cancelled).empty());
        QVERIFY(!replay.step(recorder.snapshot(false), 100, &cancelled).has_value());
        QCOMPARE(replay.beats(recorder.snapshot(false), {0, 0}, 50, 100, nullptr).size(), std::size_t{51});
    }
};

QTEST_GUILESS_MAIN(ReplayTest)
#include "replay_test.moc"
