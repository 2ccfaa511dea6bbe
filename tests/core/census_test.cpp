#include "core/base/random.h"
#include "core/diagnosis/census.h"

#include <QTest>

#include <cmath>

using namespace flatline;

class CensusTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where who is dead, or a margin, is other than a look at all values with the plain derivative finds; with
    // z that is exactly 0, infinite or not a number as well.
    void countsAsTheDerivativeSays() {
        for (const ActivationRow& row : activationTable())
            for (const float bias : {0.0F, -200.0F, INFINITY, NAN})
                for (const double slopeAtZero : {0.0, 0.5}) {
                    NetworkSpec spec;
                    spec.inputs = 2;
                    spec.hidden = {5, 3};
                    spec.outputs = 1;
                    spec.activation = &row;
                    spec.activationParameters =
                        activationParameters(row, std::nullopt, row.hasSlopeAtZero ? slopeAtZero : 0.0);
                    spec.objective = findObjective("linear");
                    check(spec, bias);
                }
    }

private:
    static void check(const NetworkSpec& spec, float bias) {
        RandomStream stream(41, StreamId::Data, 1);
        const Network<float> network(spec);
        std::vector<float> parameters(network.layout().size());
        for (float& x : parameters)
            x = static_cast<float>(stream.normal());
        const Block& weights = network.layout().block(1, BlockKind::Weight);
        parameters[weights.at(1, 0)] = parameters[weights.at(1, 1)] = 0.0F;
        parameters[network.layout().block(1, BlockKind::Bias).at(1, 0)] = bias;
        Split split;
        split.features.resize(70, 2);
        for (float& x : split.features.reshaped())
            x = static_cast<float>(stream.normal());
        split.targets.values = Batch<float>::Zero(70, 1);
        Evaluator evaluator(spec, split, 24, kernels::chosen());
        Census census;
        const Tallies& counted = census.take(network, parameters.data(), evaluator);
        Tallies expected;
        evaluator.forEachPiece(network, parameters.data(),
                               [&](Pass<float>& pass, const Batch<float>&, const Targets<float>&, Eigen::Index first) {
                                   addToTallies(network, parameters.data(), pass, first == 0, expected);
                               });
        for (std::size_t k = 0; k < expected.size(); ++k)
            for (std::size_t j = 0; j < expected[k].size(); ++j) {
                QCOMPARE(counted[k][j].zeroSlope, expected[k][j].zeroSlope);
                QCOMPARE(counted[k][j].active, expected[k][j].active);
                if (std::isfinite(bias))
                    QCOMPARE(counted[k][j].maximum, expected[k][j].maximum);
            }
    }
};

QTEST_GUILESS_MAIN(CensusTest)
#include "census_test.moc"
