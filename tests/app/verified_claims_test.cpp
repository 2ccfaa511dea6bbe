#include "app/lessons/built_in_lessons.h"
#include "app/lessons/verified_claims.h"

#include <QTest>

using namespace flatline;

class VerifiedClaimsTest : public QObject {
    Q_OBJECT

private slots:
    // Breaks where a claim was changed and `flatline verify --csv resources/lessons/verified.csv` was not run.
    void everyClaimHasItsFigures();
    void aChangedClaimHasNone();
    // Breaks where another seed or name of an experiment, which no check looks at, makes figures stale.
    void seedsAndNamesDoNotCount();
};

void VerifiedClaimsTest::everyClaimHasItsFigures() {
    for (const QString& id : lessonIds()) {
        const auto opened = openLesson(id);
        QVERIFY2(opened, opened ? "" : opened.error().english().c_str());
        for (const Claim& claim : opened.value().claims) {
            const auto figures = verifiedFigures(opened.value(), claim.id);
            QVERIFY2(figures, claim.id.c_str());
            QVERIFY2(figures->seeds >= 100 && figures->share() >= claim.promised - 1e-9, claim.id.c_str());
        }
    }
}

void VerifiedClaimsTest::aChangedClaimHasNone() {
    Lesson lesson = openLesson("flatline").value();
    QVERIFY(!lesson.claims.empty());
    Claim& claim = lesson.claims.front();
    QVERIFY(verifiedFigures(lesson, claim.id));
    QVERIFY(!verifiedFigures(lesson, "no-such-claim"));
    claim.runs.front().set.push_back({"training.batch_size", "11", 1});
    QVERIFY(!verifiedFigures(lesson, claim.id));
}

void VerifiedClaimsTest::seedsAndNamesDoNotCount() {
    Claim claim;
    claim.runs = {{"run", {}, 1}};
    Settings settings;
    const std::string hash = hashOf(claim, std::vector{settings});
    settings.seed = 99;
    settings.name = "Another";
    QCOMPARE(hashOf(claim, std::vector{settings}), hash);
    settings.training.learningRate = 0.5;
    QVERIFY(hashOf(claim, std::vector{settings}) != hash);
}

QTEST_GUILESS_MAIN(VerifiedClaimsTest)
#include "verified_claims_test.moc"
