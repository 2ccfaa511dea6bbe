#include "ui/palette/fuzzy_match.h"

#include <QTest>

using namespace flatline;

/// What one types finds what one means, and the likeliest first.
class FuzzyMatchTest : public QObject {
    Q_OBJECT
private slots:
    void everythingFitsNothing();
    void allWordsMustFit();
    void beginningsComeFirst();
    void lettersInTheirOrder();
    void caseAndAccentsDoNotMatter();
    void placesAndHelpCountForLess();
    void theWholeTitleComesFirst();
};

void FuzzyMatchTest::everythingFitsNothing() {
    QVERIFY(matchScore("", "Run") > 0.0);
    QVERIFY(matchScore("   ", "Run") > 0.0);
}

void FuzzyMatchTest::allWordsMustFit() {
    QVERIFY(matchScore("save window", "Save picture of the window") > 0.0);
    QVERIFY(matchScore("window save", "Save picture of the window") > 0.0);
    QCOMPARE(matchScore("save landscape", "Save picture of the window"), 0.0);
}

void FuzzyMatchTest::beginningsComeFirst() {
    const double exact = matchScore("run", "Run");
    const double start = matchScore("run", "Running mean");
    const double later = matchScore("run", "Long runs");
    const double inside = matchScore("run", "Pruning");
    QVERIFY(exact > start);
    QVERIFY(start > later);
    QVERIFY(later > inside);
    QVERIFY(inside > 0.0);
}

void FuzzyMatchTest::lettersInTheirOrder() {
    QVERIFY(matchScore("lr", "Learning rate") > 0.0);
    QVERIFY(matchScore("spw", "Save picture of the window") > 0.0);
    QVERIFY(matchScore("sawin", "Save picture of the window") > 0.0);
    QCOMPARE(matchScore("rl", "Learning rate"), 0.0);
    QCOMPARE(matchScore("eg", "Learning rate"), 0.0); // not from the start of a word on
    QVERIFY(matchScore("lr", "Learning rate") < matchScore("le", "Learning rate"));
}

void FuzzyMatchTest::caseAndAccentsDoNotMatter() {
    QCOMPARE(matchScore("RÉSÉT", "reset"), matchScore("reset", "Reset"));
}

/// Typed as it stands in the list, a lesson must not lose to an action that its words fit, too.
void FuzzyMatchTest::theWholeTitleComesFirst() {
    QVERIFY(matchScore("The thermal kick", "12  The thermal kick", "Lessons › First aid", "") >
            matchScore("The thermal kick", "Thermal kick", "Run", ""));
    QVERIFY(matchScore("thermal kick", "Thermal kick", "Run", "") >
            matchScore("thermal kick", "12  The thermal kick", "Lessons › First aid", ""));
}

void FuzzyMatchTest::placesAndHelpCountForLess() {
    const double title = matchScore("trace", "Trace", "File › Save CSV", "");
    const double place = matchScore("csv", "Trace", "File › Save CSV", "");
    const double help = matchScore("gradient", "Learning rate", "Controls", "How far a step goes down the gradient");
    QVERIFY(title > place);
    QVERIFY(place > help);
    QVERIFY(help > 0.0);
    QVERIFY(matchScore("csv trace", "Trace", "File › Save CSV", "") > 0.0);
    QCOMPARE(matchScore("radient", "Learning rate", "Controls", "How far a step goes down the gradient"), 0.0);
}

QTEST_MAIN(FuzzyMatchTest)
#include "fuzzy_match_test.moc"
