#include "ui/inspector/half_plane.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

const PlaneBounds plane{-2.0, 2.0, -1.0, 1.0};

double areaOf(const QPolygonF& polygon) {
    double twice = 0.0;
    for (qsizetype i = 0; i < polygon.size(); ++i) {
        const QPointF a = polygon[i];
        const QPointF b = polygon[(i + 1) % polygon.size()];
        twice += a.x() * b.y() - b.x() * a.y();
    }
    return std::abs(twice) / 2.0;
}

double norm(const NeuronWeights& own) {
    return std::hypot(static_cast<double>(own.weights[0]), static_cast<double>(own.weights[1]));
}

} // namespace

class HalfPlaneTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where the shaded side is not where z > 0.
    void theFiringSideIsWhereItFires() {
        QCOMPARE(areaOf(firingSide({{1.0F, 0.0F}, 0.0F}, plane)), 4.0);
        QCOMPARE(areaOf(firingSide({{1.0F, 0.0F}, 1.0F}, plane)), 6.0);
        QCOMPARE(areaOf(firingSide({{0.0F, -2.0F}, 1.0F}, plane)), 6.0); // y < 1/2
        QCOMPARE(areaOf(firingSide({{1.0F, 1.0F}, 9.0F}, plane)), 8.0);
        QVERIFY(firingSide({{1.0F, 1.0F}, -9.0F}, plane).isEmpty());
        for (const QPointF& corner : firingSide({{0.7F, -1.3F}, 0.2F}, plane))
            QVERIFY(valueAt({{0.7F, -1.3F}, 0.2F}, corner) > -1e-6);
    }

    // Breaks where the edge is drawn beside z = 0, or one is drawn where there is none.
    void theEdgeIsWhereZIsZero() {
        const NeuronWeights own{{0.7F, -1.3F}, 0.2F};
        const auto edge = edgeWithin(own, plane);
        QVERIFY(edge.has_value());
        for (const double t : {0.0, 0.3, 1.0})
            QVERIFY(std::abs(valueAt(own, edge->pointAt(t))) < 1e-6);
        QVERIFY(!edgeWithin({{1.0F, 1.0F}, 9.0F}, plane).has_value());
        QVERIFY(!edgeWithin({{0.0F, 0.0F}, 1.0F}, plane).has_value());
        const QPointF point(1.5, 0.5);
        const QPointF foot = nearestOnEdge(own, point);
        QVERIFY(std::abs(valueAt(own, foot)) < 1e-6);
        QVERIFY(std::abs(QLineF(point, foot).length() - distanceTo(own, point)) < 1e-6);
        // One feature: an upright line.
        const auto upright = edgeWithin({{2.0F}, -1.0F}, plane);
        QVERIFY(upright.has_value());
        QCOMPARE(upright->p1().x(), 0.5);
        QCOMPARE(upright->p2().x(), 0.5);
    }

    // Breaks where moving the edge touches the weights or does not lead through the point; where turning changes the
    // norm of the weights, or z at the pivot.
    void movingIsTheBiasTurningTheWeights() {
        const NeuronWeights own{{0.7F, -1.3F}, 0.2F};
        const NeuronWeights moved = movedThrough(own, {-0.5, 0.75});
        QCOMPARE(moved.weights, own.weights);
        QVERIFY(std::abs(valueAt(moved, {-0.5, 0.75})) < 1e-6);
        const QPointF pivot(0.4, -0.2);
        for (const double degrees : {2.0, 90.0, -37.0, 180.0}) {
            const NeuronWeights turned = turnedAbout(own, pivot, degrees);
            QVERIFY(std::abs(norm(turned) - norm(own)) < 1e-6);
            QVERIFY(std::abs(valueAt(turned, pivot) - valueAt(own, pivot)) < 1e-6);
            const double cosine =
                (static_cast<double>(turned.weights[0] * own.weights[0] + turned.weights[1] * own.weights[1])) /
                (norm(own) * norm(own));
            QVERIFY(std::abs(cosine - std::cos(degrees * std::acos(-1.0) / 180.0)) < 1e-5);
        }
        QCOMPARE(turnedAbout({{2.0F}, 1.0F}, pivot, 45.0).weights, (std::vector<float>{2.0F}));
    }

    // Breaks where the values of a preview are not w x + b.
    void previewedValuesAreThoseOfTheNetwork() {
        Split train;
        train.features.resize(3, 2);
        train.features << 1.0F, 2.0F, -1.0F, 0.5F, 0.0F, 0.0F;
        QCOMPARE(firstLayerValues({{2.0F, -1.0F}, 0.5F}, train), (std::vector<float>{0.5F, -2.0F, 0.5F}));
    }
};

QTEST_APPLESS_MAIN(HalfPlaneTest)
#include "half_plane_test.moc"
