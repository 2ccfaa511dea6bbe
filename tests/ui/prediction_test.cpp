#include "neuron_run.h"
#include "ui/fields/prediction.h"

#include <QTest>

#include <cmath>

using namespace flatline;

class PredictionTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where the chances of neurons that the kick does not aim at are counted, or those of some it aims at are
    // not.
    void theTargetsChancesAddUp_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("dead");
        QTest::newRow("dead") << static_cast<int>(Target::Kind::Dead) << 4;
        QTest::newRow("all") << static_cast<int>(Target::Kind::All) << 4;
        QTest::newRow("layer 2") << static_cast<int>(Target::Kind::Layer) << 2;
        QTest::newRow("neuron 2:1") << static_cast<int>(Target::Kind::Neuron) << 1;
    }
    void theTargetsChancesAddUp() {
        QFETCH(int, kind);
        QFETCH(int, dead);
        const ThermalKick kick{0.5, {static_cast<Target::Kind>(kind), 2, 1}, KickedParameters::Both};
        const auto prediction = predictKick(test::neuronFrame(), kick);
        QVERIFY(prediction.has_value());
        QCOMPARE(prediction->dead, dead);
        QVERIFY(std::abs(prediction->revivals - 0.45 * dead) < 1e-12);
    }

    // Breaks where another kick's chances are shown for this one.
    void onlyForTheKickThatWasAskedAbout() {
        QVERIFY(!predictKick(test::neuronFrame(), {0.6, {}, KickedParameters::Both}).has_value());
        QVERIFY(!predictKick(test::neuronFrame(), {0.5, {}, KickedParameters::Bias}).has_value());
        Frame frame = test::neuronFrame();
        frame.analysis = nullptr;
        QVERIFY(!predictKick(frame, {}).has_value());
        QVERIFY(outlookOf(frame, {1, 1}) == nullptr);
        QVERIFY(outlookOf(test::neuronFrame(), {3, 1}) == nullptr);
        QVERIFY(outlookOf(test::neuronFrame(), {2, 4}) != nullptr);
    }
};

QTEST_GUILESS_MAIN(PredictionTest)
#include "prediction_test.moc"
