#include "core/network/initialization.h"
#include "tests/core/fixtures.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>

using namespace flatline;

namespace {

using Distribution = std::function<double(double)>;

/// The largest distance between the values' distribution and the one expected, in units of 1 / sqrt(count).
/// Kolmogorov: above 1.95 once in a thousand times.
double kolmogorovSmirnov(std::vector<double> values, const Distribution& expected) {
    std::ranges::sort(values);
    const auto count = static_cast<double>(values.size());
    double distance = 0.0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double p = expected(values[i]);
        distance = std::max({distance, p - static_cast<double>(i) / count, static_cast<double>(i + 1) / count - p});
    }
    return distance * std::sqrt(count);
}

double normalDistribution(double z) {
    return 0.5 * std::erfc(-z / std::sqrt(2.0));
}

std::vector<double> valuesOf(const std::vector<float>& parameters, const Block& block) {
    const auto first = parameters.begin() + static_cast<std::ptrdiff_t>(block.offset);
    return {first, first + static_cast<std::ptrdiff_t>(block.size())};
}

/// The variance that each id's weights have at gain 1; `uniform`: whether they are uniform.
struct Expected {
    double variance;
    bool uniform;
};
std::map<std::string, Expected> expectedFor(double fanIn, double fanOut) {
    return {{"he-normal", {2.0 / fanIn, false}},
            {"he-uniform", {2.0 / fanIn, true}},
            {"xavier-normal", {2.0 / (fanIn + fanOut), false}},
            {"xavier-uniform", {2.0 / (fanIn + fanOut), true}},
            {"lecun-normal", {1.0 / fanIn, false}},
            {"uniform", {1.0 / 12.0, true}},
            {"pytorch", {1.0 / (3.0 * fanIn), true}}};
}

/// Many neurons of few inputs, drawn with gain.
std::vector<float> asymmetric(const Layout& layout, double gain) {
    return initialParameters(layout, {"asymmetric", gain, 0.0, ""}, 0.0, 11);
}

} // namespace

class InitializationTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a distribution is not the table's, times gain: seed 3, 20,000 weights, by their Kolmogorov-Smirnov
    // distance from it (2 at most) and their second moment (within five standard errors).
    void distributionsAreTheTables() {
        const Layout layout({100, 200, 50});
        const Block& weights = layout.block(1, BlockKind::Weight);
        const auto expected = expectedFor(100, 200);
        int checked = 0;
        for (const InitializationRow& row : initializationTable()) {
            const auto parameters = initialParameters(layout, {row.id, 0.5, 0.25, ""}, 0.0, 3);
            const auto found = expected.find(row.id);
            if (found == expected.end())
                continue;
            ++checked;
            const double deviation = 0.5 * std::sqrt(found->second.variance);
            const double half = deviation * std::sqrt(3.0);
            const auto distribution = [&](double w) {
                return found->second.uniform ? std::clamp(0.5 + 0.5 * w / half, 0.0, 1.0)
                                             : normalDistribution(w / deviation);
            };
            const std::vector<double> values = valuesOf(parameters, weights);
            double square = 0.0;
            for (const double w : values)
                square += w * w / static_cast<double>(values.size());
            QVERIFY2(std::abs(square / (deviation * deviation) - 1.0) <
                         5.0 * std::sqrt(2.0 / static_cast<double>(values.size())),
                     row.id);
            QVERIFY2(kolmogorovSmirnov(values, distribution) < 2.0, row.id);
            const double largest = std::abs(
                *std::ranges::max_element(values, [](double a, double b) { return std::abs(a) < std::abs(b); }));
            QVERIFY2(!found->second.uniform || largest <= half * 1.0000001, row.id);
        }
        QCOMPARE(checked + 2, static_cast<int>(initializationTable().size())); // asymmetric and zeros: below
    }

    // Breaks where biases are drawn that should not be, or `bias` is not added to every one.
    void biasesAreZeroButWhereTheRowDrawsThem() {
        const Layout layout({100, 2000, 50});
        for (const InitializationRow& row : initializationTable()) {
            const auto parameters = initialParameters(layout, {row.id, 0.5, 0.25, ""}, 0.0, 3);
            const std::vector<double> biases = valuesOf(parameters, layout.block(1, BlockKind::Bias));
            const std::string id = row.id;
            if (id == "pytorch") {
                const double half = 0.5 / std::sqrt(100.0);
                QVERIFY(kolmogorovSmirnov(biases, [&](double b) {
                            return std::clamp(0.5 + 0.5 * (b - 0.25) / half, 0.0, 1.0);
                        }) < 2.0);
            } else if (id != "asymmetric") {
                QVERIFY2(std::ranges::all_of(biases, [](double b) { return b == 0.25; }), row.id);
            }
        }
        const auto zeros = initialParameters(layout, {"zeros", 5.0, 0.0, ""}, 0.0, 3);
        QVERIFY(std::ranges::all_of(zeros, [](float value) { return value == 0.0F; }));
    }

    // Breaks where an entry of `asymmetric` (weight or bias) is not, with probability 1 / (fan_in + 1), a draw from
    // Beta(2, 1), whose distribution is x^2, and else one from N(0, 0.6007^2 / fan_in), both times gain. Seed 11,
    // 20,000 neurons of 1, 2 and 5 inputs: every weight's place and the bias by itself.
    void asymmetricEntriesHaveTheirMixture() {
        constexpr double gain = 1.5;
        constexpr int neurons = 20000;
        for (const int fanIn : {1, 2, 5}) {
            const Layout layout({fanIn, neurons, 1});
            const auto parameters = asymmetric(layout, gain);
            const double deviation = gain * 0.6007 / std::sqrt(fanIn);
            const auto mixture = [&](double x) {
                const double beta = std::pow(std::clamp(x / gain, 0.0, 1.0), 2);
                return (beta + fanIn * normalDistribution(x / deviation)) / (fanIn + 1);
            };
            std::vector<double> biases = valuesOf(parameters, layout.block(1, BlockKind::Bias));
            const double mean = std::accumulate(biases.begin(), biases.end(), 0.0) / neurons;
            QVERIFY(std::abs(mean - gain * 2.0 / 3.0 / (fanIn + 1)) < 0.02);
            QVERIFY(kolmogorovSmirnov(std::move(biases), mixture) < 2.0);
            for (int input = 0; input < fanIn; ++input) {
                std::vector<double> column;
                for (int neuron = 0; neuron < neurons; ++neuron)
                    column.push_back(
                        static_cast<double>(parameters[layout.block(1, BlockKind::Weight).at(neuron, input)]));
                QVERIFY(kolmogorovSmirnov(std::move(column), mixture) < 2.0);
            }
        }
    }

    // Breaks where a neuron has two Beta entries, or none, or one place is chosen more often than another. With 4000
    // inputs the normal entries are below 0.06 (six deviations), so that a larger one is the Beta draw: exactly one in
    // 99.6 % of 2000 neurons (the draw itself is smaller in 0.06^2 of them), and never two. Its place is uniform over
    // ten parts of the neuron (chi-square of nine degrees: above 27.9 once in a thousand times), its value Beta(2, 1).
    void asymmetricDrawsOneBetaANeuron() {
        constexpr int fanIn = 4000;
        constexpr int neurons = 2000;
        constexpr double clear = 0.06;
        const Layout layout({fanIn, neurons, 1});
        const auto parameters = asymmetric(layout, 1.0);
        std::vector<double> large;
        std::vector<int> parts(10, 0);
        for (int neuron = 0; neuron < neurons; ++neuron) {
            int own = 0;
            for (int i = 0; i <= fanIn; ++i) {
                const Block& block = layout.block(1, i < fanIn ? BlockKind::Weight : BlockKind::Bias);
                const auto value = static_cast<double>(parameters[block.at(neuron, i < fanIn ? i : 0)]);
                if (std::abs(value) <= clear)
                    continue;
                ++own;
                large.push_back(value);
                ++parts[static_cast<std::size_t>(i * 10 / (fanIn + 1))];
            }
            QVERIFY2(own <= 1, qPrintable(QString("neuron %1 has %2").arg(neuron).arg(own)));
        }
        const auto count = static_cast<double>(large.size());
        QVERIFY(std::abs(count / neurons - (1.0 - clear * clear)) < 0.006); // four standard errors
        double chiSquare = 0.0;
        for (const int part : parts)
            chiSquare += std::pow(part - count / 10.0, 2) / (count / 10.0);
        QVERIFY2(chiSquare < 27.9, qPrintable(QString::number(chiSquare)));
        QVERIFY(kolmogorovSmirnov(large, [](double x) { return (x * x - clear * clear) / (1.0 - clear * clear); }) <
                2.0);
    }

    // Breaks where the width of one layer changes another's draws.
    void layersDrawForThemselves() {
        const Layout narrow({2, 8, 4, 2});
        const Layout wide({2, 8, 40, 2});
        for (const InitializationRow& row : initializationTable()) {
            if (std::string_view(row.id).starts_with("xavier"))
                continue; // its scale has the width in it
            const auto a = initialParameters(narrow, {row.id, 1.0, 0.0, ""}, 0.0, 1);
            const auto b = initialParameters(wide, {row.id, 1.0, 0.0, ""}, 0.0, 1);
            const Block& first = narrow.block(1, BlockKind::Weight);
            for (std::size_t i = 0; i < first.size(); ++i)
                QCOMPARE(a[first.offset + i], b[first.offset + i]);
        }
    }

    // Breaks where slopes and batch norm do not start as they should, or change what is drawn.
    void slopesAndBatchNormStartAtTheirConstants() {
        const Layout plain({2, 4, 3, 2});
        const Layout rich({2, 4, 3, 2}, {true, true});
        const auto drawn = initialParameters(plain, {"pytorch", 1.0, 0.0, ""}, 0.0, 5);
        const auto parameters = initialParameters(rich, {"pytorch", 1.0, 0.0, ""}, 0.3, 5);
        const std::map<BlockKind, float> constants{{BlockKind::Alpha, 0.3F},
                                                   {BlockKind::Gamma, 1.0F},
                                                   {BlockKind::Beta, 0.0F},
                                                   {BlockKind::RunningMean, 0.0F},
                                                   {BlockKind::RunningVariance, 1.0F}};
        for (const Block& block : rich.blocks())
            for (std::size_t i = 0; i < block.size(); ++i)
                QCOMPARE(parameters[block.offset + i], constants.contains(block.kind)
                                                           ? constants.at(block.kind)
                                                           : drawn[plain.block(block.layer, block.kind).offset + i]);
    }
};

QTEST_GUILESS_MAIN(InitializationTest)
#include "initialization_test.moc"
