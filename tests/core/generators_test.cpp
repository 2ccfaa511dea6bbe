#include "core/data/generators.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>

using namespace flatline;

namespace {

constexpr int many = 40000;
/// An estimate further than this many of its own standard deviations from the truth is wrong: by chance one
/// in two million, and the seed is fixed.
constexpr double sigmas = 5.0;

RawData draw(const char* id, int samples, double noise, std::uint64_t seed = 1) {
    return generate(*findGenerator(id), samples, noise, seed);
}

/// The features in Playground's units.
std::vector<std::array<double, 2>> playgroundPoints(const RawData& data) {
    std::vector<std::array<double, 2>> points;
    for (std::size_t i = 0; i < data.samples(); ++i)
        points.push_back({6.0 * data.features[2 * i], 6.0 * data.features[2 * i + 1]});
    return points;
}

double mean(const std::vector<double>& values) {
    double sum = 0.0;
    for (const double value : values)
        sum += value;
    return sum / static_cast<double>(values.size());
}

double variance(const std::vector<double>& values) {
    const double centre = mean(values);
    double sum = 0.0;
    for (const double value : values)
        sum += (value - centre) * (value - centre);
    return sum / static_cast<double>(values.size());
}

bool meanIs(const std::vector<double>& values, double expected, double deviation) {
    return std::abs(mean(values) - expected) < sigmas * deviation / std::sqrt(static_cast<double>(values.size()));
}

bool shareIs(std::size_t count, std::size_t of, double expected) {
    return std::abs(static_cast<double>(count) / static_cast<double>(of) - expected) <
           sigmas * std::sqrt(expected * (1.0 - expected) / static_cast<double>(of));
}

/// Variance and range of U(low, high); the estimate's own deviation is (high - low)^2 / 12 * sqrt(0.8 / n).
bool isUniform(const std::vector<double>& values, double low, double high) {
    const double expected = (high - low) * (high - low) / 12.0;
    const auto [least, greatest] = std::minmax_element(values.begin(), values.end());
    const auto count = static_cast<double>(values.size());
    return *least >= low - 1e-9 && *greatest <= high + 1e-9 &&
           meanIs(values, 0.5 * (low + high), std::sqrt(expected)) &&
           std::abs(variance(values) - expected) < sigmas * expected * std::sqrt(0.8 / count);
}

std::size_t countOf(const std::vector<int>& labels, int label) {
    return static_cast<std::size_t>(std::count(labels.begin(), labels.end(), label));
}

double coneByNearestCentre(double x, double y) {
    double nearest = 1e9;
    double sign = 0.0;
    for (int column = 0; column < 3; ++column)
        for (int row = 0; row < 2; ++row) {
            const double distance = std::hypot(x - 4.0 * (column - 1), y - (row == 0 ? 2.5 : -2.5));
            if (distance < nearest) {
                nearest = distance;
                sign = (column + row) % 2 == 0 ? 1.0 : -1.0;
            }
        }
    return nearest < 2.0 ? sign * (1.0 - nearest / 2.0) : 0.0;
}

} // namespace

class GeneratorsTest : public QObject {
    Q_OBJECT

private slots:
    void everyGenerator_data();
    void everyGenerator();
    void circlesRings();
    void circlesLabelNoise();
    void xorQuadrants();
    void xorLabelNoise();
    void gaussiansMoments_data();
    void gaussiansMoments();
    void spiralArms();
    void spiralNoiseMovesPoints();
    void moonsWithoutNoise();
    void moonsNoise();
    void planeTarget();
    void conesTarget();
    void curves();
};

void GeneratorsTest::everyGenerator_data() {
    QTest::addColumn<QByteArray>("id");
    for (const GeneratorRow& row : generatorTable())
        QTest::newRow(row.source.id) << QByteArray(row.source.id);
    QCOMPARE(generatorTable().size(), std::size_t{9});
}

void GeneratorsTest::everyGenerator() {
    QFETCH(QByteArray, id);
    const GeneratorRow& row = *findGenerator(id.constData());
    for (const int samples : {1, 2, 3, 7, 500, 501}) {
        const RawData data = generate(row, samples, 0.1, 3);
        QCOMPARE(data.samples(), static_cast<std::size_t>(samples));
        QCOMPARE(data.features.size(), static_cast<std::size_t>(samples * row.source.features));
        QCOMPARE(data.featureNames.size(), static_cast<std::size_t>(row.source.features));
        QCOMPARE(data.labels.empty(), row.source.task == Task::Regression);
        QCOMPARE(data.values.empty(), row.source.task == Task::Classification);
        QCOMPARE(data.classNames.size(), row.source.task == Task::Classification ? std::size_t{2} : 0);
        QVERIFY(std::all_of(data.features.begin(), data.features.end(), [](double x) { return std::abs(x) < 3.0; }));
    }
    const RawData once = generate(row, 500, 0.2, 3);
    const RawData again = generate(row, 500, 0.2, 3);
    QVERIFY(once.features == again.features && once.labels == again.labels && once.values == again.values);
    const RawData other = generate(row, 500, 0.2, 4);
    QVERIFY(once.features != other.features);
    // Where noise means nothing, it must change nothing; elsewhere it must change something.
    const RawData clean = generate(row, 500, 0.0, 3);
    const bool same = once.features == clean.features && once.labels == clean.labels && once.values == clean.values;
    QCOMPARE(same, !row.source.hasNoise);
}

void GeneratorsTest::circlesRings() {
    const RawData data = draw("circles", many, 0.0);
    const auto points = playgroundPoints(data);
    std::vector<double> inner;
    std::vector<double> outer;
    std::vector<double> angles;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double radius = std::hypot(points[i][0], points[i][1]);
        QCOMPARE(data.labels[i], radius < 2.5 ? 0 : 1);
        QCOMPARE(data.labels[i], i < many / 2 ? 0 : 1);
        (data.labels[i] == 0 ? inner : outer).push_back(radius);
        angles.push_back(std::atan2(points[i][0], points[i][1]));
    }
    QVERIFY(isUniform(inner, 0.0, 2.5));
    QVERIFY(isUniform(outer, 3.5, 5.0));
    QVERIFY(isUniform(angles, -std::numbers::pi, std::numbers::pi));
    // An odd number: the second ring has one more.
    QCOMPARE(countOf(draw("circles", 7, 0.0).labels, 0), std::size_t{3});
}

void GeneratorsTest::circlesLabelNoise() {
    // At most 0.5 a side: only a ring of sqrt(0.5) around 2.5 can be mislabelled.
    const RawData little = draw("circles", many, 0.1);
    const auto points = playgroundPoints(little);
    std::size_t flipped = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double radius = std::hypot(points[i][0], points[i][1]);
        if (radius < 2.5 - std::sqrt(0.5) || radius > 2.5)
            QCOMPARE(little.labels[i], radius < 2.5 ? 0 : 1);
        else
            flipped += static_cast<std::size_t>(little.labels[i]);
    }
    QVERIFY(flipped > 0);
    // The jitter of a centre point fills the square of side 5; the disk of radius 2.5 covers pi/4 of it.
    const RawData much = draw("circles", many, 0.5);
    const auto noisy = playgroundPoints(much);
    std::size_t central = 0;
    std::size_t outside = 0;
    for (std::size_t i = 0; i < noisy.size(); ++i)
        if (std::hypot(noisy[i][0], noisy[i][1]) < 0.05) {
            ++central;
            outside += static_cast<std::size_t>(much.labels[i]);
        }
    QVERIFY(central > 300);
    QVERIFY(shareIs(outside, central, 1.0 - std::numbers::pi / 4.0));
}

void GeneratorsTest::xorQuadrants() {
    const RawData data = draw("xor", many, 0.0);
    const auto points = playgroundPoints(data);
    std::vector<double> distances;
    std::array<std::size_t, 4> quadrants{};
    for (std::size_t i = 0; i < points.size(); ++i) {
        QCOMPARE(data.labels[i], (points[i][0] > 0.0) == (points[i][1] > 0.0) ? 0 : 1);
        distances.push_back(std::abs(points[i][0]));
        distances.push_back(std::abs(points[i][1]));
        ++quadrants[(points[i][0] > 0.0 ? 1U : 0U) + (points[i][1] > 0.0 ? 2U : 0U)];
    }
    QVERIFY(isUniform(distances, 0.3, 5.3));
    for (const std::size_t count : quadrants)
        QVERIFY(shareIs(count, many, 0.25));
}

void GeneratorsTest::xorLabelNoise() {
    // U(-5, 5) * 0.2 moves by at most 1: further from both axes no label may change.
    const RawData data = draw("xor", many, 0.2);
    const auto points = playgroundPoints(data);
    std::size_t flipped = 0;
    std::size_t near = 0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const int exact = (points[i][0] > 0.0) == (points[i][1] > 0.0) ? 0 : 1;
        const double x = std::abs(points[i][0]);
        const double y = std::abs(points[i][1]);
        if (x > 1.0 && y > 1.0)
            QCOMPARE(data.labels[i], exact);
        if (x < 1.0 && y > 1.0) {
            ++near;
            flipped += data.labels[i] != exact ? 1U : 0U;
        }
    }
    // Crossing has probability (1 - x) / 2 with x ~ U(0.3, 1): 0.175 on average.
    QVERIFY(shareIs(flipped, near, 0.175));
}

void GeneratorsTest::gaussiansMoments_data() {
    QTest::addColumn<double>("noise");
    QTest::addColumn<double>("expected");
    QTest::newRow("least") << 0.0 << 0.5;
    QTest::newRow("default") << 0.1 << 1.2;
    QTest::newRow("most") << 0.5 << 4.0;
}

void GeneratorsTest::gaussiansMoments() {
    QFETCH(double, noise);
    QFETCH(double, expected);
    const RawData data = draw("gaussians", many, noise);
    const auto points = playgroundPoints(data);
    QCOMPARE(countOf(data.labels, 0), std::size_t{many / 2});
    for (const int label : {0, 1})
        for (const std::size_t axis : {0U, 1U}) {
            std::vector<double> values;
            for (std::size_t i = 0; i < points.size(); ++i)
                if (data.labels[i] == label)
                    values.push_back(points[i][axis]);
            QVERIFY(meanIs(values, label == 0 ? 2.0 : -2.0, std::sqrt(expected)));
            QVERIFY(std::abs(variance(values) - expected) < sigmas * expected * std::sqrt(2.0 / (many / 2.0)));
        }
    std::vector<double> products;
    for (std::size_t i = 0; i < many / 2; ++i)
        products.push_back((points[i][0] - 2.0) * (points[i][1] - 2.0));
    QVERIFY(meanIs(products, 0.0, expected));
    // The raw draws do not depend on the noise: it stretches them by the deviation, exactly.
    const double raw = playgroundPoints(draw("gaussians", many, 0.0))[0][0] - 2.0;
    QVERIFY(std::abs((points[0][0] - 2.0) / raw - std::sqrt(expected / 0.5)) < 1e-9);
}

void GeneratorsTest::spiralArms() {
    // 5 points: 2 on the first arm, 3 on the second, each arm over its own whole length.
    const RawData data = draw("spiral", 5, 0.0);
    const auto points = playgroundPoints(data);
    QCOMPARE(data.labels, (std::vector<int>{0, 0, 1, 1, 1}));
    const std::array<std::array<double, 2>, 5> radiusAndAngle{{{0.0, 0.0},
                                                               {2.5, 1.75 * std::numbers::pi},
                                                               {0.0, std::numbers::pi},
                                                               {5.0 / 3.0, (3.5 / 3.0 + 1.0) * std::numbers::pi},
                                                               {10.0 / 3.0, (7.0 / 3.0 + 1.0) * std::numbers::pi}}};
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto [radius, angle] = radiusAndAngle[i];
        QVERIFY(std::abs(points[i][0] - radius * std::sin(angle)) < 1e-12);
        QVERIFY(std::abs(points[i][1] - radius * std::cos(angle)) < 1e-12);
    }
}

void GeneratorsTest::spiralNoiseMovesPoints() {
    const RawData exact = draw("spiral", many, 0.0);
    const RawData moved = draw("spiral", many, 0.3);
    QCOMPARE(exact.labels, moved.labels);
    std::vector<double> shifts;
    for (std::size_t i = 0; i < exact.features.size(); ++i)
        shifts.push_back(6.0 * (moved.features[i] - exact.features[i]));
    QVERIFY(isUniform(shifts, -0.3, 0.3));
}

void GeneratorsTest::moonsWithoutNoise() {
    // As make_moons(n_samples=7, shuffle=False): 3 on the upper moon, 4 on the lower.
    const RawData data = draw("moons", 7, 0.0);
    const double s = std::sin(std::numbers::pi / 3.0);
    const std::vector<double> expected{1.0, 0.0, 0.0, 1.0, -1.0, 0.0, 0.0, 0.5, 0.5, 0.5 - s, 1.5, 0.5 - s, 2.0, 0.5};
    QCOMPARE(data.labels, (std::vector<int>{0, 0, 0, 1, 1, 1, 1}));
    QCOMPARE(data.features.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        QVERIFY2(std::abs(data.features[i] - expected[i]) < 1e-12, QByteArray::number(i).constData());
}

void GeneratorsTest::moonsNoise() {
    const RawData exact = draw("moons", many, 0.0);
    const RawData moved = draw("moons", many, 0.2);
    std::vector<double> shifts;
    for (std::size_t i = 0; i < exact.features.size(); ++i)
        shifts.push_back(moved.features[i] - exact.features[i]);
    QVERIFY(meanIs(shifts, 0.0, 0.2));
    QVERIFY(std::abs(variance(shifts) - 0.04) < sigmas * 0.04 * std::sqrt(2.0 / (2.0 * many)));
}

void GeneratorsTest::planeTarget() {
    const RawData exact = draw("plane", many, 0.0);
    const auto points = playgroundPoints(exact);
    std::vector<double> coordinates;
    for (std::size_t i = 0; i < points.size(); ++i) {
        QVERIFY(std::abs(exact.values[i] - (points[i][0] + points[i][1]) / 10.0) < 1e-12);
        coordinates.insert(coordinates.end(), points[i].begin(), points[i].end());
    }
    QVERIFY(isUniform(coordinates, -6.0, 6.0));

    // The target sees a point moved by U(-6, 6) * 0.3 on each axis.
    const RawData noisy = draw("plane", many, 0.3);
    const auto seen = playgroundPoints(noisy);
    std::vector<double> errors;
    for (std::size_t i = 0; i < seen.size(); ++i)
        errors.push_back(10.0 * noisy.values[i] - seen[i][0] - seen[i][1]);
    const double expected = 2.0 * 1.8 * 1.8 / 3.0;
    QVERIFY(meanIs(errors, 0.0, std::sqrt(expected)));
    QVERIFY(std::abs(variance(errors) / expected - 1.0) < 0.05);
    QVERIFY(*std::max_element(errors.begin(), errors.end()) <= 3.6);
}

void GeneratorsTest::conesTarget() {
    const RawData data = draw("multi-gaussians", many, 0.0);
    const auto points = playgroundPoints(data);
    std::size_t positive = 0;
    std::size_t negative = 0;
    std::vector<double> heights;
    for (std::size_t i = 0; i < points.size(); ++i) {
        QVERIFY(std::abs(data.values[i] - coneByNearestCentre(points[i][0], points[i][1])) < 1e-12);
        positive += data.values[i] > 0.0 ? 1U : 0U;
        negative += data.values[i] < 0.0 ? 1U : 0U;
        if (data.values[i] != 0.0)
            heights.push_back(std::abs(data.values[i]));
    }
    // Three disks of radius 2 each in a square of side 12; a cone's mean height is 1/3, its variance 1/18.
    QVERIFY(shareIs(positive, many, 3.0 * 4.0 * std::numbers::pi / 144.0));
    QVERIFY(shareIs(negative, many, 3.0 * 4.0 * std::numbers::pi / 144.0));
    QVERIFY(meanIs(heights, 1.0 / 3.0, std::sqrt(1.0 / 18.0)));

    // U(-6, 6) * 0.05 moves by at most 0.3 a side, along a slope of 1/2.
    const RawData noisy = draw("multi-gaussians", many, 0.05);
    const auto moved = playgroundPoints(noisy);
    double worst = 0.0;
    for (std::size_t i = 0; i < moved.size(); ++i)
        worst = std::max(worst, std::abs(noisy.values[i] - coneByNearestCentre(moved[i][0], moved[i][1])));
    QVERIFY(worst > 0.1);
    QVERIFY(worst <= 0.5 * std::hypot(0.3, 0.3));
}

void GeneratorsTest::curves() {
    const RawData absolute = draw("abs", many, 0.4);
    const RawData sine = draw("sine", many, 0.4);
    for (std::size_t i = 0; i < many; ++i) {
        QCOMPARE(absolute.values[i], std::abs(absolute.features[i]));
        QCOMPARE(sine.values[i], sine.features[i] * std::sin(5.0 * sine.features[i]));
    }
    QVERIFY(isUniform(absolute.features, -std::numbers::sqrt3, std::numbers::sqrt3));
    QVERIFY(isUniform(sine.features, -std::numbers::sqrt3, std::numbers::sqrt3));
}

QTEST_GUILESS_MAIN(GeneratorsTest)
#include "generators_test.moc"
