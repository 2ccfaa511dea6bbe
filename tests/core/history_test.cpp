#include "core/training/history.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace flatline;

namespace {

std::shared_ptr<const Observation> row(std::int64_t step, double loss, int dead = 0) {
    auto observation = std::make_shared<Observation>();
    observation->step = step;
    observation->trainLoss = loss;
    observation->layers.push_back({4, dead});
    return observation;
}

} // namespace

class HistoryTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where halving loses a spike, or keeps more rows than the cap.
    void halvingKeepsTheExtremes() {
        History history(100);
        for (std::int64_t step = 0; step <= 5000; ++step)
            if (step % history.stride() == 0)
                history.append(row(step, step == 37 ? 99.0 : (step == 42 ? -99.0 : 1.0), step == 37 ? 3 : 0));
        QVERIFY(history.rows().size() <= 100);
        QVERIFY(history.stride() >= 64);
        const Curves curves = history.curves(*row(5000, 1.0), 20);
        QVERIFY(curves.trainLoss.size() <= 21);
        double high = 0.0;
        double low = 0.0;
        for (const CurvePoint& point : curves.trainLoss) {
            high = std::max(high, point.high);
            low = std::min(low, point.low);
        }
        QCOMPARE(high, 99.0);
        QCOMPARE(low, -99.0);
        double dead = 0.0;
        for (const CurvePoint& point : curves.dead[0])
            dead = std::max(dead, point.high);
        QCOMPARE(dead, 3.0);
    }

    // Breaks where halving loses a layer's spike or silence, or the update's; or an exact 0 becomes nothing.
    void gradientsAndUpdatesKeepTheirExtremes() {
        History history(64);
        const auto row = [](std::int64_t step) {
            auto observation = std::make_shared<Observation>();
            observation->step = step;
            observation->layers.push_back({4, 0, 0, 0, 0.0, step == 33 ? 7.0 : 1.0});
            observation->layers.push_back({4, 0, 0, 0, 0.0, step == 35 ? 0.0 : 2.0});
            if (step != 36)
                observation->updateRatio = step == 34 ? 0.5 : 0.001;
            return observation;
        };
        for (std::int64_t step = 0; step <= 3000; ++step)
            if (step % history.stride() == 0)
                history.append(row(step));
        const Curves curves = history.curves(*row(3001), 20);
        QCOMPARE(curves.gradients.size(), std::size_t{2});
        const auto highest = [](const Curve& curve) { return std::ranges::max(curve, {}, &CurvePoint::high).high; };
        QCOMPARE(highest(curves.gradients[0]), 7.0);
        QCOMPARE(std::ranges::min(curves.gradients[1], {}, &CurvePoint::low).low, 0.0);
        QCOMPARE(highest(curves.update), 0.5);
        QCOMPARE(curves.update.back().step, 3001.0);
        History silent(64);
        silent.append(row(35));
        QCOMPARE(silent.curves(*row(35), 20).gradients[1].back().value, 0.0);
    }

    // Breaks where a curve leaves out the newest state, or steps do not rise.
    void curvesEndNow() {
        History history(1000);
        for (std::int64_t step = 0; step < 10; ++step)
            history.append(row(step, 10.0 - static_cast<double>(step)));
        const Curves curves = history.curves(*row(12, 0.5, 2), 500);
        QCOMPARE(curves.trainLoss.back(), (CurvePoint{12.0, 0.5, 0.5, 0.5}));
        QCOMPARE(curves.dead[0].back().value, 2.0);
        for (std::size_t i = 1; i < curves.trainLoss.size(); ++i)
            QVERIFY(curves.trainLoss[i].step > curves.trainLoss[i - 1].step);
        QVERIFY(curves.testLoss.empty());
    }

    // Breaks where a value that is not finite reaches a chart.
    void nonFiniteValuesStayOffTheCurves() {
        History history(1000);
        history.append(row(0, 1.0));
        history.append(row(1, std::numeric_limits<double>::infinity()));
        history.append(row(2, std::numeric_limits<double>::quiet_NaN()));
        for (const CurvePoint& point : history.curves(*row(3, std::nan("")), 500).trainLoss)
            QVERIFY(std::isfinite(point.value) && std::isfinite(point.low) && std::isfinite(point.high));
    }

    // Breaks where somebody who keeps kicking fills the history up, or makes the stride run away.
    void kicksDoNotFillTheHistory() {
        History history(50);
        for (std::int64_t step = 0; step < 200; ++step) {
            history.append(row(step, 1.0));
            for (int kick = 0; kick < 20; ++kick) {
                auto after = std::make_shared<Observation>(*row(step, 2.0 + kick));
                after->afterIntervention = true;
                history.append(after);
            }
        }
        QVERIFY(history.rows().size() <= 50);
        QVERIFY(history.stride() <= 16);
    }

    // Breaks where a wish for every row is not granted.
    void withoutACapAllRowsStay() {
        History history(0);
        for (std::int64_t step = 0; step < 20000; ++step)
            history.append(row(step, 1.0));
        QCOMPARE(history.rows().size(), std::size_t{20000});
        QCOMPARE(history.stride(), 1);
    }
};

QTEST_GUILESS_MAIN(HistoryTest)
#include "history_test.moc"
