#include "core/lessons/verified.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <sstream>

using namespace flatline;

namespace {

Claim claimOf() {
    Claim claim;
    claim.id = "deaths-rise";
    claim.says = "More die.";
    claim.experiment = "healthy";
    claim.runs = {{"low", {}, 3}, {"high", {}, 4}};
    claim.steps = 500;
    claim.measure = "high.dead - low.dead";
    return claim;
}

const std::vector<std::string> experiments{"{\"a\": 1}", "{\"a\": 2}"};

} // namespace

class VerifiedTest : public QObject {
    Q_OBJECT

private slots:
    void whatIsWrittenIsRead();
    void mistakesNameTheirPlace();
    // Breaks where the figures of a claim that has changed since are still shown.
    void staleFiguresAreNotFound();
    // Breaks where another wording, or another place in the file, makes figures stale.
    void wordingDoesNotCount();
};

void VerifiedTest::whatIsWrittenIsRead() {
    const std::vector<VerifiedClaim> claims{
        {"one", 100, 97, 0.9155, 0.9897, 0.9, 11.5, "00ff00ff00ff00ff"},
        {"two", 100, 100, 0.963, 1.0, 1.0, std::numeric_limits<double>::infinity(), "1"},
    };
    std::ostringstream out;
    writeVerified(out, claims);
    const auto read = readVerified(out.str(), "verified.csv");
    QVERIFY2(read, read ? "" : read.error().english().c_str());
    QCOMPARE(read.value(), claims);
    QCOMPARE(read.value()[0].share(), 0.97);
    std::ostringstream none;
    writeVerified(none, std::vector<VerifiedClaim>{{"three", 1, 0, 0.0, 0.8, 1.0, std::nan(""), "2"}});
    QVERIFY(std::isnan(readVerified(none.str(), "verified.csv").value().front().median));
}

void VerifiedTest::mistakesNameTheirPlace() {
    const std::string header = "id,seeds,held,low,high,promised,median,hash\n";
    const auto where = [&](const std::string& text) {
        const auto read = readVerified(text, "verified.csv");
        return read ? std::string("none") : read.error().where;
    };
    QCOMPARE(where(header), std::string("none"));
    QCOMPARE(where("id,seed,held\n"), std::string("verified.csv:1:4"));
    QCOMPARE(where(header + "a,100,many,0,1,1,0,f\n"), std::string("verified.csv:2:7"));
    QCOMPARE(where(header + "a,100,1\n"), std::string("verified.csv:2:7"));
    QCOMPARE(where(header + "a,100,1,0,1,1,0,f,more\n"), std::string("verified.csv:2:17"));
}

void VerifiedTest::staleFiguresAreNotFound() {
    const std::string hash = claimHash(claimOf(), experiments);
    QCOMPARE(hash.size(), 16);
    const std::vector<VerifiedClaim> figures{{"deaths-rise", 100, 97, 0.9, 1.0, 0.9, 3.0, hash}};
    QVERIFY(findVerified(figures, "deaths-rise", hash) == figures.data());
    QVERIFY(findVerified(figures, "deaths-fall", hash) == nullptr);
    const auto found = [&](const Claim& claim, const std::vector<std::string>& with) {
        return findVerified(figures, claim.id, claimHash(claim, with)) != nullptr;
    };
    Claim claim = claimOf();
    QVERIFY(found(claim, experiments));
    QVERIFY(!found(claim, {experiments[0], "{\"a\": 3}"}));
    claim.steps = 501;
    QVERIFY(!found(claim, experiments));
    claim = claimOf();
    claim.measure = "high.dead";
    QVERIFY(!found(claim, experiments));
    claim = claimOf();
    claim.holds.low = 1.0;
    QVERIFY(!found(claim, experiments));
    claim = claimOf();
    std::swap(claim.runs[0].name, claim.runs[1].name);
    QVERIFY(!found(claim, experiments));
}

void VerifiedTest::wordingDoesNotCount() {
    Claim claim = claimOf();
    claim.says = "More neurons die.";
    claim.corrects = "None die.";
    claim.line = 90;
    claim.promised = 0.5;
    QCOMPARE(claimHash(claim, experiments), claimHash(claimOf(), experiments));
}

QTEST_GUILESS_MAIN(VerifiedTest)
#include "verified_test.moc"
