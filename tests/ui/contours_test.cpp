#include "ui/fields/contours.h"

#include <QTest>

#include <cmath>
#include <functional>
#include <limits>

using namespace flatline;

namespace {

constexpr int side = 41; // x and y from -2 to 2

double coordinate(double index) {
    return -2.0 + 4.0 * index / (side - 1);
}

std::vector<double> sample(const std::function<double(double, double)>& function) {
    std::vector<double> values;
    for (int row = 0; row < side; ++row)
        for (int column = 0; column < side; ++column)
            values.push_back(function(coordinate(column), coordinate(row)));
    return values;
}

std::vector<QPolygonF> lines(const std::vector<double>& values, double level) {
    return contourLines({values, side, side}, level);
}

} // namespace

class ContoursTest : public QObject {
    Q_OBJECT
private slots:
    void aCircleIsOneClosedLineAtItsRadius();
    void aSlopeIsOneOpenLineFromEdgeToEdge();
    void aSaddleKeepsItsTwoBranchesApart();
    void theMeanDecidesAnAmbiguousCell();
    void cellsThatAreNotFiniteHaveNoLine();
    void aFlatFieldHasNone();
    void levelsLieEvenlyInside();
};

void ContoursTest::aCircleIsOneClosedLineAtItsRadius() {
    const auto found = lines(sample([](double x, double y) { return x * x + y * y; }), 1.44);
    QCOMPARE(found.size(), std::size_t{1});
    QCOMPARE(found[0].first(), found[0].last());
    const double halfCell = 0.5 * 4.0 / (side - 1);
    double length = 0.0;
    for (qsizetype k = 0; k < found[0].size(); ++k) {
        const double radius = std::hypot(coordinate(found[0][k].x()), coordinate(found[0][k].y()));
        QVERIFY2(std::abs(radius - 1.2) < halfCell, qPrintable(QString::number(radius)));
        if (k > 0)
            length += QLineF(found[0][k - 1], found[0][k]).length() * 4.0 / (side - 1);
    }
    QVERIFY2(std::abs(length - 2.0 * M_PI * 1.2) < 0.1, qPrintable(QString::number(length)));
}

void ContoursTest::aSlopeIsOneOpenLineFromEdgeToEdge() {
    const auto found = lines(sample([](double x, double y) { return x + 0.25 * y; }), 0.33);
    QCOMPARE(found.size(), std::size_t{1});
    QCOMPARE(found[0].size(), qsizetype{side + 10}); // a point for each row and each column that it crosses
    QVERIFY(found[0].first() != found[0].last());
    for (const QPointF& point : found[0])
        QVERIFY(std::abs(coordinate(point.x()) + 0.25 * coordinate(point.y()) - 0.33) < 1e-12);
}

void ContoursTest::aSaddleKeepsItsTwoBranchesApart() {
    const auto saddle = sample([](double x, double y) { return x * y; });
    for (const double level : {0.3, -0.3}) {
        const auto found = lines(saddle, level);
        QCOMPARE(found.size(), std::size_t{2});
        for (const QPolygonF& line : found)
            for (const QPointF& point : line) // a branch stays on its side
                QVERIFY(coordinate(point.x()) * coordinate(line.first().x()) > 0.0);
    }
}

void ContoursTest::theMeanDecidesAnAmbiguousCell() {
    // Corners 0 and 3 (on one diagonal) are high. A high mean joins them, so the lines cut off the low corners.
    const std::vector<double> high{3.0, 0.0, 0.0, 3.0};
    const auto cutsOff = [](const QPolygonF& line, QPointF corner) {
        QPointF middle = (line.first() + line.last()) / 2.0;
        return QLineF(middle, corner).length() < 0.6;
    };
    const auto joined = contourLines({high, 2, 2}, 1.0);
    QCOMPARE(joined.size(), std::size_t{2});
    QVERIFY(cutsOff(joined[0], {1, 0}) || cutsOff(joined[1], {1, 0}));
    QVERIFY(cutsOff(joined[0], {0, 1}) || cutsOff(joined[1], {0, 1}));
    const auto apart = contourLines({high, 2, 2}, 2.0);
    QCOMPARE(apart.size(), std::size_t{2});
    QVERIFY(cutsOff(apart[0], {0, 0}) || cutsOff(apart[1], {0, 0}));
    QVERIFY(cutsOff(apart[0], {1, 1}) || cutsOff(apart[1], {1, 1}));
}

void ContoursTest::cellsThatAreNotFiniteHaveNoLine() {
    auto values = sample([](double x, double y) { return x * x + y * y; });
    const int hole = (side / 2) * side + 32; // on the circle, at (1.2, 0)
    for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
        values[hole] = bad;
        const auto found = lines(values, 1.44);
        QCOMPARE(found.size(), std::size_t{1});
        QVERIFY(found[0].first() != found[0].last()); // open now
        for (const QPointF& point : found[0]) {
            QVERIFY(std::isfinite(point.x()) && std::isfinite(point.y()));
            QVERIFY(std::abs(point.x() - 32.0) >= 1.0 || std::abs(point.y() - side / 2) >= 1.0);
        }
    }
}

void ContoursTest::aFlatFieldHasNone() {
    const auto flat = sample([](double, double) { return 0.7; });
    for (const double level : {0.6, 0.7, 0.8})
        QVERIFY(lines(flat, level).empty());
    QVERIFY(lines(flat, std::numeric_limits<double>::quiet_NaN()).empty());
    QVERIFY(contourLines({flat, 1, 1}, 0.7).empty());
}

void ContoursTest::levelsLieEvenlyInside() {
    QCOMPARE(contourLevels(-1.0, 1.0, 3), (std::vector<double>{-0.5, 0.0, 0.5}));
    QVERIFY(contourLevels(1.0, 1.0, 3).empty());
}

QTEST_MAIN(ContoursTest)
#include "contours_test.moc"
