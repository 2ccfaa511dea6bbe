#include "neuron_run.h"
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
