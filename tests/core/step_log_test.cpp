#include "core/postmortem/step_log.h"

#include <QTest>

using namespace flatline;

namespace {

constexpr StepKind onKernels{false, true};
constexpr StepKind plain{false, false};
constexpr StepKind byGradient{true, true};

/// A log of networks of that size, whose steps carry their numbers everywhere.
struct Steps {
    std::size_t parameters;
    StepLog log;
    explicit Steps(std::size_t count)
        : parameters(count) {
        log.clear(count);
    }
    /// Returns what is left of the state.
    OptimizerState record(StepKind kind) {
        const std::int64_t number = static_cast<std::int64_t>(log.size()) + 1;
        LineVector before(parameters, static_cast<float>(number));
        LineVector gradient(parameters, 10.0F * static_cast<float>(number));
        OptimizerState state{std::vector<float>(parameters, 100.0F * static_cast<float>(number)), {}, number - 1};
        log.record({number, 0, 1}, {}, before, kind, gradient, state);
        return state;
    }
    int untilFull(StepKind kind) {
        do
            (void)record(kind);
        while (!log.full());
        return static_cast<int>(log.size());
    }
};

} // namespace

class StepLogTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a state is left out that nobody can tell again: certificates would split moves wrongly.
    void statesAreLeftOutWhereTheyCanBeTold() {
        Steps large(20'000);
        for (const StepKind kind : {onKernels, onKernels, plain, plain, onKernels, onKernels})
            (void)large.record(kind);
        const std::vector<bool> kept{true, false, false, true, true, false};
        for (std::size_t i = 0; i < kept.size(); ++i) {
            const auto number = static_cast<float>(i + 1);
            QCOMPARE(large.log[i].hasState, kept[i]);
            QCOMPARE(large.log[i].before.back(), number);
            QCOMPARE(large.log[i].gradient.back(), 10.0F * number);
            if (kept[i]) {
                QCOMPARE(large.log[i].state.first.back(), 100.0F * number);
                QCOMPARE(large.log[i].state.steps, static_cast<std::int64_t>(i));
            }
        }
        large.log.forget();
        (void)large.record(onKernels);
        QVERIFY(large.log[0].hasState);
    }

    // Breaks where a small network's states are told again, which is dearer than to keep them, or a step by the
    // gradient alone costs a state.
    void smallNetworksKeepAllStates() {
        Steps small(200);
        for (int i = 0; i < 4; ++i)
            QVERIFY(small.record(onKernels).first != std::vector<float>(200, 100.0F * static_cast<float>(i + 1)));
        for (std::size_t i = 0; i < 4; ++i)
            QVERIFY(small.log[i].hasState);
        Steps alone(20'000);
        QCOMPARE(alone.record(byGradient).first.size(), std::size_t{20'000});
        QVERIFY(!alone.log[0].hasState);
    }

    // Breaks where the log of a large network outgrows its 60 MB, or half of them is not used.
    void memoryIsLimited() {
        constexpr std::size_t parameters = 400'000;
        const int most = 60 * 1024 * 1024 / 4 / static_cast<int>(parameters);
        QCOMPARE(Steps(parameters).untilFull(byGradient), most);
        QCOMPARE(Steps(parameters).untilFull(onKernels), most / 2);
        QCOMPARE(Steps(parameters).untilFull(plain), most / 4);
        Steps mixed(parameters);
        (void)mixed.record(onKernels);
        QCOMPARE(mixed.untilFull(plain), most / 4);
        Steps late(parameters);
        for (int i = 0; i < most / 4 + 2; ++i)
            (void)late.record(onKernels);
        (void)late.record(plain);
        QVERIFY(late.log.full());
    }

    // Breaks where a network whose steps would stay in the second cache keeps so many that they do not.
    void whatCanStaysInTheCache() {
        for (const std::size_t parameters : {50, 2'300, 2'500}) {
            const int steps = Steps(parameters).untilFull(plain);
            QVERIFY(steps >= 32);
            QVERIFY(static_cast<std::size_t>(steps) * 4 * parameters <= 400'000);
        }
        QCOMPARE(Steps(4'000).untilFull(plain), 64);
    }
};

QTEST_GUILESS_MAIN(StepLogTest)
#include "step_log_test.moc"
