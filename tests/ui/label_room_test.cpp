#include "ui/charts/label_room.h"
#include "ui/theme/theme.h"

#include <QTest>

using namespace flatline;

/// Where words may stand in a plot of 100 x 100 pixels whose axes go from 0 to 100, y upwards.
class LabelRoomTest : public QObject {
    Q_OBJECT

private slots:
    void wordsKeepClearOfWords();
    void wordsKeepClearOfMarks();
    void wordsKeepOffLevelLines();
    void wordsKeepClearOfCurvesBetweenTheirPoints();
    void theLesserEvilIsTaken();
    void aLineFullOfCurvesHasItsWordsAbove();
    void aLineAtTheTopHasItsWordsInside();

private:
    [[nodiscard]] PlotScene scene() const {
        const QRectF whole(0, 0, 100, 100);
        return {m_content, themeFor(false), whole, whole, {0, 100}, {0, 100}};
    }
    PlotContent m_content;
};

void LabelRoomTest::wordsKeepClearOfWords() {
    m_content = {};
    const PlotScene plot = scene();
    LabelRoom room(plot);
    QVERIFY(room.blank({10, 10, 20, 10}));
    room.take({25, 5, 20, 10});
    QVERIFY(!room.free({10, 10, 20, 10}));
    QVERIFY(room.free({10, 20, 20, 10}));
}

void LabelRoomTest::wordsKeepClearOfMarks() {
    m_content = {};
    m_content.marks.push_back({.x = 50});
    const PlotScene plot = scene();
    const LabelRoom room(plot);
    QVERIFY(room.free({40, 10, 20, 10}) && !room.unmarked({40, 10, 20, 10}));
    QVERIFY(room.unmarked({55, 10, 20, 10}));
    QCOMPARE(room.behindMarks({40, 10, 20, 10}), QRectF(55, 10, 20, 10));
    QCOMPARE(room.behindMarks({10, 10, 20, 10}), QRectF(10, 10, 20, 10));
}

// Breaks where words lie on a level line although there is room above or below it.
void LabelRoomTest::wordsKeepOffLevelLines() {
    m_content = {};
    m_content.references.push_back({40.0, {}}); // 60 pixels down
    const PlotScene plot = scene();
    const LabelRoom room(plot);
    QCOMPARE(room.offLevels({30, 40, 20, 10}), QRectF(30, 40, 20, 10));
    QCOMPARE(room.offLevels({30, 54, 20, 10}), QRectF(30, 48, 20, 10));
    QCOMPARE(room.offLevels({30, 57, 20, 10}), QRectF(30, 62, 20, 10));
    m_content.curves.push_back({.points = {{0, 35, 35, 35}, {100, 35, 35, 35}}}); // 65 down: not below, then
    QCOMPARE(LabelRoom(plot).offLevels({30, 57, 20, 10}), QRectF(30, 48, 20, 10));
}

/// A curve of two points has none in the place itself, and yet goes through it.
void LabelRoomTest::wordsKeepClearOfCurvesBetweenTheirPoints() {
    m_content = {};
    m_content.curves.push_back({.points = {{0, 0, 0, 0}, {100, 100, 100, 100}}});
    const PlotScene plot = scene();
    const LabelRoom room(plot);
    QVERIFY(!room.blank({45, 45, 10, 10}));
    QVERIFY(room.unmarked({45, 45, 10, 10}));
    m_content.curves.front().points = {{0, 20, 20, 20}, {100, 20, 20, 20}}; // 80 pixels down
    const LabelRoom level(plot);
    QVERIFY(!level.blank({30, 75, 10, 10}));
    QVERIFY(level.blank({30, 60, 10, 10}));
    QVERIFY(level.blank({30, 85, 10, 10}));
}

void LabelRoomTest::theLesserEvilIsTaken() {
    m_content = {};
    m_content.marks.push_back({.x = 50});
    m_content.curves.push_back({.points = {{0, 20, 20, 20}, {100, 20, 20, 20}}});
    const PlotScene plot = scene();
    LabelRoom room(plot);
    const QRectF onCurve(10, 75, 20, 10);
    const QRectF onMark(45, 10, 20, 10);
    const QRectF nowhere(10, 10, 20, 10);
    QCOMPARE(room.best({onMark, onCurve, nowhere}), nowhere);
    QCOMPARE(room.best({onMark, onCurve}), onCurve);
    QCOMPARE(room.best({onMark}), onMark);
    room.take(onMark);
    QVERIFY(room.best({onMark}).isEmpty());
}

// Breaks where the words of a line are written into the curves that run along it although there is room above them.
void LabelRoomTest::aLineFullOfCurvesHasItsWordsAbove() {
    m_content = {};
    const PlotScene plot = scene();
    QCOMPARE(LabelRoom(plot).besideLine(60, {20, 10}), QRectF(3, 48, 20, 10));
    m_content.curves.push_back({.points = {{0, 45, 45, 45}, {60, 45, 45, 45}}}); // 55 pixels down, to 60
    const LabelRoom half(plot);
    QCOMPARE(half.besideLine(60, {20, 10}), QRectF(3, 61, 20, 10)); // below
    m_content.curves.front().points = {{0, 45, 45, 45}, {100, 45, 45, 45}};
    m_content.curves.push_back({.points = {{0, 35, 35, 35}, {100, 35, 35, 35}}}); // and 65 down
    const LabelRoom full(plot);
    QCOMPARE(full.besideLine(60, {20, 10}), QRectF(80, 38, 20, 10));
    m_content.curves.push_back({.points = {{0, 55, 55, 55}, {100, 55, 55, 55}}}); // and 45 down
    QCOMPARE(LabelRoom(plot).besideLine(60, {20, 10}), QRectF(80, 28, 20, 10));
    LabelRoom ended(plot); // words of a curve's end, between the line and the place at the right
    ended.take({86, 44, 14, 10});
    QCOMPARE(ended.besideLine(60, {20, 10}), QRectF(80, 28, 20, 10));
    QCOMPARE(ended.strokeDown({80, 28, 20, 10}, 60), 84.0);
    ended.take({60, 44, 38, 10});
    QCOMPARE(ended.besideLine(60, {20, 10}), QRectF(3, 28, 20, 10));
    m_content.cursor = PlotCursor{.x = 50.0}; // what lies behind it is veiled
    QCOMPARE(LabelRoom(plot).besideLine(60, {20, 10}), QRectF(30, 28, 20, 10));
    m_content.cursor.reset();
    m_content.curves.back().points.back().step = 90; // its end is where the stroke would start
    QCOMPARE(LabelRoom(plot).strokeDown({80, 28, 20, 10}, 60), 84.0);
    m_content.curves.back().points.back().step = 100;
    for (const double y : {65.0, 75.0, 85.0, 95.0})
        m_content.curves.push_back({.points = {{0, y, y, y}, {100, y, y, y}}});
    QCOMPARE(LabelRoom(plot).besideLine(60, {20, 10}), QRectF(3, 48, 20, 10)); // nothing is better
}

// Breaks where the words of a line just below the top are written into the axis's title, or into the curve at both
// ends.
void LabelRoomTest::aLineAtTheTopHasItsWordsInside() {
    m_content = {};
    const PlotScene plot = scene();
    QCOMPARE(LabelRoom(plot).besideLine(4, {20, 10}), QRectF(3, 5, 20, 10));
    m_content.curves.push_back({.points = {{0, 100, 100, 100}, {20, 20, 20, 20}, {80, 20, 20, 20}, {100, 96, 96, 96}}});
    const QRectF words = LabelRoom(plot).besideLine(4, {20, 10});
    QVERIFY2(words.top() == 5.0 && words.left() > 20.0 && words.right() < 80.0,
             qPrintable(QString::number(words.left())));
}

QTEST_MAIN(LabelRoomTest)
#include "label_room_test.moc"
