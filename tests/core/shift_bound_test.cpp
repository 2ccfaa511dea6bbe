#include "core/base/random.h"
#include "core/diagnosis/evaluation.h"
#include "core/diagnosis/shift_bound.h"
#include "tests/core/bound_case.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace flatline;
using bounds::Case;
using bounds::drawCase;

namespace {

/// z of all hidden neurons on all samples: [layer], neuron after neuron.
std::vector<std::vector<float>> valuesOf(Evaluator& evaluator, const Network<float>& network,
                                         const std::vector<float>& parameters, std::vector<float>& inputNorms) {
    std::vector<std::vector<float>> values(network.spec().hidden.size());
    inputNorms.assign(values.size(), 0.0F);
    evaluator.forEachTile(network, parameters.data(), TileKeep::States,
                          [&](const TilePass& pass, const TileSamples& tile, int) {
                              for (std::size_t k = 0; k < values.size(); ++k) {
                                  inputNorms[k] = std::max(inputNorms[k], pass.greatestInputNorm(tile, k));
                                  for (int j = 0; j < network.spec().hidden[k]; ++j) {
                                      const float* z = pass.preActivations(k) + j * pass.stride();
                                      values[k].insert(values[k].end(), z, z + tile.samples);
                                  }
                              }
                          });
    return values;
}

double furthest(const std::vector<float>& a, const std::vector<float>& b, std::size_t neuron, std::size_t samples) {
    double most = 0.0;
    for (std::size_t s = neuron * samples; s < (neuron + 1) * samples; ++s)
        most = std::max(most, std::abs(static_cast<double>(a[s]) - static_cast<double>(b[s])));
    return most;
}

} // namespace

class ShiftBoundTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where some sample's z moves further than the bound says: a death or a revival would be missed. Moves of
    // all sizes, of all parameters or of a single one, with batch norm and with warming.
    void noSampleMovesFurther() {
        RandomStream stream(31, StreamId::Data, 1);
        for (const BatchNorm norm : {BatchNorm::None, BatchNorm::BeforeActivation, BatchNorm::AfterActivation})
            for (int number = 0; number < 200; ++number) {
                const Case c = drawCase(norm, "relu", stream);
                Network<float> network(c.spec);
                Evaluator evaluator(c.spec, c.split);
                std::vector<float> norms;
                const auto before = valuesOf(evaluator, network, c.parameters, norms);
                ShiftBound bound;
                bound.start(network, c.parameters.data(), norms, 1.0);
                std::vector<float> moved = c.parameters;
                const double size = std::pow(10.0, stream.uniform(-9.0, 0.0));
                const std::size_t only = stream.bits() % moved.size();
                for (std::size_t i = 0; i < moved.size(); ++i)
                    if (number % 2 == 0 || i == only)
                        moved[i] *= static_cast<float>(std::exp(size * stream.normal()));
                if (number % 3 == 0)
                    network.setBiasShift(size);
                std::vector<float> ignored;
                const auto after = valuesOf(evaluator, network, moved, ignored);
                bound.compare(network, moved.data());
                for (std::size_t k = 0; k < before.size(); ++k)
                    for (std::size_t j = 0; j < static_cast<std::size_t>(c.spec.hidden[k]); ++j)
                        QVERIFY(furthest(before[k], after[k], j, 40) <= bound.of(k, j));
            }
    }

    // Breaks where the bound, gone on to the next moment again and again, forgets how far the inputs may have grown, or
    // goes on measuring from the first moment. With norms of some layers known and without.
    void goesOnFromMomentToMoment() {
        RandomStream stream(31, StreamId::Data, 4);
        for (const BatchNorm norm : {BatchNorm::None, BatchNorm::BeforeActivation})
            for (int number = 0; number < 30; ++number) {
                const Case c = drawCase(norm, "relu", stream);
                const Network<float> network(c.spec);
                Evaluator evaluator(c.spec, c.split);
                std::vector<float> norms;
                auto before = valuesOf(evaluator, network, c.parameters, norms);
                ShiftBound bound;
                bound.start(network, c.parameters.data(), norms, 1.0);
                std::vector<std::vector<float>> moments(8, c.parameters); // they stay
                const double size = std::pow(10.0, stream.uniform(-6.0, -1.0));
                for (std::size_t m = 1; m < moments.size(); ++m) {
                    moments[m] = moments[m - 1];
                    for (float& x : moments[m])
                        x *= static_cast<float>(std::exp(size * stream.normal()));
                    const auto after = valuesOf(evaluator, network, moments[m], norms);
                    bound.compare(network, moments[m].data());
                    for (std::size_t k = 0; k < before.size(); ++k)
                        for (std::size_t j = 0; j < static_cast<std::size_t>(c.spec.hidden[k]); ++j)
                            QVERIFY(furthest(before[k], after[k], j, 40) <= bound.of(k, j));
                    norms.resize(m % 4);
                    bound.goOn(network, moments[m].data(), norms);
                    bound.compare(network, moments[m].data());
                    QCOMPARE(bound.of(2, 3), 0.0);
                    before = after;
                }
            }
    }

    // Breaks where some sample's z moves further, at one of many moments, than the bound of all of them says, or where
    // that claims too much to be of use.
    void manyMomentsAtOnce() {
        RandomStream stream(31, StreamId::Data, 2);
        for (int number = 0; number < 50; ++number) {
            const Case c = drawCase(BatchNorm::None, "relu", stream);
            const Network<float> network(c.spec);
            Evaluator evaluator(c.spec, c.split);
            std::vector<float> norms;
            const auto before = valuesOf(evaluator, network, c.parameters, norms);
            ShiftBound bound;
            bound.start(network, c.parameters.data(), norms, 1.0);
            const double size = std::pow(10.0, stream.uniform(-8.0, -1.0));
            std::vector<float> differences(c.parameters.size(), 0.0F);
            std::vector<std::vector<std::vector<float>>> after;
            std::vector<float> moved = c.parameters;
            for (int moment = 0; moment < 10; ++moment) {
                for (std::size_t i = 0; i < moved.size(); ++i) {
                    moved[i] += static_cast<float>(size * stream.normal());
                    differences[i] = std::max(differences[i], std::abs(moved[i] - c.parameters[i]));
                }
                std::vector<float> ignored;
                after.push_back(valuesOf(evaluator, network, moved, ignored));
            }
            QVERIFY(bound.compareAll(differences.data()));
            for (std::size_t k = 0; k < before.size(); ++k)
                for (std::size_t j = 0; j < static_cast<std::size_t>(c.spec.hidden[k]); ++j) {
                    double furthestOf = 0.0;
                    for (const auto& values : after)
                        furthestOf = std::max(furthestOf, furthest(before[k], values[k], j, 40));
                    QVERIFY(furthestOf <= bound.of(k, j));
                    QVERIFY(k > 0 || size < 1e-4 || bound.of(k, j) <= 6.0 * furthestOf);
                }
        }
    }

    // Breaks where a neuron that cannot have changed by a bit is told apart wrongly.
    void zeroWhereNothingChanged() {
        RandomStream stream(31, StreamId::Data, 3);
        const Case c = drawCase(BatchNorm::None, "relu", stream);
        const Network<float> network(c.spec);
        const Layout& layout = network.layout();
        ShiftBound bound;
        bound.start(network, c.parameters.data(), {1.0F, 1.0F, 1.0F}, 1.0);
        std::vector<float> moved = c.parameters;
        moved[layout.block(2, BlockKind::Weight).at(3, 1)] *= 1.0F + 1e-6F;
        bound.compare(network, moved.data());
        for (std::size_t j = 0; j < 6; ++j)
            QCOMPARE(bound.of(0, j), 0.0);
        for (std::size_t j = 0; j < 5; ++j)
            QCOMPARE(bound.of(1, j) == 0.0, j != 3);
        for (std::size_t j = 0; j < 7; ++j)
            QVERIFY(bound.of(2, j) > 0.0);
    }
};

QTEST_GUILESS_MAIN(ShiftBoundTest)
#include "shift_bound_test.moc"
