#include "ui/charts/infinite.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

/// A row each 10 steps, in which the training loss of as many samples is infinite.
Snapshot runOf(const std::vector<int>& infinite) {
    Snapshot snapshot;
    for (std::size_t i = 0; i < infinite.size(); ++i) {
        Observation row;
        row.step = static_cast<std::int64_t>(10 * i);
        row.infiniteLossSamples = infinite[i];
        row.trainLoss = infinite[i] > 0 ? INFINITY : 0.5;
        snapshot.rows.push_back(std::make_shared<const Observation>(row));
        snapshot.now = row;
    }
    return snapshot;
}

Curve curveOver(const std::vector<double>& steps) {
    Curve curve;
    for (const double step : steps)
        curve.push_back({step, 0.5, 0.5, 0.5});
    return curve;
}

} // namespace

class InfiniteTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a stretch does not reach from the first infinite row to the next finite one.
    void stretchesEndWhereTheLossIsFiniteAgain() {
        const auto stretches = infiniteStretches(runOf({0, 0, 3, 3, 0, 0, 7}), LossOf::Train, 40);
        QCOMPARE(stretches.size(), std::size_t{2});
        QCOMPARE(stretches[0], (AxisRange{20.0, 40.0}));
        QCOMPARE(stretches[1], (AxisRange{60.0, 60.0})); // it has only begun
        QVERIFY(infiniteStretches(runOf({0, 0, 3}), LossOf::Test, 40).empty());
        QVERIFY(infiniteStretches(runOf({0, 0, 0}), LossOf::Train, 40).empty());
    }

    // Breaks where a loss that flickers makes more stretches than a chart can draw.
    void theyAreFew() {
        std::vector<int> flicker;
        for (int i = 0; i < 4000; ++i)
            flicker.push_back(i % 2);
        const auto stretches = infiniteStretches(runOf(flicker), LossOf::Train, 40);
        QVERIFY(!stretches.empty() && stretches.size() <= 40);
        QCOMPARE(stretches.front().from, 10.0);
        QCOMPARE(stretches.back().to, 39990.0);
    }

    // Breaks where a curve is drawn across a stretch, or loses points beside it.
    void curvesHaveGaps() {
        const auto pieces = piecesBetween(curveOver({0, 10, 20, 30, 40, 50, 60}), {{20, 40}, {60, 60}});
        QCOMPARE(pieces.size(), std::size_t{3});
        QCOMPARE(pieces[0].size(), std::size_t{2});
        QCOMPARE(pieces[1].front().step, 40.0);
        QCOMPARE(pieces[1].back().step, 50.0);
        QCOMPARE(piecesBetween(curveOver({0, 10}), {}).size(), std::size_t{1});
        QVERIFY(piecesBetween({}, {{0, 100}}).empty());
    }

    // Breaks where the crosshair tells the samples of another row.
    void samplesAreThoseOfTheStep() {
        const Snapshot run = runOf({0, 5, 0, 2});
        QCOMPARE(infiniteSamplesAt(run, LossOf::Train, 14.0), std::int64_t{5});
        QCOMPARE(infiniteSamplesAt(run, LossOf::Train, 25.0), std::int64_t{0});
        QCOMPARE(infiniteSamplesAt(run, LossOf::Train, INFINITY), std::int64_t{2});
        QCOMPARE(infiniteSamplesAt(run, LossOf::Test, 14.0), std::int64_t{0});
        QCOMPARE(infiniteSamplesAt(Snapshot{}, LossOf::Train, 1.0), std::int64_t{0});
    }
};

QTEST_GUILESS_MAIN(InfiniteTest)
#include "infinite_test.moc"
