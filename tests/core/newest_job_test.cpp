#include "core/base/newest_job.h"

#include <QElapsedTimer>
#include <QTest>

#include <memory>
#include <vector>

using namespace flatline;

namespace {

struct Wish {
    int number = 0;
    bool urgent = false;

    [[nodiscard]] bool overtakes(const Wish&) const { return urgent; }
    [[nodiscard]] bool hurried() const { return urgent; }
};

constexpr int patience = 10000; // ms: a deadline, not a wait

/// A job that waits until it is let go or cancelled, and writes down what it was asked for.
struct Bench {
    std::atomic<int> begun{0};
    std::atomic<int> finished{0};
    std::atomic<int> cancelled{0};
    std::atomic<bool> held{true};
    NewestJob<Wish> job{[this](const Wish& wish, const std::atomic<bool>& cancel) {
        begun = wish.number;
        while (held && !cancel)
            std::this_thread::yield();
        (cancel ? cancelled : finished) = wish.number;
    }};
};

} // namespace

class NewestJobTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where wishes queue up instead of the newest replacing those not yet begun.
    void onlyTheNewestIsFulfilled() {
        Bench bench;
        bench.job.post({1, false});
        QTRY_COMPARE_WITH_TIMEOUT(bench.begun.load(), 1, patience);
        for (int i = 2; i <= 50; ++i)
            bench.job.post({i, false});
        bench.held = false;
        QTRY_COMPARE_WITH_TIMEOUT(bench.finished.load(), 50, patience);
        QCOMPARE(bench.cancelled.load(), 0);
    }

    // Breaks where a wish that makes the job under way pointless has to wait for it, or one that does not cancels it.
    void anOvertakingWishCancels() {
        Bench bench;
        bench.job.post({1, false});
        QTRY_COMPARE_WITH_TIMEOUT(bench.begun.load(), 1, patience);
        bench.job.post({2, false});
        QVERIFY(!QTest::qWaitFor([&] { return bench.begun.load() != 1; }, 30));
        bench.job.post({3, true});
        QTRY_COMPARE_WITH_TIMEOUT(bench.begun.load(), 3, patience);
        QCOMPARE(bench.cancelled.load(), 1);
        bench.held = false;
        QTRY_COMPARE_WITH_TIMEOUT(bench.finished.load(), 3, patience);
    }

    // Breaks where the thread never rests while training goes on, or a hurried wish has to wait for the rest to end.
    void itRestsUnlessHurried() {
        std::atomic<int> done{0};
        NewestJob<Wish> job([&done](const Wish& wish, const std::atomic<bool>&) {
            std::this_thread::sleep_for(std::chrono::milliseconds(600));
            done = wish.number;
        });
        job.post({1, false});
        QTRY_COMPARE_WITH_TIMEOUT(done.load(), 1, patience);
        QElapsedTimer clock;
        clock.start();
        job.post({2, false});
        QTRY_COMPARE_WITH_TIMEOUT(done.load(), 2, patience);
        QVERIFY2(clock.elapsed() >= 1100, qPrintable(QString::number(clock.elapsed()))); // a rest as long as the job
        job.post({3, true});
        clock.start();
        QTRY_COMPARE_WITH_TIMEOUT(done.load(), 3, patience);
        QVERIFY2(clock.elapsed() < 1150, qPrintable(QString::number(clock.elapsed())));
    }

    // Breaks where closing the window has to wait for a long job.
    void endingCancels() {
        auto bench = std::make_unique<Bench>();
        bench->job.post({1, false});
        QTRY_COMPARE_WITH_TIMEOUT(bench->begun.load(), 1, patience);
        QElapsedTimer clock;
        clock.start();
        bench.reset();
        QVERIFY(clock.elapsed() < patience / 2);
    }
};

QTEST_GUILESS_MAIN(NewestJobTest)
#include "newest_job_test.moc"
