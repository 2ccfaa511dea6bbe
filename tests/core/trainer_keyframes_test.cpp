#include "tests/core/fixtures.h"
#include "tests/core/standing.h"

#include <QTest>

using namespace flatline;

namespace {

void steps(Trainer& trainer, int count) {
    for (int i = 0; i < count; ++i)
        QVERIFY(trainer.step());
}

using State = fixtures::Standing;
using fixtures::hostile;
using fixtures::same;

} // namespace

class TrainerKeyframesTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a keyframe forgets something: the optimizer's means and its count, batch norm's running figures,
    // learnt slopes, what is left of a warming, resets drawn, the layout at that step.
    void restoringRepeatsTheRun_data() {
        QTest::addColumn<Settings>("settings");
        Settings adam = hostile("adam", 0.05);
        QTest::newRow("adam") << adam;
        adam.network.batchNorm = "before-activation";
        QTest::newRow("adam, batch norm") << adam;
        Settings slopes = hostile("rmsprop", 0.02);
        slopes.network.activation = "prelu";
        slopes.network.batchNorm = "after-activation";
        QTest::newRow("rmsprop, learnt slopes, batch norm after") << slopes;
        Settings warming = hostile("sgd", 0.8);
        warming.training.momentum = 0.6;
        warming.interventions = {{5, BiasWarming{1.0, 100}}, {30, BiasWarming{-0.5, 40}}};
        QTest::newRow("two warmings") << warming;
        warming.interventions = {{5, BiasWarming{1.5, 90, {Target::Kind::Neuron, 1, 2}}},
                                 {20, BiasWarming{2.0, 60, {Target::Kind::Dead}}},
                                 {33, EditParameters{2, 3, -4.0, {}}},
                                 {55, EditParameters{1, 1, 0.5, {0.25, std::nullopt}}}};
        QTest::newRow("warmth for some, edits") << warming;
        QTest::newRow("all of them, across switches to learnt slopes") << fixtures::everything();
    }
    void restoringRepeatsTheRun() {
        QFETCH(Settings, settings);
        Trainer trainer = fixtures::trainer(settings);
        std::vector<Keyframe> keyframes;
        std::vector<State> states;
        for (int i = 0; i < 12; ++i) {
            keyframes.push_back(trainer.keyframe());
            states.emplace_back(trainer);
            steps(trainer, 10);
        }
        const State end(trainer);
        for (const std::size_t place : {std::size_t{11}, std::size_t{3}, std::size_t{7}, std::size_t{0}}) {
            trainer.restore(keyframes[place]);
            QCOMPARE(trainer.stepsDone(), static_cast<std::int64_t>(place) * 10);
            same(State(trainer), states[place]);
            steps(trainer, 120 - static_cast<int>(place) * 10);
            same(State(trainer), end);
            if (QTest::currentTestFailed())
                QFAIL(qPrintable(QString("from step %1").arg(place * 10)));
        }
    }

    // Breaks where a copy of a trainer shares something with it, points into it, or forgets something.
    void aCloneGoesOnAlike_data() { restoringRepeatsTheRun_data(); }
    void aCloneGoesOnAlike() {
        QFETCH(Settings, settings);
        Trainer trainer = fixtures::trainer(settings);
        steps(trainer, 25);
        QVERIFY(trainer.act(ThermalKick{0.4, {Target::Kind::All}, KickedParameters::Both}).ok());
        steps(trainer, 17);
        Trainer early = trainer.clone();
        same(State(early), State(trainer));
        steps(trainer, 50);
        Trainer late = trainer.clone();
        steps(early, 50); // after the other one has moved on
        same(State(early), State(trainer));
        { const Trainer gone = std::move(trainer); }
        steps(early, 30);
        steps(late, 30);
        same(State(early), State(late));
        early.reset();
        Trainer anew = fixtures::trainer(early.experiment());
        same(State(early), State(anew));
    }

    // Breaks where going back after something was done by hand loses it: stepping on must repeat it.
    void whatWasDoneByHandIsRepeated() {
        Trainer trainer = fixtures::trainer(hostile("adam", 0.05));
        steps(trainer, 10);
        const Keyframe before = trainer.keyframe();
        steps(trainer, 10);
        QVERIFY(trainer.act(BiasWarming{0.7, 30}).ok());
        QVERIFY(trainer.act(SettingChange{"network.activation", std::string("prelu")}).ok());
        steps(trainer, 15);
        QVERIFY(trainer.act(ResetNeurons{{Target::Kind::Layer, 2}}).ok());
        steps(trainer, 15);
        const State end(trainer);
        trainer.restore(before);
        QCOMPARE(trainer.network().spec().activation->id, "relu");
        steps(trainer, 40);
        same(State(trainer), end);
        Trainer anew = fixtures::trainer(trainer.experiment());
        steps(anew, 50);
        QVERIFY(fixtures::sameBits(anew.parameters(), end.parameters));
    }

    // Breaks where a reset leaves slopes, memory, running figures or a warming of the old run behind.
    void resetLeavesNothingBehind() {
        Settings settings = hostile("adam", 0.05);
        settings.network.batchNorm = "before-activation";
        Trainer trainer = fixtures::trainer(settings);
        const State start(trainer);
        steps(trainer, 10);
        QVERIFY(trainer.act(BiasWarming{0.7, 300}).ok());
        QVERIFY(trainer.act(ResetNeurons{{Target::Kind::All}}).ok());
        steps(trainer, 10);
        trainer.reset();
        same(State(trainer), start);
        steps(trainer, 30);
        Trainer anew = fixtures::trainer(settings);
        steps(anew, 30);
        same(State(trainer), State(anew));
    }

    // Breaks where a divergence cannot be gone back from: the run before it must still be there.
    void aDivergenceCanBeGoneBackFrom() {
        Settings settings = hostile("adam", 0.01);
        settings.interventions = {{40, SettingChange{"training.learning_rate", 100.0}}};
        settings.network.activation = "identity";
        settings.data.source = "plane";
        settings.training.optimizer = "sgd";
        Trainer trainer = fixtures::trainer(settings);
        steps(trainer, 30);
        const Keyframe keyframe = trainer.keyframe();
        const State there(trainer);
        while (trainer.step() && trainer.stepsDone() < 1000) {
        }
        QVERIFY(trainer.divergence().has_value());
        trainer.restore(keyframe);
        QVERIFY(!trainer.divergence().has_value());
        same(State(trainer), there);
        steps(trainer, 5);
    }
};

QTEST_GUILESS_MAIN(TrainerKeyframesTest)
#include "trainer_keyframes_test.moc"
