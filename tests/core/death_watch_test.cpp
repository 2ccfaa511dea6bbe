#include "core/diagnosis/death_watch.h"
#include "tests/core/fixtures.h"

#include <QTest>

using namespace flatline;

namespace {

/// Who is dead, by a look at every sample.
std::vector<std::vector<bool>> deadNow(Trainer& trainer) {
    std::vector<std::vector<bool>> dead;
    for (const LayerDiagnosis& layer : trainer.examine(6.0F).diagnosis.layers) {
        dead.emplace_back();
        for (const NeuronDiagnosis& neuron : layer.neurons)
            dead.back().push_back(neuron.state == NeuronState::Dead);
    }
    return dead;
}

/// Who is dead, by the events alone.
std::vector<std::vector<bool>> deadByEvents(const Trainer& trainer) {
    std::vector<std::vector<bool>> dead;
    for (const auto& layer : trainer.lives())
        dead.emplace_back(layer.size(), false);
    for (std::size_t i = 0; i < trainer.events().size(); ++i) {
        const Event& event = trainer.events()[i];
        if (event.kind == EventKind::Died || event.kind == EventKind::Revived)
            dead[static_cast<std::size_t>(event.layer - 1)][static_cast<std::size_t>(event.neuron - 1)] =
                event.kind == EventKind::Died;
    }
    return dead;
}

} // namespace

class DeathWatchTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a death or a revival is missed or dated wrongly: after every single step the events must say what a
    // look at all samples says. Runs with many deaths and revivals, of several kinds.
    void neverMissesADeathOrARevival_data() {
        QTest::addColumn<Settings>("settings");
        QTest::addColumn<int>("fewest");
        const auto row = [](const char* name, int fewest, auto change) {
            Settings settings = fixtures::harshSettings(0);
            settings.network.alpha = 0.0;
            change(settings);
            QTest::newRow(name) << settings << fewest;
        };
        const auto with = [](auto... members) { return [=](Settings& s) { (members(s), ...); }; };
        const auto rate = [](double value) { return [=](Settings& s) { s.training.learningRate = value; }; };
        const auto momentum = [](double value) { return [=](Settings& s) { s.training.momentum = value; }; };
        const auto biasDecay = [](double value) { return [=](Settings& s) { s.training.biasDecay = value; }; };
        const auto activation = [](const char* id) { return [=](Settings& s) { s.network.activation = id; }; };
        const auto optimizer = [](const char* id) { return [=](Settings& s) { s.training.optimizer = id; }; };
        const auto norm = [](const char* id) { return [=](Settings& s) { s.network.batchNorm = id; }; };
        const auto act = [](std::int64_t step, Action action) {
            return [=](Settings& s) { s.interventions.push_back({step, action}); };
        };
        row("relu, harsh", 5, with());
        row("relu, harsher", 5, with(rate(2.5)));
        row("relu, momentum", 5, with(rate(0.2), momentum(0.9)));
        row("relu, bias decay revives", 20, with(biasDecay(0.2)));
        row("relu, slope 1 at zero", 5, [](Settings& s) { s.network.slopeAtZero = 1.0; });
        row("leaky, alpha 0", 5, with(activation("leaky-relu"), biasDecay(0.1)));
        row("tanh", 0, with(activation("tanh"), rate(3.0), momentum(0.5)));
        row("elu", 0, with(activation("elu"), rate(3.0)));
        row("adam", 20, with(optimizer("adam"), rate(0.2)));
        row("adam, bias decay", 20, with(optimizer("adam"), rate(0.1), biasDecay(0.5)));
        row("rmsprop", 10, with(optimizer("rmsprop"), rate(0.05)));
        row("batch norm before", 5, with(norm("before-activation"), rate(10.0), momentum(0.5)));
        row("batch norm after", 10, with(norm("after-activation"), rate(3.0)));
        row("adam, batch norm before", 10, with(optimizer("adam"), norm("before-activation"), rate(0.3)));
        row("learnt slopes that start at 0", 2, with(activation("prelu"), rate(0.5)));
        row("learnt slopes, batch norm after", 2, with(activation("prelu"), norm("after-activation"), rate(0.5)));
        row("warming up and down", 30, with(act(20, BiasWarming{1.5, 100}), act(200, BiasWarming{-1.0, 60})));
        row("warming before batch norm", 10, with(norm("before-activation"), act(20, BiasWarming{3.0, 100})));
        row("kicks and resets", 30,
            with(rate(1.5), act(60, ThermalKick{1.0, {Target::Kind::Dead}}), act(120, ResetNeurons{}),
                 act(180, ResetNeurons{{Target::Kind::Layer, 1}}), act(240, ThermalKick{2.0, {Target::Kind::All}})));
        row("many neurons, adam", 30, [](Settings& s) {
            s.network.hidden = {20, 20, 20};
            s.training.optimizer = "adam";
            s.training.learningRate = 0.03;
        });
        row("to learnt slopes and back", 10,
            with(act(100, SettingChange{"network.activation", std::string("prelu")}),
                 act(150, SettingChange{"network.alpha", 0.1}),
                 act(200, SettingChange{"network.activation", std::string("relu")})));
    }
    void neverMissesADeathOrARevival() {
        QFETCH(Settings, settings);
        QFETCH(int, fewest);
        int changes = 0;
        for (const std::int64_t seed : {1, 2, 3}) {
            settings.seed = seed;
            Trainer trainer = fixtures::trainer(settings);
            QCOMPARE(deadByEvents(trainer), deadNow(trainer));
            for (int step = 1; step <= 400; ++step) {
                if (!trainer.step())
                    break;
                QVERIFY2(deadByEvents(trainer) == deadNow(trainer),
                         qPrintable(QString("seed %1, step %2").arg(seed).arg(step)));
            }
            for (std::size_t i = 0; i < trainer.events().size(); ++i)
                changes += trainer.events()[i].kind <= EventKind::Revived ? 1 : 0;
        }
        qInfo("%d deaths and revivals", changes);
        QVERIFY2(changes >= fewest, "hardly anybody died: the run proves nothing");
    }

    // Breaks where the watch looks at everything after every step: then it is right, and useless.
    void looksSeldomAtAHealthyRun() {
        Settings settings;
        const auto data = fixtures::dataset(settings);
        const NetworkSpec spec = makeNetworkSpec(settings, *data).value();
        const Network<float> network(spec);
        Evaluator evaluator(spec, data->train);
        DeathWatch watch;
        Trainer trainer = fixtures::trainer(settings);
        (void)watch.look(network, trainer.parameters().data(), evaluator);
        int looks = 0;
        for (int step = 0; step < 1000; ++step) {
            QVERIFY(trainer.step());
            if (watch.suspicious(network, trainer.parameters().data(), evaluator)) {
                (void)watch.look(network, trainer.parameters().data(), evaluator);
                ++looks;
            }
        }
        QVERIFY2(looks < 300, qPrintable(QString::number(looks)));
    }

    // Breaks where the dead of a run that Adam trains are looked at on all samples again and again, though the tighter
    // bound proves that they stay dead.
    void seldomPassesOverAllSamplesForTheDead() {
        Settings settings;
        settings.training.optimizer = "adam";
        settings.training.learningRate = 0.03;
        const auto data = fixtures::dataset(settings);
        const NetworkSpec spec = makeNetworkSpec(settings, *data).value();
        const Network<float> network(spec);
        Evaluator evaluator(spec, data->train);
        DeathWatch watch;
        SlopeCounts passes; // knows a moment at which there was one
        passes.follow({{0, 0}});
        Trainer trainer = fixtures::trainer(settings);
        (void)watch.look(network, trainer.parameters().data(), evaluator);
        constexpr std::size_t steps = 8000;
        int withDead = 0;
        int passed = 0;
        for (std::size_t step = 1; step <= steps; ++step) {
            QVERIFY(trainer.step());
            passes.moveTo(step);
            if (watch.suspicious(network, trainer.parameters().data(), evaluator, &passes))
                (void)watch.look(network, trainer.parameters().data(), evaluator);
            if (trainer.deadCount() == 0)
                continue;
            ++withDead;
            passed += passes.at(step, 0) ? 1 : 0;
        }
        qInfo("%d steps with dead neurons, %d passes", withDead, passed);
        QVERIFY(withDead > 4000);
        QVERIFY2(20 * passed < 9 * withDead, "norms alone need eleven passes in twenty steps");
    }
};

QTEST_GUILESS_MAIN(DeathWatchTest)
#include "death_watch_test.moc"
