#include "core/comparison/paired_seeds.h"
#include "core/export/comparison_files.h"
#include "tests/core/fixtures.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <sstream>

using namespace flatline;

namespace {

const std::atomic<bool> never{false};

PairRequest request(int seeds) {
    PairRequest pair;
    pair.first = fixtures::harshSettings(5);
    pair.second = pair.first;
    pair.second.interventions = {{20, SettingChange{"network.activation", std::string("leaky-relu")}}};
    pair.steps = 60;
    pair.seeds = seeds;
    pair.data = [](const Settings& settings) { return makeDataset(settings, fixtures::loadText); };
    return pair;
}

PairReport lastReport(const PairRequest& pair, const std::atomic<bool>& cancelled = never) {
    PairReport last;
    runPairs(pair, cancelled, [&last](PairReport report) { last = std::move(report); });
    return last;
}

PairOutcome losses(double first, double second) {
    PairOutcome pair;
    pair.first.trainLoss = first;
    pair.second.trainLoss = second;
    return pair;
}

std::optional<double> trainLoss(const Outcome& outcome) {
    return outcome.trainLoss;
}

} // namespace

class PairedSeedsTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a pair is not the two experiments of that seed, interventions and all.
    void eachPairIsTheExperimentsOfItsSeed() {
        const PairRequest pair = request(3);
        const PairReport report = lastReport(pair);
        QVERIFY(report.done());
        QCOMPARE(report.outcomes.size(), std::size_t{3});
        for (std::size_t i = 0; i < 3; ++i) {
            QCOMPARE(report.outcomes[i].seed, 5 + static_cast<std::int64_t>(i));
            Settings second = pair.second;
            second.seed = report.outcomes[i].seed;
            Trainer trainer = fixtures::trainer(second);
            while (trainer.stepsDone() < 60)
                QVERIFY(trainer.step());
            QVERIFY(report.outcomes[i].second == outcomeOf(trainer).outcome);
            QCOMPARE(report.outcomes[i].second.dead, 0); // with a leak nobody is
        }
        std::ostringstream csv;
        writePairs(csv, report);
        QVERIFY(csv.str().starts_with("seed,steps,a_dead,a_train_loss,"));
        QVERIFY(csv.str().find("\r\n7,60,") != std::string::npos);
    }

    // Breaks where the interval is not Student's, or what is not finite spoils the rest.
    void intervalsAreStudents() {
        // Differences 1, 2, 3: mean 2, s = 1, t(2) = 4.303.
        const auto found = meanDifference({losses(1, 2), losses(0, 2), losses(2, 5)}, trainLoss);
        QVERIFY(found.has_value());
        QCOMPARE(found->mean, 2.0);
        QVERIFY(std::abs(found->halfWidth - 4.303 / std::sqrt(3.0)) < 1e-9);
        QVERIFY(!found->clear());
        const double infinity = std::numeric_limits<double>::infinity();
        const auto rest =
            meanDifference({losses(1, 2), losses(infinity, infinity), losses(1, infinity), losses(1, 2.1)}, trainLoss);
        QCOMPARE(rest->seeds, 2);
        QCOMPARE(rest->left, 2);
        QVERIFY(rest->clear());
        QVERIFY(!meanDifference({losses(1, 2)}, trainLoss).has_value());
        QCOMPARE(studentQuantile(29), 2.045);
        QVERIFY(std::abs(studentQuantile(60) - 2.000) < 0.002);
    }

    // Breaks where an experiment that cannot be made hangs or is passed over in silence.
    void problemsAreSaid() {
        PairRequest pair = request(3);
        pair.data = [](const Settings&) -> Result<Dataset> {
            return Error{ErrorKind::File, "x.csv", {"cannot be read", {}}};
        };
        const PairReport report = lastReport(pair);
        QVERIFY(report.problem.has_value());
        QVERIFY(report.done());
        QVERIFY(report.outcomes.empty());
    }

    // Breaks where a cancelled comparison goes on.
    void itCanBeCancelled() {
        PairRequest pair = request(30);
        pair.steps = 1'000'000'000;
        const std::atomic<bool> cancelled{true};
        QVERIFY(lastReport(pair, cancelled).outcomes.empty());
    }
};

QTEST_GUILESS_MAIN(PairedSeedsTest)
#include "paired_seeds_test.moc"
