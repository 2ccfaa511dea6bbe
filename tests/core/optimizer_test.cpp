#include "core/base/random.h"
#include "core/training/optimizer.h"
#include "tests/core/reference_rules.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace flatline;

namespace {

/// Every kind of parameter.
const Layout layout({2, 3, 1}, {true, true});

std::vector<float> normals(std::uint32_t draw, double scale) {
    RandomStream stream(41, StreamId::Data, draw);
    std::vector<float> values(layout.size());
    for (float& value : values)
        value = static_cast<float>(scale * stream.normal());
    return values;
}

/// Gradients of very different sizes, none where no gradient reaches.
std::vector<float> gradientAt(int step) {
    std::vector<float> gradient = normals(static_cast<std::uint32_t>(step) + 1, 1.0);
    for (const Block& block : layout.blocks())
        for (std::size_t i = block.offset; i < block.offset + block.size(); ++i)
            gradient[i] *=
                isLearnt(block.kind) ? static_cast<float>(std::pow(10.0, -static_cast<double>(i % 7))) : 0.0F;
    return gradient;
}

struct Run {
    TrainingSettings settings;
    const OptimizerRow* rule = nullptr;
    OptimizerState state;
    std::vector<float> parameters;
    std::vector<float> before; ///< the last step

    explicit Run(TrainingSettings its)
        : settings(std::move(its))
        , rule(findOptimizer(settings.optimizer))
        , parameters(normals(0, 1.0)) {}

    void step(const std::vector<float>& gradient) {
        before = parameters;
        rule->update(settings, layout, before, gradient, state, parameters);
    }
};

TrainingSettings settingsOf(const std::string& optimizer, double momentum, double weightDecay, double biasDecay) {
    TrainingSettings settings;
    settings.optimizer = optimizer;
    settings.learningRate = 0.05;
    settings.momentum = momentum;
    settings.weightDecay = weightDecay;
    settings.biasDecay = biasDecay;
    return settings;
}

double valueOf(const std::vector<float>& values, std::size_t i) {
    return static_cast<double>(values[i]);
}

/// Moves a single weight, which starts at 0, by `count` steps of the same gradient.
double push(Run& run, float gradient, int count) {
    const std::vector<float> all(layout.size(), gradient);
    for (int i = 0; i < count; ++i)
        run.step(all);
    return valueOf(run.parameters, 0);
}

void addRules() {
    QTest::addColumn<QString>("optimizer");
    QTest::addColumn<double>("momentum");
    for (const OptimizerRow& row : optimizerTable())
        for (const double momentum : {0.0, 0.9})
            if (row.hasMomentum || momentum == 0.0)
                QTest::addRow("%s, momentum %g", row.id, momentum) << row.id << momentum;
}

} // namespace

class OptimizerTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a rule is not PyTorch's over 50 steps: for each kind of parameter, with and without decay, coupled
    // (sgd, rmsprop) or decoupled (adam), and none on slopes and batch norm.
    void rulesAsWrittenDown_data() { addRules(); }
    void rulesAsWrittenDown() {
        QFETCH(QString, optimizer);
        QFETCH(double, momentum);
        for (const auto& [weightDecay, biasDecay] : {std::pair{0.0, 0.0}, {0.1, 0.0}, {0.0, 0.3}, {2.0, 0.5}}) {
            Run run(settingsOf(optimizer.toStdString(), momentum, weightDecay, biasDecay));
            std::vector<double> expected(run.parameters.begin(), run.parameters.end());
            std::vector<reference::Memory> memory(layout.size());
            for (int step = 0; step < 50; ++step) {
                const std::vector<float> gradient = gradientAt(step);
                run.step(gradient);
                for (const Block& block : layout.blocks()) {
                    const double lambda = block.kind == BlockKind::Weight ? weightDecay
                                          : block.kind == BlockKind::Bias ? biasDecay
                                                                          : 0.0;
                    for (std::size_t i = block.offset; i < block.offset + block.size(); ++i) {
                        if (isLearnt(block.kind))
                            expected[i] =
                                reference::update(run.settings, lambda, expected[i], valueOf(gradient, i), memory[i]);
                        QVERIFY2(std::abs(valueOf(run.parameters, i) - expected[i]) <
                                     4e-6 * (1.0 + std::abs(expected[i])),
                                 qPrintable(QString("step %1, parameter %2: %3, not %4")
                                                .arg(step)
                                                .arg(i)
                                                .arg(valueOf(run.parameters, i), 0, 'g', 10)
                                                .arg(expected[i], 0, 'g', 10)));
                    }
                }
            }
        }
    }

    // Breaks where an optimizer moves batch norm's running figures.
    void runningFiguresAreLeftAlone_data() { addRules(); }
    void runningFiguresAreLeftAlone() {
        QFETCH(QString, optimizer);
        QFETCH(double, momentum);
        Run run(settingsOf(optimizer.toStdString(), momentum, 0.5, 0.5));
        const std::vector<float> start = run.parameters;
        (void)push(run, 1.0F, 20); // even if it were handed a gradient for them
        for (const Block& block : layout.blocks())
            for (std::size_t i = block.offset; i < block.offset + block.size(); ++i)
                QCOMPARE(run.parameters[i] == start[i], !isLearnt(block.kind));
    }

    // Breaks where a piece of a block is explained otherwise than the whole block.
    void piecesAreExplainedAlike_data() { addRules(); }
    void piecesAreExplainedAlike() {
        QFETCH(QString, optimizer);
        QFETCH(double, momentum);
        Run run(settingsOf(optimizer.toStdString(), momentum, 0.1, 0.4));
        const std::vector<float> gradient = gradientAt(1);
        run.step(gradient);
        MoveParts whole;
        MoveParts part;
        run.rule->explain(run.settings, layout.blocks(), run.before, gradient, run.state, whole);
        for (const Block& block : layout.blocks()) {
            const Block piece{block.layer, block.kind, 1, 1, block.offset + block.size() - 1};
            run.rule->explain(run.settings, std::span(&piece, 1), run.before, gradient, run.state, part);
            QVERIFY(std::abs(part.gradient[piece.offset] - whole.gradient[piece.offset]) <=
                    1e-6F * std::abs(whole.gradient[piece.offset]));
            QCOMPARE(part.memory.empty(), whole.memory.empty());
            if (!whole.memory.empty())
                QVERIFY(std::abs(part.memory[piece.offset] - whole.memory[piece.offset]) <=
                        1e-6F * std::abs(whole.memory[piece.offset]));
        }
    }

    // Breaks where a rule that remembers or decays is taken for one whose moves need no explanation.
    void onlyPlainStepsAreTheGradientsAlone() {
        QVERIFY(movesByGradientAlone(settingsOf("sgd", 0.0, 0.0, 0.0)));
        QVERIFY(movesByGradientAlone(settingsOf("rmsprop", 0.0, 0.0, 0.0)));
        QVERIFY(!movesByGradientAlone(settingsOf("sgd", 0.9, 0.0, 0.0)));
        QVERIFY(!movesByGradientAlone(settingsOf("adam", 0.0, 0.0, 0.0)));
        QVERIFY(!movesByGradientAlone(settingsOf("sgd", 0.0, 0.1, 0.0)));
        QVERIFY(!movesByGradientAlone(settingsOf("rmsprop", 0.0, 0.0, 0.1)));
    }

    // Breaks where the parts of a move do not add up to it: gradient + memory + decay = move, decay being what the rule
    // says; where something is remembered at the first step, or by a rule without memory.
    void movesAreExplained_data() { addRules(); }
    void movesAreExplained() {
        QFETCH(QString, optimizer);
        QFETCH(double, momentum);
        Run run(settingsOf(optimizer.toStdString(), momentum, 0.1, 0.4));
        const bool remembers = optimizer == "adam" || momentum > 0.0;
        for (int step = 0; step < 50; ++step) {
            const std::vector<float> gradient = gradientAt(step);
            run.step(gradient);
            MoveParts parts;
            run.rule->explain(run.settings, layout.blocks(), run.before, gradient, run.state, parts);
            QCOMPARE(!parts.memory.empty(), remembers);
            if (step == 0 && remembers)
                QVERIFY(std::ranges::all_of(parts.memory, [](float part) { return part == 0.0F; }));
            double largestMemory = 0.0;
            for (const Block& block : layout.blocks())
                for (std::size_t i = block.offset; i < block.offset + block.size(); ++i) {
                    double decay = -0.05 * decayOf(run.settings, block.kind) * valueOf(run.before, i);
                    if (optimizer == "rmsprop")
                        decay /= std::sqrt(isLearnt(block.kind) ? valueOf(run.state.second, i) : 1.0) + 1e-8;
                    const double memory = remembers ? valueOf(parts.memory, i) : 0.0;
                    const double move = valueOf(run.parameters, i) - valueOf(run.before, i);
                    const double told = valueOf(parts.gradient, i) + memory + decay;
                    const double size = 1.0 + std::abs(valueOf(run.before, i)) + std::abs(decay) +
                                        std::abs(valueOf(parts.gradient, i)) + std::abs(memory);
                    QVERIFY2(
                        std::abs(move - told) < 3e-7 * size,
                        qPrintable(QString("step %1, parameter %2: %3, not %4").arg(step).arg(i).arg(told).arg(move)));
                    largestMemory = std::max(largestMemory, std::abs(memory));
                }
            QVERIFY(step == 0 || !remembers || largestMemory > 1e-3);
        }
    }

    // Breaks where momentum does not coast by lr v beta / (1 - beta) in all, after the gradient has stopped.
    void momentumCoasts() {
        for (const double beta : {0.5, 0.9, 0.99}) {
            Run run(settingsOf("sgd", beta, 0.0, 0.0));
            run.parameters.assign(layout.size(), 0.0F);
            const double stopped = push(run, -0.75F, 30);
            const double v = valueOf(run.state.first, 0);
            const double coasted = push(run, 0.0F, 6000) - stopped;
            const double expected = -0.05 * v * beta / (1.0 - beta);
            QVERIFY2(std::abs(coasted / expected - 1.0) < 2e-5,
                     qPrintable(QString::number(coasted / expected, 'g', 9)));
            QCOMPARE(run.state.first[0], 0.0F); // and then it stands still, with nothing left
        }
    }

    // Breaks where Adam does not coast as far as it should. After a long constant gradient g the means are m = g and
    // v = g^2, and once it has stopped the k-th step is lr 0.9^k m / (sqrt(0.999^k v) + eps): with r = 0.9 / sqrt 0.999
    // the sum is lr r / (1 - r) = 9.045 lr, whatever the gradient was.
    void adamCoastsNineSteps() {
        for (const float gradient : {-3.0F, 0.01F}) {
            Run run(settingsOf("adam", 0.0, 0.0, 0.0));
            run.settings.learningRate = 0.001;
            (void)push(run, gradient, 20000);
            run.parameters.assign(layout.size(), 0.0F);
            const double coasted = push(run, 0.0F, 2000);
            const double r = 0.9 / std::sqrt(0.999);
            const double expected = (gradient < 0.0F ? 1.0 : -1.0) * 0.001 * r / (1.0 - r);
            QVERIFY2(std::abs(coasted / expected - 1.0) < 1e-4,
                     qPrintable(QString::number(coasted / expected, 'g', 9)));
        }
    }

    // Breaks where a memory that fades becomes denormal numbers, with which the machine is a hundred times slower.
    void memoriesFadeToZero_data() { addRules(); }
    void memoriesFadeToZero() {
        QFETCH(QString, optimizer);
        QFETCH(double, momentum);
        Run run(settingsOf(optimizer.toStdString(), momentum, 0.0, 0.0));
        (void)push(run, 1e-12F, 3);
        for (int step = 0; step < 1500; ++step) {
            (void)push(run, 0.0F, 1);
            for (const std::vector<float>* memory : {&run.state.first, &run.state.second})
                for (const float value : *memory)
                    QVERIFY(value == 0.0F || std::isnormal(value));
        }
    }
};

QTEST_GUILESS_MAIN(OptimizerTest)
#include "optimizer_test.moc"
