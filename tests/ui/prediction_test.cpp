#include "neuron_run.h"
#include "ui/fields/prediction.h"

#include <QTest>

using namespace flatline;

class PredictionTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a target means a neuron that it does not aim at, or not one that it does.
    void whomATargetMeans() {
        using Kind = Target::Kind;
        QVERIFY(aimsAt({Kind::Dead, 0, 0}, {2, 1}, true) && !aimsAt({Kind::Dead, 0, 0}, {2, 1}, false));
        QVERIFY(aimsAt({Kind::All, 0, 0}, {2, 1}, false));
        QVERIFY(aimsAt({Kind::Layer, 2, 0}, {2, 1}, false) && !aimsAt({Kind::Layer, 1, 0}, {2, 1}, true));
        QVERIFY(aimsAt({Kind::Neuron, 2, 1}, {2, 1}, false) && !aimsAt({Kind::Neuron, 2, 3}, {2, 1}, true));
    }

    // Breaks where a neuron is given the outlook of another, or one that is not known of gets any.
    void outlooksByNeuron() {
        Frame frame = test::neuronFrame();
        frame.analysis = nullptr;
        QVERIFY(outlookOf(frame, {1, 1}) == nullptr);
        QVERIFY(outlookOf(test::neuronFrame(), {3, 1}) == nullptr);
        QVERIFY(outlookOf(test::neuronFrame(), {2, 4}) != nullptr);
    }
};

QTEST_GUILESS_MAIN(PredictionTest)
#include "prediction_test.moc"
