#include "tests/core/fixtures.h"
#include "tests/core/samples.h"

#include <QTest>

using namespace flatline;

namespace {

void steps(Trainer& trainer, int count) {
    for (int i = 0; i < count; ++i)
        QVERIFY(trainer.step());
}

Target neuron(int layer, int number) {
    return {Target::Kind::Neuron, layer, number};
}

} // namespace

/// Bias warming that is aimed at some neurons alone.
class OwnWarmingTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where the warmth reaches another neuron, does not anneal, or moves a bias.
    void warmsItsTargetAlone() {
        Settings settings = fixtures::harshSettings(4);
        settings.training.learningRate = 0.0;
        Trainer trainer = fixtures::trainer(settings);
        const std::vector<float> start = trainer.parameters();
        QVERIFY(trainer.act(BiasWarming{2.0, 8, neuron(2, 3)}).ok());
        QVERIFY(trainer.act(BiasWarming{1.0, 4, {Target::Kind::Layer, 1}}).ok());
        for (int step = 0; step < 10; ++step) {
            const BiasShift& shift = trainer.network().spec().biasShift;
            QCOMPARE(shift.all, 0.0);
            QCOMPARE(trainer.observe().warming, 0.0);
            for (std::size_t k = 0; k < 2; ++k)
                for (std::size_t j = 0; j < 6; ++j) {
                    const double layer = k == 0 && step < 4 ? 1.0 - step / 4.0 : 0.0;
                    const double own = k == 1 && j == 2 && step < 8 ? 2.0 * (1.0 - step / 8.0) : 0.0;
                    QCOMPARE(shift.of(k, j), layer + own);
                }
            steps(trainer, 1);
        }
        QVERIFY(trainer.network().spec().biasShift.none());
        QVERIFY(fixtures::sameBits(start, trainer.parameters()));
    }

    // Breaks where a network of one neuron learns otherwise when it alone is warmed than when everybody is.
    void isTheSameAsWarmingAllWhereThereIsNoOther() {
        const auto run = [](const Target& target) {
            Settings settings;
            settings.training.learningRate = 0.05;
            settings.training.momentum = 0.5;
            settings.network.hidden = {1};
            settings.interventions = {{3, BiasWarming{1.5, 40, target}}};
            Result<Trainer> made =
                Trainer::create(settings, fixtures::points({0.5F, 2.0F}, {1.0F, 4.0F}), {0.3F, -1.0F, 1.0F, 0.0F});
            Trainer trainer = std::move(made).value();
            for (int i = 0; i < 60; ++i)
                [[maybe_unused]] const bool finite = trainer.step();
            return trainer.parameters();
        };
        const std::vector<float> all = run({Target::Kind::All});
        const std::vector<float> one = run(neuron(1, 1));
        QVERIFY(all[0] != 0.3F);
        for (std::size_t i = 0; i < all.size(); ++i)
            QVERIFY2(std::abs(all[i] - one[i]) < 1e-5F, qPrintable(QString("%1 %2").arg(all[i]).arg(one[i])));
    }

    // Breaks where who is dead is asked again later: a neuron that the warmth woke would lose it, one that died
    // meanwhile would get some.
    void theDeadAreThoseOfItsBeginning() {
        Settings settings;
        settings.training.learningRate = 0.0;
        settings.network.hidden = {2};
        // Neuron 1: dead by 0.5; neuron 2: alive.
        Result<Trainer> made =
            Trainer::create(settings, fixtures::points({1.0F}), {1.0F, 1.0F, -1.5F, 0.5F, 1.0F, 1.0F, 0.0F});
        Trainer trainer = std::move(made).value();
        QVERIFY(trainer.act(BiasWarming{1.0, 10, {Target::Kind::Dead}}).ok());
        QCOMPARE(fixtures::stepsOf(trainer, EventKind::Revived, 1, 1), (std::vector<std::int64_t>{0}));
        QVERIFY(trainer.act(EditParameters{1, 2, -9.0, {}}).ok());
        const Keyframe keyframe = trainer.keyframe();
        steps(trainer, 2);
        QCOMPARE(trainer.network().spec().biasShift.of(0, 0), 0.8);
        QCOMPARE(trainer.network().spec().biasShift.of(0, 1), 0.0);
        trainer.restore(keyframe);
        steps(trainer, 2);
        QCOMPARE(trainer.network().spec().biasShift.of(0, 0), 0.8);
        steps(trainer, 10); // 1 - n / 10 <= 0.5 at n = 5
        QCOMPARE(fixtures::stepsOf(trainer, EventKind::Died, 1, 1), (std::vector<std::int64_t>{0, 5}));
        const NeuronLife& life = trainer.lives()[0][0];
        QVERIFY(life.death != nullptr && life.death->verdict == Verdict::Annealing);
        QCOMPARE(life.death->since, 4); // healthy until then
        QVERIFY(std::abs(life.death->contributions[Cause::Annealing] + 0.1) < 1e-6);
        QCOMPARE(trainer.lives()[0][1].cause, std::string("edit"));
    }

    // Breaks where certificates of a run with such warmth do not add up, or its saved experiment is another run.
    void certificatesAddUpAndRunsRepeat_data() {
        QTest::addColumn<QString>("norm");
        for (const char* norm : {"none", "before-activation", "after-activation"})
            QTest::newRow(norm) << norm;
    }
    void certificatesAddUpAndRunsRepeat() {
        QFETCH(QString, norm);
        Settings settings = fixtures::harshSettings(9);
        settings.network.batchNorm = norm.toStdString();
        settings.training.learningRate = 1.5;
        settings.interventions = {{10, BiasWarming{2.0, 60, {Target::Kind::Layer, 2}}},
                                  {30, BiasWarming{-3.0, 50, neuron(1, 4)}},
                                  {40, BiasWarming{1.5, 40, {Target::Kind::Dead}}}};
        Trainer trainer = fixtures::trainer(settings);
        steps(trainer, 120);
        int certificates = 0;
        for (std::size_t i = 0; i < trainer.events().size(); ++i) {
            const auto& one = trainer.events()[i].certificate;
            if (one == nullptr || one->sample == 0)
                continue;
            ++certificates;
            const double sum = one->marginBefore + one->contributions.sum();
            const double size = 1.0 + std::abs(one->marginBefore) + std::abs(one->marginAfter);
            QVERIFY2(std::abs(sum - one->marginAfter) < 1e-3 * size,
                     qPrintable(QString("%1: %2, %3").arg(i).arg(sum).arg(one->marginAfter)));
        }
        QVERIFY2(certificates > 0, "nobody died: the run proves nothing");
        Trainer again = fixtures::trainer(trainer.experiment());
        steps(again, 120);
        QVERIFY(fixtures::sameBits(trainer.parameters(), again.parameters()));
        QCOMPARE(again.lives(), trainer.lives());
    }
};

QTEST_GUILESS_MAIN(OwnWarmingTest)
#include "own_warming_test.moc"
