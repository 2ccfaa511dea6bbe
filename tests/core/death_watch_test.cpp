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
        QTest::addColumn<QString>("activation");
        QTest::addColumn<double>("rate");
        QTest::addColumn<double>("momentum");
        QTest::addColumn<double>("biasDecay");
        QTest::addColumn<double>("slopeAtZero");
        QTest::newRow("relu, harsh") << "relu" << 0.8 << 0.0 << 0.0 << 0.0;
        QTest::newRow("relu, harsher") << "relu" << 2.5 << 0.0 << 0.0 << 0.0;
        QTest::newRow("relu, momentum") << "relu" << 0.2 << 0.9 << 0.0 << 0.0;
        QTest::newRow("relu, bias decay revives") << "relu" << 0.8 << 0.0 << 0.2 << 0.0;
        QTest::newRow("relu, slope 1 at zero") << "relu" << 0.8 << 0.0 << 0.0 << 1.0;
        QTest::newRow("leaky, alpha 0") << "leaky-relu" << 0.8 << 0.0 << 0.1 << 0.0;
        QTest::newRow("tanh") << "tanh" << 3.0 << 0.5 << 0.0 << 0.0;
        QTest::newRow("elu") << "elu" << 3.0 << 0.0 << 0.0 << 0.0;
    }
    void neverMissesADeathOrARevival() {
        QFETCH(QString, activation);
        QFETCH(double, rate);
        QFETCH(double, momentum);
        QFETCH(double, biasDecay);
        QFETCH(double, slopeAtZero);
        std::size_t events = 0;
        for (const std::int64_t seed : {1, 2, 3}) {
            Settings settings = fixtures::harshSettings(seed);
            settings.network.activation = activation.toStdString();
            settings.network.alpha = 0.0;
            settings.network.slopeAtZero = slopeAtZero;
            settings.training.learningRate = rate;
            settings.training.momentum = momentum;
            settings.training.biasDecay = biasDecay;
            Trainer trainer = fixtures::trainer(settings);
            QCOMPARE(deadByEvents(trainer), deadNow(trainer));
            for (int step = 1; step <= 400; ++step) {
                if (!trainer.step())
                    break;
                QVERIFY2(deadByEvents(trainer) == deadNow(trainer),
                         qPrintable(QString("seed %1, step %2").arg(seed).arg(step)));
            }
            events += trainer.events().size();
        }
        if (activation == "relu")
            QVERIFY2(events >= 5, "nobody died: the run proves nothing");
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
            if (watch.suspicious(network, trainer.parameters().data())) {
                (void)watch.look(network, trainer.parameters().data(), evaluator);
                ++looks;
            }
        }
        QVERIFY2(looks < 300, qPrintable(QString::number(looks)));
    }
};

QTEST_GUILESS_MAIN(DeathWatchTest)
#include "death_watch_test.moc"
