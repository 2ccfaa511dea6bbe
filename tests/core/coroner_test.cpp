#include "core/diagnosis/evaluation.h"
#include "fixtures.h"

#include <QTest>

#include <cmath>
#include <map>

using namespace flatline;

namespace {

/// Everything that moves a margin, in runs where neurons die.
std::vector<Settings> deadlyRuns(int seeds) {
    std::vector<Settings> runs;
    const auto add = [&](auto change) {
        for (int seed = 1; seed <= seeds; ++seed) {
            Settings settings = fixtures::harshSettings(seed);
            change(settings);
            runs.push_back(settings);
        }
    };
    add([](Settings&) {});
    add([](Settings& s) { s.data.offset = 2.0; });
    add([](Settings& s) {
        s.training.momentum = 0.9;
        s.training.learningRate = 0.15;
    });
    add([](Settings& s) {
        s.training.optimizer = "adam";
        s.training.learningRate = 0.1;
        s.training.weightDecay = 0.01;
    });
    add([](Settings& s) {
        s.training.optimizer = "rmsprop";
        s.training.learningRate = 0.05;
        s.training.biasDecay = 0.05;
    });
    add([](Settings& s) {
        s.training.weightDecay = 0.02;
        s.training.biasDecay = 0.01;
        s.training.momentum = 0.5;
    });
    add([](Settings& s) {
        s.network.batchNorm = "before-activation";
        s.training.learningRate = 3.0;
        s.training.momentum = 0.5;
    });
    add([](Settings& s) {
        s.network.batchNorm = "after-activation";
        s.training.learningRate = 2.0;
    });
    add([](Settings& s) {
        s.interventions = {{0, BiasWarming{1.5, 60}},
                           {40, ThermalKick{1.5, {Target::Kind::All}, KickedParameters::Both}},
                           {80, ResetNeurons{{Target::Kind::Layer, 1}}},
                           {120, SettingChange{"training.learning_rate", 1.5}},
                           {150, SettingChange{"network.activation", std::string("leaky-relu")}},
                           {170, SettingChange{"network.activation", std::string("relu")}},
                           {200, ThermalKick{2.0, {Target::Kind::Dead}, KickedParameters::Bias}}};
    });
    add([](Settings& s) {
        s.network.hidden = {4, 4, 4, 4, 4};
        s.training.learningRate = 0.4;
    });
    return runs;
}

std::string nameOf(const Settings& s) {
    return s.training.optimizer + " " + s.network.batchNorm + " seed " + std::to_string(s.seed);
}

/// What a look at all samples after each step says: whether each neuron is healthy, and its margin.
struct Seen {
    bool healthy = false;
    bool dead = false;
    float margin = 0.0F;
};
using Look = std::vector<std::vector<Seen>>;

Look lookAt(Trainer& trainer) {
    const auto diagnosis = trainer.examine(6.0F).diagnosis;
    const auto samples = static_cast<float>(trainer.dataset()->train.samples());
    Look look;
    for (const LayerDiagnosis& layer : diagnosis.layers) {
        look.emplace_back();
        for (const NeuronDiagnosis& neuron : layer.neurons) {
            const float sloping = std::round((1.0F - neuron.zeroSlopeFraction) * samples);
            look.back().push_back({sloping * 10.0F >= samples, neuron.state == NeuronState::Dead, neuron.margin});
        }
    }
    return look;
}

/// A one-neuron network on one feature whose fate is known.
Settings soloSettings() {
    Settings settings;
    settings.data.source = "sine";
    settings.data.samples = 60;
    settings.data.noise = 0.0;
    settings.data.testFraction = 0.0;
    settings.network.hidden = {1};
    settings.training.batchSize = 60;
    settings.training.shuffle = false;
    settings.training.learningRate = 0.0;
    return settings;
}

/// The certificate of the first death or revival, stepping at most so far.
std::shared_ptr<const Certificate> first(Trainer& trainer, EventKind kind, int steps) {
    for (int i = 0; i <= steps; ++i) {
        for (std::size_t e = 0; e < trainer.events().size(); ++e)
            if (trainer.events()[e].kind == kind)
                return trainer.events()[e].certificate;
        trainer.step();
    }
    return nullptr;
}

} // namespace

class CoronerTest : public QObject {
    Q_OBJECT

private slots:
    // Breaks where a contribution is forgotten, counted twice or taken from the wrong sample.
    void contributionsAreTheMarginsChange() {
        int deaths = 0;
        int revivals = 0;
        double worst = 0.0;
        for (const Settings& settings : deadlyRuns(15)) {
            Trainer trainer = fixtures::trainer(settings);
            for (int step = 0; step < 400 && trainer.step(); ++step) {
            }
            for (std::size_t i = 0; i < trainer.events().size(); ++i) {
                const Event& event = trainer.events()[i];
                if (event.kind != EventKind::Died && event.kind != EventKind::Revived)
                    continue;
                QVERIFY(event.certificate != nullptr);
                const Certificate& c = *event.certificate;
                if (c.verdict == Verdict::BornDead)
                    continue;
                ++(event.kind == EventKind::Died ? deaths : revivals);
                double size = 1.0;
                for (const double value : c.contributions.values)
                    size += std::abs(value);
                const double error = std::abs(c.marginBefore + c.contributions.sum() - c.marginAfter) / size;
                worst = std::max(worst, error);
                // Batch norm's scale, up to 1 / sqrt(1e-5), is also that of the rounding of what comes before it.
                const double allowed = settings.network.batchNorm == "none" ? 1e-5 : 3e-4;
                QVERIFY2(error < allowed,
                         (nameOf(settings) + " step " + std::to_string(event.step) + ": " + event.detail).c_str());
            }
        }
        qInfo("%d deaths, %d revivals, worst relative error %.2g", deaths, revivals, worst);
        QVERIFY(deaths > 2000);
        QVERIFY(revivals > 1000);
    }

    // Breaks where the last healthy step is missed, or a margin is not that of the step it is given for.
    void sinceIsTheLastHealthyStep() {
        int checked = 0;
        for (const Settings& settings : deadlyRuns(4)) {
            if (!settings.interventions.empty())
                continue; // two states share a step there
            Trainer trainer = fixtures::trainer(settings);
            std::vector<Look> looks{lookAt(trainer)};
            for (int step = 0; step < 300 && trainer.step(); ++step)
                looks.push_back(lookAt(trainer));
            for (std::size_t i = 0; i < trainer.events().size(); ++i) {
                const Event& event = trainer.events()[i];
                if (event.kind != EventKind::Died || event.step == 0)
                    continue;
                const auto at = [&](std::int64_t step) -> const Seen& {
                    return looks[static_cast<std::size_t>(step)][static_cast<std::size_t>(event.layer - 1)]
                                [static_cast<std::size_t>(event.neuron - 1)];
                };
                std::int64_t since = event.step - 1;
                while (since > 0 && !at(since).healthy && !at(since - 1).dead)
                    --since;
                const Certificate& c = *event.certificate;
                QVERIFY2(c.since == since, (nameOf(settings) + " step " + std::to_string(event.step) + " since " +
                                            std::to_string(since) + ": " + event.detail)
                                               .c_str());
                QVERIFY(std::abs(c.marginBefore - static_cast<double>(at(since).margin)) <
                        2e-5 * (1.0 + std::abs(c.marginBefore)));
                QCOMPARE(static_cast<float>(c.marginAfter), at(event.step).margin);
                ++checked;
            }
        }
        qInfo("%d deaths", checked);
        QVERIFY(checked > 300);
    }

    // Breaks where what is written depends on when the files were brought up to date.
    void keyframesChangeNothing() {
        std::vector<Settings> runs = deadlyRuns(1);
        for (const char* optimizer : {"adam", "rmsprop", "sgd"}) { // so large that the log does not keep their memory
            Settings& large = runs.emplace_back(fixtures::harshSettings(3));
            large.network.hidden = {150, 110};
            large.training.optimizer = optimizer;
            large.training.learningRate = std::string_view(optimizer) == "sgd" ? 0.15 : 0.03;
            large.training.momentum = std::string_view(optimizer) == "sgd" ? 0.9 : 0.0;
            large.training.biasDecay = 0.02;
        }
        for (const Settings& settings : runs) {
            Trainer plain = fixtures::trainer(settings);
            Trainer framed = fixtures::trainer(settings);
            Keyframe middle;
            for (int step = 0; step < 260; ++step) {
                plain.step();
                framed.step();
                if (step % 7 == 0)
                    (void)framed.keyframe();
                if (step == 111)
                    middle = framed.keyframe();
            }
            const auto same = [&] {
                QCOMPARE(plain.events().size(), framed.events().size());
                for (std::size_t i = 0; i < plain.events().size(); ++i)
                    QVERIFY2(plain.events()[i] == framed.events()[i],
                             (nameOf(settings) + "\n" + plain.events()[i].detail + "\n" + framed.events()[i].detail)
                                 .c_str());
            };
            same();
            framed.restore(middle);
            for (int step = 112; step < 260; ++step)
                framed.step();
            same();
        }
    }

    // Breaks where bias decay is not found to be what it is, in either direction, or its figure is wrong.
    void biasDecayIsNamed() {
        Settings settings = soloSettings();
        settings.training.learningRate = 0.1;
        settings.training.biasDecay = 0.5;
        // w x + b with x in -pi .. pi and w tiny: b alone keeps it above 0; dead: revived as b decays towards 0
        Trainer back = fixtures::trainer(settings, {0.05F, -1.0F, 0.0F, 0.0F});
        const auto revival = first(back, EventKind::Revived, 200);
        QVERIFY(revival != nullptr);
        QCOMPARE(verdictId(revival->verdict), "bias-decay");
        QCOMPARE(revival->since, 0);
        QVERIFY(std::abs(revival->contributions[Cause::BiasDecay] - revival->contributions.sum()) < 1e-5);
        QVERIFY(revival->contributions[Cause::BiasDecay] > 0.8);
    }

    // Breaks where a kick's, a warming's or a reset's doing is booked as something else.
    void interventionsAreNamed() {
        Settings settings = soloSettings();
        const std::vector<float> dead{0.1F, -2.0F, 0.0F, 0.0F};
        const auto revivedBy = [&](const Action& action) {
            Settings own = settings;
            own.interventions = {{1, action}};
            Trainer trainer = fixtures::trainer(own, dead);
            const auto certificate = first(trainer, EventKind::Revived, 3);
            return std::string(certificate == nullptr ? "none" : verdictId(certificate->verdict));
        };
        settings.seed = 3; // a kick upwards
        QCOMPARE(revivedBy(ThermalKick{30.0, {Target::Kind::All}, KickedParameters::Weights}), std::string("kick"));
        QCOMPARE(revivedBy(BiasWarming{5.0, 10}), std::string("annealing"));
        QCOMPARE(revivedBy(SettingChange{"network.activation", std::string("leaky-relu")}), std::string("edit"));
        QCOMPARE(revivedBy(ResetNeurons{{Target::Kind::All}}), std::string("edit"));

        // What had moved it before does not take the switch's place: here decay, on its way to wake it.
        Settings decaying = settings;
        decaying.training.learningRate = 0.01;
        decaying.training.biasDecay = 0.5;
        decaying.interventions = {{20, SettingChange{"network.activation", std::string("leaky-relu")}}};
        Trainer switched = fixtures::trainer(decaying, dead);
        const auto revival = first(switched, EventKind::Revived, 30);
        QVERIFY(revival != nullptr && revival->contributions[Cause::BiasDecay] > 0.0);
        QCOMPARE(verdictId(revival->verdict), "edit");

        settings.interventions = {{0, BiasWarming{3.0, 10}}};
        Trainer warmed = fixtures::trainer(settings, dead);
        const auto death = [&] {
            for (int i = 0; i < 12; ++i)
                warmed.step();
            return warmed.lives()[0][0].death;
        }();
        QCOMPARE(verdictId(death->verdict), "annealing");
        QCOMPARE(warmed.events()[warmed.events().size() - 1].kind, EventKind::Died);
        // 3 (1 - n/10) + max 0.1 x - 2 falls to 0 or below
        QVERIFY(std::abs(death->contributions[Cause::Annealing] - death->contributions.sum()) < 1e-5);
    }

    // Breaks where a blow is taken for a drift, or memory for the present gradient.
    void gradientsAreNamed() {
        Settings settings = soloSettings();
        settings.training.learningRate = 10.0;
        // The output is far above the sine: its gradient pushes the only neuron down, all at once.
        Trainer struck = fixtures::trainer(settings, {0.1F, 1.0F, 5.0F, 0.0F});
        const auto blow = first(struck, EventKind::Died, 5);
        QVERIFY(blow != nullptr);
        QCOMPARE(verdictId(blow->verdict), "overshoot");
        QCOMPARE(blow->worstStep, blow->step);
        QCOMPARE(blow->since, blow->step - 1);
        QCOMPARE(blow->batch, 1);
        QCOMPARE(blow->learningRate, 10.0);

        settings.training.learningRate = 1e-4;
        // Its samples leave it one by one, those with the largest x last.
        const std::vector<float> slope{0.5F, -0.5F, 5.0F, 50.0F};
        Trainer pushed = fixtures::trainer(settings, slope);
        const auto drift = first(pushed, EventKind::Died, 20000);
        QVERIFY(drift != nullptr);
        QCOMPARE(verdictId(drift->verdict), "drift");
        QVERIFY(drift->worstGradient < 0.0);

        settings.training.momentum = 0.99;
        Trainer carried = fixtures::trainer(settings, slope);
        const auto memory = first(carried, EventKind::Died, 20000);
        QVERIFY(memory != nullptr);
        QCOMPARE(verdictId(memory->verdict), "momentum");
    }

    // Breaks where a later layer's neuron, whose own parameters no longer move, is not told apart from one that moved.
    void upstreamIsNamed() {
        std::map<std::string, int> verdicts;
        for (const Settings& settings : deadlyRuns(3)) {
            if (settings.training.momentum != 0.0 || settings.training.optimizer != "sgd" ||
                settings.network.batchNorm != "none" || !settings.interventions.empty())
                continue;
            Trainer trainer = fixtures::trainer(settings);
            for (int step = 0; step < 400 && trainer.step(); ++step) {
            }
            for (std::size_t i = 0; i < trainer.events().size(); ++i) {
                const Event& event = trainer.events()[i];
                ++verdicts[event.cause];
                // Plain SGD without decay: nothing acts on a dead neuron itself.
                if (event.kind == EventKind::Revived) {
                    QVERIFY(event.layer > 1);
                    QVERIFY2(event.cause == "upstream", event.detail.c_str());
                }
                if (event.layer == 1)
                    QCOMPARE(event.certificate->contributions[Cause::Upstream], 0.0);
            }
        }
        QVERIFY(verdicts["upstream"] > 20);
        QVERIFY(verdicts["overshoot"] > 20);
        QVERIFY(verdicts["drift"] > 0);
    }
};

QTEST_GUILESS_MAIN(CoronerTest)
#include "coroner_test.moc"
