#include "core/settings/setting_table.h"
#include "core/verify/claim_check.h"
#include "tests/core/fixtures.h"

#include <QTest>

#include <cmath>
#include <thread>

using namespace flatline;

namespace {

Claim claimOf(const std::string& measure, Comparison holds, std::int64_t steps = 100) {
    Claim claim;
    claim.id = "test";
    claim.experiment = "harsh";
    claim.runs = {{"low", {{"training.learning_rate", "0.03", 8}}, 8}, {"high", {}, 9}};
    claim.steps = steps;
    claim.measure = measure;
    claim.measureLine = 12;
    claim.holds = holds;
    return claim;
}

/// Any experiment is the harsh one, "sine" on sine data.
ClaimInputs inputs() {
    ClaimInputs result;
    result.experiment = [](const std::string& name, const std::vector<TextChange>& changes) -> Result<Settings> {
        Settings settings = fixtures::harshSettings(0);
        if (name == "sine")
            settings.data.source = name;
        for (const TextChange& change : changes)
            if (const auto done = setSettingFromText(settings, change.path, change.value); !done)
                return done.error();
        return settings;
    };
    result.dataset = [](const Settings& settings) -> Result<std::shared_ptr<const Dataset>> {
        return fixtures::dataset(settings);
    };
    return result;
}

const std::atomic<bool> goOn = false;

SeedOutcome outcomeOf(const Claim& claim, std::int64_t seed) {
    const auto check = ClaimCheck::create(claim, "lesson.md", inputs());
    if (!check)
        throw std::runtime_error(check.error().english());
    const auto outcome = check.value().check(seed, inputs(), goOn);
    if (!outcome || !*outcome)
        throw std::runtime_error("no outcome");
    return outcome->value();
}

constexpr Comparison above0{Comparison::Kind::Greater, 0.0, 0.0};

} // namespace

class ClaimCheckTest : public QObject {
    Q_OBJECT

private slots:
    void holds();
    void doesNotHold();
    // Breaks where a run that diverged counts as one that held.
    void divergence();
    void divergenceMayBeClaimed();
    // Breaks where the seed of the experiment wins over the one that is checked.
    void seedsDiffer();
    void sameWhateverTheThreads();
    void stops();
    void mistakesNameTheirPlace();
    void tallies();
    void intervals();
};

void ClaimCheckTest::holds() {
    const SeedOutcome outcome = outcomeOf(claimOf("high.deaths - low.deaths", above0, 300), 3);
    QVERIFY(outcome.held);
    QVERIFY(outcome.value > 0.0);
    QVERIFY(!outcome.diverged);
}

void ClaimCheckTest::doesNotHold() {
    const SeedOutcome outcome = outcomeOf(claimOf("low.deaths - high.deaths", above0, 300), 3);
    QVERIFY(!outcome.held);
    QVERIFY(outcome.value < 0.0);
}

void ClaimCheckTest::divergence() {
    Claim claim = claimOf("high.dead", {Comparison::Kind::AtLeast, 0.0, 0.0});
    claim.experiment = "sine";
    claim.runs[1].set = {{"training.learning_rate", "100", 9}};
    const SeedOutcome outcome = outcomeOf(claim, 3);
    QVERIFY(outcome.diverged);
    QVERIFY(std::isnan(outcome.value));
    QVERIFY(!outcome.held);
}

void ClaimCheckTest::divergenceMayBeClaimed() {
    Claim claim = claimOf("high.diverged - low.diverged", {Comparison::Kind::Equal, 1.0, 0.0});
    claim.experiment = "sine";
    claim.runs[1].set = {{"training.learning_rate", "100", 9}};
    const SeedOutcome outcome = outcomeOf(claim, 3);
    QVERIFY(outcome.held);
    QVERIFY(outcome.diverged);
}

void ClaimCheckTest::seedsDiffer() {
    const Claim claim = claimOf("high.train_loss", above0);
    QVERIFY(outcomeOf(claim, 1).value != outcomeOf(claim, 2).value);
    QCOMPARE(outcomeOf(claim, 2), outcomeOf(claim, 2));
}

void ClaimCheckTest::sameWhateverTheThreads() {
    const auto check = ClaimCheck::create(claimOf("high.train_loss - low.train_loss", above0), "lesson.md", inputs());
    QVERIFY(check);
    std::vector<SeedOutcome> apart(8);
    {
        std::vector<std::jthread> threads;
        for (std::size_t thread = 0; thread < 4; ++thread)
            threads.emplace_back([&, thread] {
                for (std::size_t i = thread; i < apart.size(); i += 4)
                    apart[i] = check.value().check(static_cast<std::int64_t>(i), inputs(), goOn)->value();
            });
    }
    for (std::size_t i = 0; i < apart.size(); ++i)
        QCOMPARE(check.value().check(static_cast<std::int64_t>(i), inputs(), goOn)->value(), apart[i]);
}

void ClaimCheckTest::stops() {
    const auto check = ClaimCheck::create(claimOf("high.dead", above0, 1000000), "lesson.md", inputs());
    QVERIFY(check);
    const std::atomic<bool> stop = true;
    QVERIFY(!check.value().check(1, inputs(), stop));
}

void ClaimCheckTest::mistakesNameTheirPlace() {
    const auto unknown = ClaimCheck::create(claimOf("high.dead - low.ded", above0), "a/lesson.md", inputs());
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().where, std::string("a/lesson.md:12: measure: column 13"));
    const auto layer = ClaimCheck::create(claimOf("high.layer3_dead", above0), "a/lesson.md", inputs());
    QVERIFY(!layer);
    QCOMPARE(layer.error().where, std::string("a/lesson.md:12: measure: column 1"));
}

void ClaimCheckTest::tallies() {
    const double none = std::numeric_limits<double>::quiet_NaN();
    const std::vector<SeedOutcome> outcomes{
        {3.0, true, false}, {1.0, true, false}, {none, false, true}, {-1.0, false, false}, {2.0, true, false}};
    const ClaimTally tally = tallyOf(outcomes);
    QCOMPARE(tally.seeds, 5);
    QCOMPARE(tally.held, 3);
    QCOMPARE(tally.diverged, 1);
    QCOMPARE(tally.unmeasured, 1);
    QCOMPARE(tally.median, 1.5); // of -1, 1, 2, 3
    QVERIFY(tally.keeps(0.6));
    QVERIFY(!tally.keeps(0.61));
    const double infinite = std::numeric_limits<double>::infinity();
    QCOMPARE(tallyOf(std::vector<SeedOutcome>{{infinite, true, false}, {infinite, true, false}}).median, infinite);
    QVERIFY(std::isnan(tallyOf(std::vector<SeedOutcome>{{none, false, false}}).median));
}

void ClaimCheckTest::intervals() {
    // Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3.
    const auto close = [](Interval interval, double low, double high) {
        return std::abs(interval.low - low) < 5e-5 && std::abs(interval.high - high) < 5e-5;
    };
    QVERIFY(close(wilsonInterval(81, 263), 0.2553, 0.3662));
    QVERIFY(close(wilsonInterval(15, 148), 0.0624, 0.1605));
    QVERIFY(close(wilsonInterval(0, 20), 0.0, 0.1611));
    QVERIFY(close(wilsonInterval(1, 29), 0.0061, 0.1718));
    QCOMPARE(wilsonInterval(0, 20).low, 0.0);
    QCOMPARE(wilsonInterval(20, 20).high, 1.0);
}

QTEST_GUILESS_MAIN(ClaimCheckTest)
#include "claim_check_test.moc"
