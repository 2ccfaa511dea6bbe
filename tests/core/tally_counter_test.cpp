#include "core/base/random.h"
#include "core/diagnosis/evaluation.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

struct Case {
    NetworkSpec spec;
    Split split;
    std::vector<float> parameters;
};

Case drawCase(const ActivationRow& activation, int samples) {
    Case c;
    c.spec.inputs = 2;
    c.spec.hidden = {5, 3, 8};
    c.spec.outputs = 1;
    c.spec.activation = &activation;
    c.spec.activationParameters = activationParameters(activation, std::nullopt, 0.0);
    c.spec.objective = findObjective("linear");
    RandomStream stream(23, StreamId::Data, static_cast<std::uint32_t>(samples));
    c.parameters.resize(layoutOf(c.spec).size());
    for (float& x : c.parameters)
        x = static_cast<float>(stream.normal());
    const Block bias = layoutOf(c.spec).block(1, BlockKind::Bias);
    c.parameters[bias.at(1, 0)] = -100.0F; // one that ReLU kills
    c.split.features.resize(samples, 2);
    for (float& x : c.split.features.reshaped())
        x = static_cast<float>(stream.normal());
    c.split.features.row(0).setZero();
    c.split.targets.values = Batch<float>::Zero(samples, 1);
    return c;
}

Tallies countedOf(const Case& c, Evaluator& evaluator, const std::vector<float>& parameters, bool* finite = nullptr) {
    TallyCounter counter;
    counter.begin(c.spec);
    evaluator.forEachTile(Network<float>(c.spec), parameters.data(), TileKeep::States,
                          [&](TilePass& pass, const TileSamples&, int) { counter.add(pass); });
    Tallies tallies;
    counter.finish(tallies);
    if (finite != nullptr)
        *finite = counter.allFinite();
    return tallies;
}

} // namespace

class TallyCounterTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a figure of a neuron is not what a look at all values, one by one, finds.
    void likeALookAtAllValues_data() {
        QTest::addColumn<QString>("activation");
        for (const ActivationRow& row : activationTable())
            QTest::newRow(row.id) << row.id;
    }
    void likeALookAtAllValues() {
        QFETCH(QString, activation);
        const ActivationRow& row = *findActivation(activation.toStdString());
        for (const kernels::Kernels* kernels : kernels::available())
            for (const int samples : {1, 7, 8, 50, 333})
                for (const double slopeAtZero : {0.0, 0.5}) {
                    Case c = drawCase(row, samples);
                    c.spec.activationParameters.slopeAtZero = row.hasSlopeAtZero ? slopeAtZero : 0.0;
                    const Network<float> network(c.spec);
                    Evaluator evaluator(c.spec, c.split, *kernels);
                    const Tallies counted = countedOf(c, evaluator, c.parameters);
                    Tallies expected;
                    evaluator.forEachPiece(
                        network, c.parameters.data(),
                        [&](Pass<float>& pass, const Batch<float>&, const Targets<float>&, Eigen::Index first) {
                            addToTallies(network, c.parameters.data(), pass, first == 0, expected);
                        });
                    QCOMPARE(counted.size(), expected.size());
                    for (std::size_t k = 0; k < counted.size(); ++k)
                        for (std::size_t j = 0; j < counted[k].size(); ++j) {
                            const NeuronTally& a = counted[k][j];
                            const NeuronTally& b = expected[k][j];
                            QCOMPARE(a.maximum, b.maximum);
                            QCOMPARE(a.minimum, b.minimum);
                            QCOMPARE(a.active, b.active);
                            QCOMPARE(a.zeroSlope, b.zeroSlope);
                            QVERIFY(std::abs(a.greatestSlope - b.greatestSlope) <= 2e-6F * b.greatestSlope);
                            QVERIFY(std::abs(a.absoluteOutput - b.absoluteOutput) <= 1e-12 * b.absoluteOutput);
                        }
                }
    }

    // Breaks where tiles of another size give other bits.
    void tilesMakeNoDifference() {
        for (const kernels::Kernels* kernels : kernels::available())
            for (const ActivationRow& row : activationTable()) {
                const Case c = drawCase(row, 333);
                Tallies expected;
                for (const int tile : {8, 48, 240, 400}) {
                    Evaluator evaluator(c.spec, c.split, tile, *kernels);
                    const Tallies counted = countedOf(c, evaluator, c.parameters);
                    if (expected.empty())
                        expected = counted;
                    for (std::size_t k = 0; k < counted.size(); ++k)
                        for (std::size_t j = 0; j < counted[k].size(); ++j) {
                            QCOMPARE(counted[k][j].maximum, expected[k][j].maximum);
                            QCOMPARE(counted[k][j].zeroSlope, expected[k][j].zeroSlope);
                            QVERIFY(counted[k][j].absoluteOutput == expected[k][j].absoluteOutput);
                            QVERIFY(counted[k][j].greatestSlope == expected[k][j].greatestSlope);
                        }
                }
            }
    }

    // Breaks where a z that is infinite or NaN is passed over.
    void whatIsNotFiniteShows() {
        const Case c = drawCase(*findActivation("relu"), 50);
        const std::size_t bias = layoutOf(c.spec).block(2, BlockKind::Bias).at(1, 0);
        for (const kernels::Kernels* kernels : kernels::available())
            for (const float value : {INFINITY, -INFINITY, NAN}) {
                Evaluator evaluator(c.spec, c.split, *kernels);
                bool finite = false;
                (void)countedOf(c, evaluator, c.parameters, &finite);
                QVERIFY(finite);
                std::vector<float> broken = c.parameters;
                broken[bias] = value;
                const Tallies counted = countedOf(c, evaluator, broken, &finite);
                QVERIFY(!finite);
                QCOMPARE(std::isnan(counted[1][1].maximum), std::isnan(value));
                QCOMPARE(std::isnan(counted[1][1].minimum), std::isnan(value));
            }
    }
};

QTEST_GUILESS_MAIN(TallyCounterTest)
#include "tally_counter_test.moc"
