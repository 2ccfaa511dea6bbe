#include "core/data/generators.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace flatline {
namespace {

using Points = std::vector<Point>;

Points reserved(int samples) {
    Points points;
    points.reserve(static_cast<std::size_t>(samples));
    return points;
}

/// Where the label looks: the point, moved by U(-reach, reach) * noise on each axis.
Point jittered(Point point, double reach, double noise, RandomStream& random) {
    point.x += random.uniform(-reach, reach) * noise;
    point.y += random.uniform(-reach, reach) * noise;
    return point;
}

/// p = r (sin a, cos a), a ~ U(0, 2 pi), r ~ U(0, 2.5) for the first half and U(3.5, 5) for the second;
/// class 0 where |jittered p| < 2.5.
Points circles(int samples, double noise, RandomStream random) {
    constexpr double radius = 5.0;
    Points points = reserved(samples);
    for (int i = 0; i < samples; ++i) {
        const bool inner = i < samples / 2;
        const double r = inner ? random.uniform(0.0, 0.5 * radius) : random.uniform(0.7 * radius, radius);
        const double angle = random.uniform(0.0, 2.0 * std::numbers::pi);
        Point point{r * std::sin(angle), r * std::cos(angle)};
        const Point seen = jittered(point, radius, noise, random);
        point.target = std::hypot(seen.x, seen.y) < 0.5 * radius ? 0.0 : 1.0;
        points.push_back(point);
    }
    return points;
}

/// p ~ U(-5, 5)^2, each axis pushed 0.3 away from 0; class 0 where x * y >= 0 for the jittered p.
Points exclusiveOr(int samples, double noise, RandomStream random) {
    constexpr double reach = 5.0;
    constexpr double padding = 0.3;
    const auto coordinate = [&random] {
        const double value = random.uniform(-reach, reach);
        return value > 0.0 ? value + padding : value - padding;
    };
    Points points = reserved(samples);
    for (int i = 0; i < samples; ++i) {
        Point point;
        point.x = coordinate();
        point.y = coordinate();
        const Point seen = jittered(point, reach, noise, random);
        point.target = seen.x * seen.y >= 0.0 ? 0.0 : 1.0;
        points.push_back(point);
    }
    return points;
}

/// p ~ N(+-(2, 2), v), v = 0.5 + 7 noise: from 0.5 to 4 as the noise goes from 0 to 0.5.
Points gaussians(int samples, double noise, RandomStream random) {
    const double deviation = std::sqrt(0.5 + 7.0 * noise);
    Points points = reserved(samples);
    for (int i = 0; i < samples; ++i) {
        const bool first = i < samples / 2;
        const double centre = first ? 2.0 : -2.0;
        Point point;
        point.x = centre + deviation * random.normal();
        point.y = centre + deviation * random.normal();
        point.target = first ? 0.0 : 1.0;
        points.push_back(point);
    }
    return points;
}

/// r = 5 i / n, t = 1.75 * 2 pi i / n (+ pi for the second arm), p = (r sin t, r cos t) + U(-1, 1)^2 * noise;
/// n is the number of points of the arm.
Points spiral(int samples, double noise, RandomStream random) {
    Points points = reserved(samples);
    for (int arm = 0; arm < 2; ++arm) {
        const int count = arm == 0 ? samples / 2 : samples - samples / 2;
        for (int i = 0; i < count; ++i) {
            const double share = static_cast<double>(i) / count;
            const double r = 5.0 * share;
            const double t = 1.75 * share * 2.0 * std::numbers::pi + arm * std::numbers::pi;
            Point point = jittered({r * std::sin(t), r * std::cos(t)}, 1.0, noise, random);
            point.target = arm;
            points.push_back(point);
        }
    }
    return points;
}

/// Upper: (cos t, sin t); lower: (1 - cos t, 1/2 - sin t); t in equal steps from 0 to pi; plus N(0, noise^2).
Points moons(int samples, double noise, RandomStream random) {
    Points points = reserved(samples);
    for (int moon = 0; moon < 2; ++moon) {
        const int count = moon == 0 ? samples / 2 : samples - samples / 2;
        for (int i = 0; i < count; ++i) {
            const double t = std::numbers::pi * i / std::max(count - 1, 1);
            Point point;
            point.x = moon == 0 ? std::cos(t) : 1.0 - std::cos(t);
            point.y = moon == 0 ? std::sin(t) : 0.5 - std::sin(t);
            point.x += noise * random.normal();
            point.y += noise * random.normal();
            point.target = moon;
            points.push_back(point);
        }
    }
    return points;
}

/// p ~ U(-6, 6)^2; the target is the surface's height at the jittered p.
Points surface(int samples, double noise, RandomStream& random, double (*height)(double, double)) {
    constexpr double reach = 6.0;
    Points points = reserved(samples);
    for (int i = 0; i < samples; ++i) {
        Point point;
        point.x = random.uniform(-reach, reach);
        point.y = random.uniform(-reach, reach);
        const Point seen = jittered(point, reach, noise, random);
        point.target = height(seen.x, seen.y);
        points.push_back(point);
    }
    return points;
}

Points plane(int samples, double noise, RandomStream random) {
    return surface(samples, noise, random, [](double x, double y) { return (x + y) / 10.0; });
}

/// Six cones: sign * (1 - d/2) within d < 2 of a centre, 0 elsewhere. They touch and do not overlap.
double coneHeight(double x, double y) {
    constexpr std::array centres{Point{-4.0, 2.5, 1.0},   Point{0.0, 2.5, -1.0}, Point{4.0, 2.5, 1.0},
                                 Point{-4.0, -2.5, -1.0}, Point{0.0, -2.5, 1.0}, Point{4.0, -2.5, -1.0}};
    double height = 0.0;
    for (const Point& centre : centres) {
        const double distance = std::hypot(x - centre.x, y - centre.y);
        const double cone = centre.target * std::clamp(1.0 - distance / 2.0, 0.0, 1.0);
        if (cone != 0.0)
            height = cone;
    }
    return height;
}

Points multiGaussians(int samples, double noise, RandomStream random) {
    return surface(samples, noise, random, coneHeight);
}

/// x ~ U(-sqrt 3, sqrt 3), which has variance 1; the target is exact.
Points curve(int samples, RandomStream& random, double (*height)(double)) {
    constexpr double reach = std::numbers::sqrt3;
    std::vector<double> draws(static_cast<std::size_t>(samples));
    random.fillUniform(draws);
    Points points = reserved(samples);
    for (const double draw : draws) {
        const double x = -reach + (reach - -reach) * draw;
        points.push_back({x, 0.0, height(x)});
    }
    return points;
}

Points absolute(int samples, double, RandomStream random) {
    return curve(samples, random, [](double x) { return std::abs(x); });
}

Points sine(int samples, double, RandomStream random) {
    return curve(samples, random, [](double x) { return x * std::sin(5.0 * x); });
}

constexpr auto classes = Task::Classification;
constexpr auto regression = Task::Regression;
constexpr double playground = 1.0 / 6.0;

const std::array table{
    GeneratorRow{{"circles", FLATLINE_TEXT("Circles"),
                  FLATLINE_TEXT("half of the points at radius U(0, 2.5), half at U(3.5, 5), scaled by 1/6; the "
                                "class is the ring of the point moved by U(−5, 5)·noise"),
                  true, true, 2, classes, false},
                 {"inner", "outer"},
                 playground,
                 circles},
    GeneratorRow{{"xor", FLATLINE_TEXT("XOR"),
                  FLATLINE_TEXT("x₁, x₂ from U(−5, 5), pushed 0.3 away from 0, scaled by 1/6; the class says "
                                "whether the signs of the point moved by U(−5, 5)·noise are equal"),
                  true, true, 2, classes, false},
                 {"equal", "different"},
                 playground,
                 exclusiveOr},
    GeneratorRow{{"gaussians", FLATLINE_TEXT("Two Gaussians"),
                  FLATLINE_TEXT("N(±(2, 2), v) with v = 0.5 + 7·noise, scaled by 1/6"), true, true, 2, classes, false},
                 {"upper", "lower"},
                 playground,
                 gaussians},
    GeneratorRow{{"spiral", FLATLINE_TEXT("Spiral"),
                  FLATLINE_TEXT("r = 5i/n, t = 1.75·2π·i/n (+π for the second arm), (r sin t, r cos t) + U(−1, "
                                "1)·noise, scaled by 1/6"),
                  true, true, 2, classes, false},
                 {"first", "second"},
                 playground,
                 spiral},
    GeneratorRow{{"moons", FLATLINE_TEXT("Moons"),
                  FLATLINE_TEXT("(cos t, sin t) and (1 − cos t, ½ − sin t), t from 0 to π, + N(0, noise²)"), true, true,
                  2, classes, false},
                 {"upper", "lower"},
                 1.0,
                 moons},
    GeneratorRow{{"plane", FLATLINE_TEXT("Plane"),
                  FLATLINE_TEXT("x₁, x₂ from U(−6, 6), y = (x₁ + x₂)/10 of the point moved by U(−6, 6)·noise; "
                                "features scaled by 1/6"),
                  true, true, 2, regression, false},
                 {},
                 playground,
                 plane},
    GeneratorRow{{"multi-gaussians", FLATLINE_TEXT("Six cones"),
                  FLATLINE_TEXT("x₁, x₂ from U(−6, 6), y = ±(1 − d/2) at the distance d < 2 from the nearest "
                                "of six centres, else 0, of the point moved by U(−6, 6)·noise; features "
                                "scaled by 1/6"),
                  true, true, 2, regression, false},
                 {},
                 playground,
                 multiGaussians},
    GeneratorRow{{"abs", FLATLINE_TEXT("Absolute value"), FLATLINE_TEXT("x from U(−√3, √3), y = |x|"), true, false, 1,
                  regression, false},
                 {},
                 1.0,
                 absolute},
    GeneratorRow{{"sine", FLATLINE_TEXT("Sine"), FLATLINE_TEXT("x from U(−√3, √3), y = x·sin(5x)"), true, false, 1,
                  regression, false},
                 {},
                 1.0,
                 sine},
};

} // namespace

std::span<const GeneratorRow> generatorTable() {
    return table;
}

const GeneratorRow* findGenerator(std::string_view id) {
    for (const GeneratorRow& row : table)
        if (id == row.source.id)
            return &row;
    return nullptr;
}

RawData generate(const GeneratorRow& generator, int samples, double noise, std::uint64_t seed) {
    const bool twoDimensional = generator.source.features == 2;
    RawData data;
    data.task = generator.source.task;
    data.featureNames = twoDimensional ? std::vector<std::string>{"x1", "x2"} : std::vector<std::string>{"x"};
    data.targetName = data.task == Task::Classification ? "class" : "y";
    if (data.task == Task::Classification)
        data.classNames.assign(generator.classNames.begin(), generator.classNames.end());
    const Points points = generator.draw(samples, noise, RandomStream(seed, StreamId::Data));
    data.features.reserve(points.size() * (twoDimensional ? 2 : 1));
    (data.task == Task::Classification ? data.labels.reserve(points.size()) : data.values.reserve(points.size()));
    for (const Point& point : points) {
        data.features.push_back(point.x * generator.scale);
        if (twoDimensional)
            data.features.push_back(point.y * generator.scale);
        if (data.task == Task::Classification)
            data.labels.push_back(static_cast<int>(point.target));
        else
            data.values.push_back(point.target);
    }
    return data;
}

} // namespace flatline
