#include "core/base/random.h"
#include "core/kernels/kernels.h"
#include "core/training/optimizer_step.h"

#include <QTest>

#include <array>
#include <cmath>
#include <cstring>
#include <limits>

using namespace flatline;
using kernels::Kernels;
using kernels::Update;
using kernels::UpdateFigures;
using kernels::UpdateFunction;

namespace {

std::vector<float> normals(std::uint32_t draw, std::size_t count, double scale = 1.0) {
    RandomStream stream(43, StreamId::Data, draw);
    std::vector<float> values(count);
    for (float& value : values)
        value = static_cast<float>(scale * stream.normal());
    return values;
}

/// Gradients of very different sizes, and 0.
std::vector<float> gradientAt(int step, std::size_t count) {
    std::vector<float> gradient = normals(static_cast<std::uint32_t>(step) + 1, count);
    for (std::size_t i = 0; i < count; ++i)
        gradient[i] *= i % 9 == 8 ? 0.0F : static_cast<float>(std::pow(10.0, -static_cast<double>(i % 9)));
    return gradient;
}

TrainingSettings settingsOf(const QString& optimizer, double momentum, double weightDecay, double biasDecay) {
    TrainingSettings settings;
    settings.optimizer = optimizer.toStdString();
    settings.learningRate = 0.05;
    settings.momentum = momentum;
    settings.weightDecay = weightDecay;
    settings.biasDecay = biasDecay;
    return settings;
}

bool sameBits(const std::vector<float>& a, const std::vector<float>& b) {
    return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

/// `absolute`: roundings of terms that may cancel.
void compare(const std::vector<float>& ours, const std::vector<float>& theirs, const char* what,
             float absolute = 1e-6F) {
    QCOMPARE(ours.size(), theirs.size());
    for (std::size_t i = 0; i < ours.size(); ++i)
        QVERIFY2(std::abs(ours[i] - theirs[i]) <= 5e-7F * std::abs(theirs[i]) + absolute,
                 qPrintable(QString("%1 %2: %3, not %4").arg(what).arg(i).arg(ours[i]).arg(theirs[i])));
}

void addRules() {
    QTest::addColumn<int>("set");
    QTest::addColumn<QString>("optimizer");
    QTest::addColumn<double>("momentum");
    for (std::size_t k = 0; k < kernels::available().size(); ++k) {
        if (k > 0 && kernels::available()[k]->updates.sgd == kernels::available()[k - 1]->updates.sgd)
            continue; // the same code
        for (const OptimizerRow& row : optimizerTable())
            for (const double momentum : {0.0, 0.9})
                if (row.hasMomentum || momentum == 0.0)
                    QTest::addRow("%s, %s, momentum %g", kernels::available()[k]->id, row.id, momentum)
                        << static_cast<int>(k) << row.id << momentum;
    }
}

const Kernels& setOf(int index) {
    return *kernels::available()[static_cast<std::size_t>(index)];
}

/// One kernel with figures that make each of its terms matter.
struct Rule {
    UpdateFunction function;
    UpdateFigures figures;
    Rule(const Kernels& set, const QString& optimizer, double momentum) {
        const TrainingSettings settings = settingsOf(optimizer, momentum, 0.1, 0.1);
        const OptimizerRow& row = *findOptimizer(settings.optimizer);
        function = set.updates.*row.kernelRule(settings).function;
        figures = row.figures(settings, 0.1);
        if (row.countStep != nullptr)
            row.countStep(settings, 3, figures);
    }
};

constexpr float untouched = 7.5F;

struct Result {
    std::vector<float> next;
    std::vector<float> first;
    std::vector<float> second;
    bool finite = false;
};

/// Parameters `from` to `from + count` of `size`.
Result run(const Rule& rule, std::size_t size, std::size_t from, std::size_t count) {
    const std::vector<float> parameters = normals(100, size);
    const std::vector<float> gradient = gradientAt(101, size);
    const std::vector<float> first = normals(102, size, 0.3);
    std::vector<float> second = normals(103, size, 0.3);
    for (float& value : second)
        value *= value;
    Result result{std::vector<float>(size, untouched), std::vector<float>(size, untouched),
                  std::vector<float>(size, untouched)};
    result.finite = rule.function({parameters.data() + from, gradient.data() + from, first.data() + from,
                                   second.data() + from, result.next.data() + from, result.first.data() + from,
                                   result.second.data() + from, static_cast<std::ptrdiff_t>(count)},
                                  rule.figures);
    return result;
}

} // namespace

class UpdateKernelsTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a step on the kernels is not the reference's: every rule, with and without decay, on every kind of
    // parameter, its memory included, over enough steps for Adam's warming up.
    void stepsAreTheReferences_data() { addRules(); }
    void stepsAreTheReferences() {
        QFETCH(int, set);
        QFETCH(QString, optimizer);
        QFETCH(double, momentum);
        for (const Layout& layout : {Layout({2, 3, 1}, {true, true}), Layout({2, 8, 8, 1}), Layout({1, 2, 2, 1}),
                                     Layout({7, 13, 3}, {false, true})})
            for (const auto& [weightDecay, biasDecay] : {std::pair{0.0, 0.0}, {0.1, 0.0}, {0.0, 0.3}, {2.0, 0.5}}) {
                const TrainingSettings settings = settingsOf(optimizer, momentum, weightDecay, biasDecay);
                const OptimizerStep step(settings, layout, setOf(set));
                std::vector<float> parameters = normals(0, layout.size());
                std::vector<float> next(layout.size());
                std::vector<float> expected(layout.size());
                OptimizerState state;
                OptimizerState after;
                for (int i = 0; i < 60; ++i) {
                    const std::vector<float> gradient = gradientAt(i, layout.size());
                    OptimizerState theirs = state;
                    findOptimizer(settings.optimizer)->update(settings, layout, parameters, gradient, theirs, expected);
                    QVERIFY(step(parameters, gradient, state, after, next));
                    compare(next, expected, "parameter");
                    compare(after.first, theirs.first, "first memory");
                    compare(after.second, theirs.second, "second memory", 0.0F);
                    QCOMPARE(after.steps, theirs.steps);
                    parameters.swap(next);
                    std::swap(state, after);
                }
            }
    }

    // Breaks where a change of optimizer loses or invents a memory, compared with the reference.
    void memoriesSurviveAsInTheReference_data() { addRules(); }
    void memoriesSurviveAsInTheReference() {
        QFETCH(int, set);
        QFETCH(QString, optimizer);
        QFETCH(double, momentum);
        const Layout layout({2, 5, 1}, {true, true});
        const TrainingSettings settings = settingsOf(optimizer, momentum, 0.1, 0.0);
        const std::vector<float> parameters = normals(0, layout.size());
        const std::vector<float> gradient = gradientAt(0, layout.size());
        std::vector<float> next(layout.size());
        std::vector<float> second = normals(2, layout.size());
        for (float& value : second)
            value *= value;
        for (const OptimizerState& before :
             {OptimizerState{}, OptimizerState{normals(1, layout.size()), {}, 5}, OptimizerState{{}, second, 0},
              OptimizerState{normals(1, layout.size()), second, 123456}}) {
            OptimizerState theirs = before;
            findOptimizer(settings.optimizer)->update(settings, layout, parameters, gradient, theirs, next);
            OptimizerState ours{{1.0F, 2.0F}, {3.0F}, 99}; // what was in it does not matter
            const OptimizerState kept = before;
            QVERIFY(OptimizerStep(settings, layout, setOf(set))(parameters, gradient, before, ours, next));
            compare(ours.first, theirs.first, "first memory");
            compare(ours.second, theirs.second, "second memory", 0.0F);
            QCOMPARE(ours.steps, theirs.steps);
            QVERIFY(before == kept);
        }
    }

    // Breaks where a result depends on where a parameter stands, or memory beyond `count` is read or written.
    void placeDoesNotMatter_data() { addRules(); }
    void placeDoesNotMatter() {
        QFETCH(int, set);
        QFETCH(QString, optimizer);
        QFETCH(double, momentum);
        const Rule rule(setOf(set), optimizer, momentum);
        constexpr std::size_t size = 60;
        const Result whole = run(rule, size, 0, size);
        QVERIFY(whole.finite);
        for (const std::size_t from : {0, 1, 3, 6})
            for (std::size_t count = 0; from + count <= 45; ++count) {
                const Result part = run(rule, size, from, count);
                const auto expect = [&](const std::vector<float>& all) {
                    std::vector<float> values(size, untouched);
                    for (std::size_t i = from; i < from + count; ++i)
                        values[i] = all[i];
                    return values;
                };
                QVERIFY(part.finite);
                QVERIFY(sameBits(part.next, expect(whole.next)));
                QVERIFY(sameBits(part.first, expect(whole.first)));
                QVERIFY(sameBits(part.second, expect(whole.second)));
            }
    }

    // Breaks where a parameter that is no longer finite is not reported, wherever it stands.
    void nonFiniteIsReported_data() { addRules(); }
    void nonFiniteIsReported() {
        QFETCH(int, set);
        QFETCH(QString, optimizer);
        QFETCH(double, momentum);
        const Rule rule(setOf(set), optimizer, momentum);
        for (const std::size_t count : {1, 3, 4, 5, 8, 9, 13, 16, 23, 105})
            for (std::size_t at = 0; at < count; ++at)
                for (const float bad :
                     {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()}) {
                    const std::vector<float> zeros(count, 0.0F);
                    std::vector<float> parameters(count, 1.0F);
                    std::vector<float> out(3 * count);
                    const auto finite = [&] {
                        return rule.function({parameters.data(), zeros.data(), zeros.data(), zeros.data(), out.data(),
                                              out.data() + count, out.data() + 2 * count,
                                              static_cast<std::ptrdiff_t>(count)},
                                             rule.figures);
                    };
                    QVERIFY(finite());
                    parameters[at] = bad;
                    QVERIFY(!finite());
                }
    }

    // Breaks where a layout's parameter that is not finite gets lost between the runs it is made of.
    void nonFiniteIsReportedInEveryBlock() {
        const Layout layout({2, 3, 1}, {true, true});
        for (const Kernels* set : kernels::available()) {
            const OptimizerStep step(settingsOf("sgd", 0.0, 0.1, 0.2), layout, *set);
            const std::vector<float> parameters = normals(0, layout.size());
            std::vector<float> next(layout.size());
            OptimizerState after;
            for (const Block& block : layout.blocks()) {
                std::vector<float> gradient(layout.size(), 0.0F);
                gradient[block.offset] = std::numeric_limits<float>::infinity();
                QCOMPARE(step(parameters, gradient, {}, after, next), !isLearnt(block.kind));
            }
        }
    }

    // Breaks where what a step left in the optimizer is told again with other bits, in whatever pieces: certificates
    // would split moves wrongly.
    void memoryIsToldAgain_data() { addRules(); }
    void memoryIsToldAgain() {
        QFETCH(int, set);
        QFETCH(QString, optimizer);
        QFETCH(double, momentum);
        const Layout layout({20, 9, 5, 1});
        const OptimizerStep step(settingsOf(optimizer, momentum, 0.1, 0.2), layout, setOf(set));
        std::vector<float> parameters = normals(5, layout.size());
        std::vector<float> next(layout.size());
        std::vector<float> scratch;
        OptimizerState state;
        OptimizerState told;
        std::vector<Block> pieces{layout.block(2, BlockKind::Bias)};
        for (const auto& [layer, first, count] : {std::array{1, 16, 48}, std::array{1, 179, 1}, std::array{2, 0, 45}})
            pieces.push_back({layer, BlockKind::Weight, 1, count,
                              layout.block(layer, BlockKind::Weight).offset + static_cast<std::size_t>(first)});
        for (int number = 0; number < 7; ++number) {
            const std::vector<float> gradient = gradientAt(number, layout.size());
            OptimizerState after;
            QVERIFY(step(parameters, gradient, state, after, next));
            OptimizerState again;
            step.remember(pieces, parameters, gradient, told, again, scratch);
            QCOMPARE(again.steps, after.steps);
            const auto same = [&](const std::vector<float>& ours, const std::vector<float>& theirs) {
                QCOMPARE(ours.size(), theirs.size());
                for (const Block& piece : pieces)
                    if (!theirs.empty())
                        QVERIFY(std::memcmp(ours.data() + piece.offset, theirs.data() + piece.offset,
                                            piece.size() * sizeof(float)) == 0);
            };
            same(again.first, after.first);
            same(again.second, after.second);
            told = again;
            state = after;
            parameters.swap(next);
        }
    }

    // Breaks where a memory fades through the denormal numbers, which are slow, instead of being forgotten.
    void fadedMemoriesAreForgotten_data() { addRules(); }
    void fadedMemoriesAreForgotten() {
        QFETCH(int, set);
        QFETCH(QString, optimizer);
        QFETCH(double, momentum);
        const Rule rule(setOf(set), optimizer, momentum);
        const std::vector<float> zeros(11, 0.0F);
        for (const float memory : {2e-30F, 0.9e-30F, 1e-38F, 1e-45F}) {
            const std::vector<float> old(11, memory);
            std::vector<float> out(33, 0.0F);
            QVERIFY(rule.function(
                {zeros.data(), zeros.data(), old.data(), old.data(), out.data(), out.data() + 11, out.data() + 22, 11},
                rule.figures));
            for (std::size_t i = 11; i < out.size(); ++i)
                QVERIFY(out[i] == 0.0F || (memory > 1e-30F && std::abs(out[i]) > 1e-30F));
        }
    }

    // Breaks where machines without AVX2 do not agree with each other to the bit.
    void setsWithoutFusedOperationsAgree() {
        const Kernels* sse2 = kernels::find("sse2");
        if (sse2 == nullptr)
            QSKIP("this machine has the portable kernels only");
        for (const OptimizerRow& row : optimizerTable())
            for (const double momentum : {0.0, 0.9}) {
                const Result one = run(Rule(*sse2, row.id, momentum), 500, 0, 499);
                const Result other = run(Rule(*kernels::find("portable"), row.id, momentum), 500, 0, 499);
                QVERIFY(sameBits(one.next, other.next));
                QVERIFY(sameBits(one.first, other.first));
                QVERIFY(sameBits(one.second, other.second));
            }
    }
};

QTEST_GUILESS_MAIN(UpdateKernelsTest)
#include "update_kernels_test.moc"
