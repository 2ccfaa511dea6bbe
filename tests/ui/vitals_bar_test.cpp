#include "ui/theme/theme.h"
#include "ui/window/vitals_bar.h"

#include <QTest>

#include <limits>

using namespace flatline;

class VitalsBarTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { applyTheme(*qApp, Appearance::Light); }
    void longCountsAreShortened();
    void noFigureIsCutOffOrJumps();
    void whatHasNoRoomGivesWay();
    void anInfiniteLossCountsItsSamples();

private:
    static Snapshot snapshotAt(std::int64_t step, double loss);
    static VitalCell* cell(const VitalsBar& bar, const QString& name);
};

Snapshot VitalsBarTest::snapshotAt(std::int64_t step, double loss) {
    Snapshot snapshot;
    snapshot.dataset = std::make_shared<Dataset>();
    snapshot.now.step = step;
    snapshot.now.epoch = step / 25;
    snapshot.now.trainLoss = loss;
    snapshot.now.testLoss = loss;
    return snapshot;
}

VitalCell* VitalsBarTest::cell(const VitalsBar& bar, const QString& name) {
    for (VitalCell* found : bar.findChildren<VitalCell*>())
        if (found->accessibleName().startsWith(name + QLatin1Char(':')))
            return found;
    qFatal("no figure is called %s", qPrintable(name));
}

void VitalsBarTest::longCountsAreShortened() {
    VitalsBar bar;
    bar.showSnapshot(snapshotAt(3089708, 0.5));
    QCOMPARE(cell(bar, "Step")->figure(), QStringLiteral("3.09 M"));
    QVERIFY(cell(bar, "Step")->toolTip().contains(countText(3089708))); // in full
    QCOMPARE(cell(bar, "Epoch")->figure(), QStringLiteral("124 k"));
    bar.showSnapshot(snapshotAt(900, 0.5));
    QCOMPARE(cell(bar, "Step")->figure(), QStringLiteral("900"));
    QVERIFY(!cell(bar, "Step")->toolTip().contains(countText(3089708)));
}

void VitalsBarTest::noFigureIsCutOffOrJumps() {
    VitalsBar bar;
    bar.showSnapshot(snapshotAt(0, 0.5));
    const int step = cell(bar, "Step")->minimumWidth();
    const int epoch = cell(bar, "Epoch")->minimumWidth();
    const int loss = cell(bar, "Train loss")->minimumWidth();
    for (std::int64_t count = 1; count < 100'000'000'000; count = count * 3 + 1) {
        bar.showSnapshot(snapshotAt(count, 0.5));
        QCOMPARE(cell(bar, "Step")->minimumWidth(), step);
        QCOMPARE(cell(bar, "Epoch")->minimumWidth(), epoch);
    }
    for (double value = 1e-30; value < 1e9; value *= 3.7) {
        bar.showSnapshot(snapshotAt(1, value));
        QVERIFY2(cell(bar, "Train loss")->minimumWidth() == loss, qPrintable(cell(bar, "Train loss")->figure()));
    }
    bar.showSnapshot(snapshotAt(1, std::numeric_limits<double>::quiet_NaN()));
    QCOMPARE(cell(bar, "Train loss")->minimumWidth(), loss);
}

void VitalsBarTest::whatHasNoRoomGivesWay() {
    VitalsBar bar;
    bar.showSnapshot(snapshotAt(1, 0.5));
    bar.fitInto(2000);
    QVERIFY(!cell(bar, "Epoch")->isHidden());
    bar.fitInto(300);
    QVERIFY(cell(bar, "Epoch")->isHidden());
    QVERIFY(cell(bar, "Test loss")->isHidden());
    QVERIFY(!cell(bar, "Step")->isHidden());
}

void VitalsBarTest::anInfiniteLossCountsItsSamples() {
    VitalsBar bar;
    Snapshot snapshot = snapshotAt(5, std::numeric_limits<double>::infinity());
    snapshot.run = 1;
    snapshot.now.infiniteLossSamples = 12;
    snapshot.now.testInfiniteLossSamples = 3;
    bar.showSnapshot(snapshot);
    const VitalCell* train = cell(bar, "Train loss");
    QCOMPARE(train->figure(), QStringLiteral("∞"));
    QCOMPARE(train->rest(), QStringLiteral("(12 samples)"));
    QVERIFY(train->toolTip().contains("probability"));
    QVERIFY(cell(bar, "Test loss")->accessibleName().contains("(3 samples)"));
    const int wide = train->minimumWidth();
    bar.showSnapshot(snapshotAt(6, 0.5));
    QCOMPARE(train->rest(), QString());
    QVERIFY(train->minimumWidth() < wide); // a new run has its room back
    snapshot.run = 0;
    bar.showSnapshot(snapshot);
    const int same = train->minimumWidth();
    bar.showSnapshot(snapshotAt(7, 0.5));
    QCOMPARE(train->minimumWidth(), same); // within a run nothing jumps
}

QTEST_MAIN(VitalsBarTest)
#include "vitals_bar_test.moc"
