#include "core/network/initialization.h"
#include "core/training/reset_neurons.h"

#include <QTest>

#include <algorithm>

using namespace flatline;

namespace {

/// Two inputs, hidden layers of 3 and 2, two outputs; slopes and batch norm too.
const Layout layout({2, 3, 2, 2}, {true, true});

struct Values {
    std::vector<float> fresh = std::vector<float>(layout.size(), 7.0F);
    std::vector<float> parameters = std::vector<float>(layout.size(), 1.0F);
    OptimizerState state{std::vector<float>(layout.size(), 2.0F), std::vector<float>(layout.size(), 3.0F), 40};
};

/// What became of each parameter: 7 fresh, 0 silenced, 1 as it was.
float fate(const Values& values, int layer, BlockKind kind, int row, int column = 0) {
    return values.parameters[layout.block(layer, kind).at(row, column)];
}

} // namespace

class ResetNeuronsTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a neuron's own parameters (weights, bias, slope, batch norm) are not all fresh, an outgoing weight
    // is not 0, or anything else changes.
    void oneNeuron() {
        Values values;
        QCOMPARE(resetNeurons({{0, 1, 0}, {0, 0}}, layout, values.fresh, values.parameters, values.state), 1);
        for (const Block& block : layout.blocks())
            for (int row = 0; row < block.rows; ++row)
                for (int column = 0; column < block.columns; ++column) {
                    const bool own = block.layer == 1 && row == 1;
                    const bool outgoing = block.layer == 2 && block.kind == BlockKind::Weight && column == 1;
                    QCOMPARE(values.parameters[block.at(row, column)], own ? 7.0F : (outgoing ? 0.0F : 1.0F));
                }
    }

    // Breaks where the last hidden layer's neurons still speak to the outputs, or an output is reset.
    void theLastHiddenLayer() {
        Values values;
        QCOMPARE(resetNeurons({{0, 0, 0}, {1, 0}}, layout, values.fresh, values.parameters, values.state), 1);
        QCOMPARE(fate(values, 2, BlockKind::Weight, 0, 2), 7.0F);
        QCOMPARE(fate(values, 3, BlockKind::Weight, 0, 0), 0.0F);
        QCOMPARE(fate(values, 3, BlockKind::Weight, 1, 0), 0.0F);
        QCOMPARE(fate(values, 3, BlockKind::Weight, 1, 1), 1.0F);
        QCOMPARE(fate(values, 3, BlockKind::Bias, 0), 1.0F);
    }

    // Breaks where all at once are cut off from each other: edges between two that are both reset are fresh, those to
    // the outputs 0, and the outputs' own biases stay.
    void allAtOnceKeepTheEdgesBetweenThem() {
        Values values;
        QCOMPARE(resetNeurons({{1, 1, 1}, {1, 1}}, layout, values.fresh, values.parameters, values.state), 5);
        for (int row = 0; row < 2; ++row) {
            for (int column = 0; column < 3; ++column)
                QCOMPARE(fate(values, 2, BlockKind::Weight, row, column), 7.0F);
            for (int column = 0; column < 2; ++column)
                QCOMPARE(fate(values, 3, BlockKind::Weight, row, column), 0.0F);
            QCOMPARE(fate(values, 3, BlockKind::Bias, row), 1.0F);
        }
        Values some; // of an edge between one that is reset and one that is not, the receiver decides
        (void)resetNeurons({{1, 0, 0}, {1, 0}}, layout, some.fresh, some.parameters, some.state);
        QCOMPARE(fate(some, 2, BlockKind::Weight, 0, 0), 7.0F);
        QCOMPARE(fate(some, 2, BlockKind::Weight, 0, 1), 7.0F);
        QCOMPARE(fate(some, 2, BlockKind::Weight, 1, 0), 0.0F);
        QCOMPARE(fate(some, 2, BlockKind::Weight, 1, 1), 1.0F);
    }

    // Breaks where the optimizer remembers a parameter that was reset, or forgets one that was not; where an optimizer
    // without memory gets one.
    void theOptimizerForgetsExactlyThese() {
        Values values;
        (void)resetNeurons({{0, 1, 0}, {0, 1}}, layout, values.fresh, values.parameters, values.state);
        for (std::size_t i = 0; i < layout.size(); ++i) {
            const bool untouched = values.parameters[i] == 1.0F;
            QCOMPARE(values.state.first[i], untouched ? 2.0F : 0.0F);
            QCOMPARE(values.state.second[i], untouched ? 3.0F : 0.0F);
        }
        QCOMPARE(values.state.steps, 40);
        OptimizerState empty;
        (void)resetNeurons({{0, 1, 0}, {0, 1}}, layout, values.fresh, values.parameters, empty);
        QCOMPARE(empty, OptimizerState{});
    }

    // Breaks where nobody is meant and something changes.
    void nobody() {
        Values values;
        QCOMPARE(resetNeurons({{0, 0, 0}, {0, 0}}, layout, values.fresh, values.parameters, values.state), 0);
        QCOMPARE(values.parameters, Values().parameters);
        QCOMPARE(values.state, Values().state);
    }
};

QTEST_GUILESS_MAIN(ResetNeuronsTest)
#include "reset_neurons_test.moc"
