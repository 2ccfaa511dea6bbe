#include "neuron_run.h"
#include "ui/window/edit_text.h"
#include "ui/window/status_text.h"

#include <QTest>

using namespace flatline;

namespace {

std::shared_ptr<Snapshot> runWith(const Action& action) {
    auto run = test::neuronRun();
    auto curves = std::make_shared<Curves>();
    curves->marks.push_back({600, action, 8, 4});
    run->curves = curves;
    return run;
}

} // namespace

class StatusTextTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where some kind of intervention is not told, or told as another.
    void everyInterventionIsTold() {
        QVERIFY(stateSentence(*runWith(ThermalKick{})).contains("The kick at step 600 revived 4 of 8."));
        QVERIFY(stateSentence(*runWith(ResetNeurons{})).contains("The reset at step 600 revived 4 of 8."));
        QVERIFY(stateSentence(*runWith(BiasWarming{1.5, 300})).contains("Biases warmed by +1.5 at step 600."));
        QVERIFY(stateSentence(*runWith(BiasWarming{1.5, 300, {Target::Kind::Neuron, 1, 2}}))
                    .contains("The bias of L1·2 warmed by +1.5 at step 600."));
        QVERIFY(stateSentence(*runWith(EditParameters{2, 3, 0.5, {}}))
                    .contains("The edit of L2·3 at step 600 revived 4 of 8."));
        auto idle = runWith(EditParameters{2, 3, 0.5, {}});
        auto curves = std::make_shared<Curves>(*idle->curves);
        curves->marks.back().deadBefore = curves->marks.back().deadAfter = 0; // a living neuron's, among the living
        idle->curves = curves;
        QVERIFY2(stateSentence(*idle).contains("The edit of L2·3 at step 600 killed none and woke none."),
                 qPrintable(stateSentence(*idle)));
        QVERIFY(stateSentence(*runWith(SettingChange{"training.momentum", 0.5})).contains("momentum 0.5"));
    }

    // Breaks where an infinite loss or a warming under way is kept from the reader.
    void whatMustBeKnownIsSaid() {
        auto run = test::neuronRun();
        QVERIFY(!stateSentence(*run).contains("infinite") && !stateSentence(*run).contains("Warming"));
        run->now.infiniteLossSamples = 12;
        run->now.warming = -0.25;
        QVERIFY2(stateSentence(*run).contains("The loss is infinite: 12 samples"), qPrintable(stateSentence(*run)));
        QVERIFY(stateSentence(*run).contains("Warming adds −0.25"));
    }

    // Breaks where a death is told without the verdict that the lab has found.
    void deathsAreToldWithTheirVerdict() {
        auto run = runWith(ThermalKick{});
        Event death{606, 1, 4, EventKind::Died, {}, {}, nullptr};
        run->events.append(death);
        QVERIFY(stateSentence(*run).contains("L1·4 died at step 606."));
        death.certificate = test::deathCertificate();
        death.step = 607;
        run->events.append(death);
        QVERIFY(stateSentence(*run).contains("L1·4 died at step 607 (Overshoot)."));
    }

    // Breaks where a moment of the past is told as the present, or with what came only later.
    void thePastIsCalledSo() {
        auto run = runWith(ThermalKick{});
        run->events.append(Event{203, 1, 1, EventKind::Died, {}, {}, test::deathCertificate()});
        run->events.append(Event{606, 1, 4, EventKind::Died, {}, {}, test::deathCertificate()});
        QCOMPARE(stateWord(*run), QStringLiteral("Paused"));
        run->past = true;
        run->head = 900;
        run->now.step = 203;
        QCOMPARE(stateWord(*run), QStringLiteral("Past"));
        const QString told = stateSentence(*run);
        QVERIFY2(told.startsWith("Step 203 of 900, a moment of the past"), qPrintable(told));
        QVERIFY(told.contains("L1·1 died at step 203") && !told.contains("606") && !told.contains("kick"));
        run->now.step = 700;
        QVERIFY(stateSentence(*run).contains("The kick at step 600") && stateSentence(*run).contains("606"));
        run->state = RunState::Running;
        QCOMPARE(stateWord(*run), QStringLiteral("Replaying"));
    }

    // Breaks where the past is told with what happened only later.
    void thePastKnowsNothingOfTheFuture() {
        auto run = runWith(ThermalKick{});
        run->events.append({606, 1, 4, EventKind::Died, {}, {}, nullptr});
        run->past = true;
        run->head = 900;
        run->state = RunState::Paused;
        run->now.step = 605;
        QVERIFY(stateSentence(*run).startsWith("Step 605 of 900, a moment of the past"));
        QVERIFY(stateSentence(*run).contains("The kick at step 600") && !stateSentence(*run).contains("died"));
        QCOMPARE(stateWord(*run), QString("Past"));
        run->now.step = 599;
        QVERIFY(!stateSentence(*run).contains("kick"));
        run->state = RunState::Running;
        QCOMPARE(stateWord(*run), QString("Replaying"));
    }

    // Breaks where a run that stopped by itself does not say why, or an edit is called by the wrong name.
    void stopsAndEditsAreNamed() {
        auto run = test::neuronRun();
        run->stopped = Stopped{.why = Stopped::Why::Death, .step = 203, .layer = 1, .neuron = 4, .dead = 1};
        QVERIFY(stateSentence(*run).startsWith("Stopped at step 203: L1·4 died."));
        run->stopped->dead = 3;
        QVERIFY(stateSentence(*run).contains("L1·4 and 2 more died."));
        QCOMPARE(stoppedText({.why = Stopped::Why::Loss, .step = 7, .loss = 0.05}),
                 QString("Stopped at step 7: the training loss is 0.05."));
        QCOMPARE(editText({.kind = EditNote::Kind::Kick, .step = 600}), QString("kick at step 600"));
        QCOMPARE(editText({.kind = EditNote::Kind::Resume, .step = 200}), QString("resume from step 200"));
        QCOMPARE(editText({.path = "training.learning_rate", .before = 0.03, .after = 0.3}),
                 QString("learning rate 0.03 → 0.3"));
        QCOMPARE(editText({.kind = EditNote::Kind::Restart,
                           .path = "network.hidden",
                           .before = std::vector<int>{8, 8},
                           .after = std::vector<int>{4}}),
                 QString("restart: hidden layers 8, 8 → 4"));
        StopCondition condition;
        QVERIFY(stopConditionText(condition).isEmpty());
        condition.nextDeath = true;
        condition.deadOver = 5;
        QCOMPARE(stopConditionText(condition), QString("next death, dead over 5"));
    }

    // Breaks where a restart names a choice by its id instead of by what the control calls it.
    void choicesAreCalledByTheirLabels() {
        const Settings before;
        Settings after = before;
        after.network.batchNorm = "before-activation";
        after.network.output = "relu-normalized";
        after.training.optimizer = "adam";
        QCOMPARE(restartText(before, after),
                 QStringLiteral("Restarted: batch norm Before the activation, output ReLU over sum, optimizer Adam."));
    }
};

QTEST_GUILESS_MAIN(StatusTextTest)
#include "status_text_test.moc"
