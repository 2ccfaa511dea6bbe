#include "core/base/random.h"
#include "core/kernels/kernels.h"
#include "core/network/objective.h"

#include <QTest>

#include <cmath>
#include <cstring>
#include <limits>
#include <string_view>

using namespace flatline;
using kernels::Kernels;
using kernels::LossSums;
using kernels::LossTask;

namespace {

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();
constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float untouched = 7.5F;

/// Samples with the samples adjacent, padded with what must not matter.
struct Samples {
    int count;
    int width;
    std::ptrdiff_t stride;
    std::vector<float> outputs;
    std::vector<float> values;
    std::vector<std::int32_t> labels;

    Samples(int samples, int outputsEach)
        : count(samples)
        , width(outputsEach)
        , stride(kernels::padded(samples) + 8)
        , outputs(static_cast<std::size_t>(stride * width), notANumber)
        , values(outputs)
        , labels(static_cast<std::size_t>(stride), -77) {}

    float& output(int sample, int k) { return outputs[static_cast<std::size_t>(k * stride + sample)]; }

    [[nodiscard]] Batch<float> batch(const std::vector<float>& of) const {
        Batch<float> result(count, width);
        for (int k = 0; k < width; ++k)
            for (int s = 0; s < count; ++s)
                result(s, k) = of[static_cast<std::size_t>(k * stride + s)];
        return result;
    }
    [[nodiscard]] Targets<double> targets() const {
        Targets<double> result;
        result.labels.assign(labels.begin(), labels.begin() + count);
        result.values = batch(values).cast<double>();
        return result;
    }
};

Samples someSamples(int count, int width, double spread) {
    Samples samples(count, width);
    RandomStream stream(5, StreamId::Data, static_cast<std::uint32_t>(1000 * width + count));
    for (int s = 0; s < count; ++s) {
        for (int k = 0; k < width; ++k) {
            samples.output(s, k) = static_cast<float>(spread * stream.normal());
            samples.values[static_cast<std::size_t>(k * samples.stride + s)] = static_cast<float>(stream.normal());
        }
        samples.labels[static_cast<std::size_t>(s)] =
            static_cast<std::int32_t>(stream.uniform() * std::max(2, width)) % std::max(2, width);
    }
    return samples;
}

struct Outcome {
    LossSums sums;
    std::vector<float> gradient;
};

constexpr float scale = 0.37F;

/// Samples from `first` on, added to the outcome.
void add(const Kernels& set, const char* id, const Samples& samples, int first, int count, bool gradient,
         Outcome& outcome) {
    outcome.gradient.resize(samples.outputs.size(), untouched);
    LossTask task;
    task.outputs = samples.outputs.data() + first;
    task.stride = samples.stride;
    task.width = samples.width;
    task.count = count;
    task.labels = samples.labels.data() + first;
    task.values = samples.values.data() + first;
    task.valueStride = samples.stride;
    task.scale = scale;
    task.gradient = gradient ? outcome.gradient.data() + first : nullptr;
    task.countCorrect = true;
    kernels::find(set.losses, id)(task, outcome.sums);
}

Outcome run(const Kernels& set, const char* id, const Samples& samples, bool gradient = true) {
    Outcome outcome;
    add(set, id, samples, 0, samples.count, gradient, outcome);
    return outcome;
}

bool sameBits(const double (&a)[8], const double (&b)[8]) {
    return std::memcmp(a, b, sizeof(a)) == 0;
}
bool sameBits(const std::vector<float>& a, const std::vector<float>& b) {
    return std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

/// How far a gradient may be from the double one: a few roundings of `scale` (and of what it multiplies).
void compareGradient(const Samples& samples, const Outcome& ours, const Batch<double>& theirs) {
    const Batch<float> gradient = samples.batch(ours.gradient);
    for (int k = 0; k < samples.width; ++k)
        for (int s = 0; s < samples.count; ++s) {
            const double error = std::abs(static_cast<double>(gradient(s, k)) - theirs(s, k));
            QVERIFY2(
                error <= 3e-7 * (static_cast<double>(scale) + std::abs(theirs(s, k))),
                qPrintable(
                    QString("sample %1, output %2: %3, not %4").arg(s).arg(k).arg(gradient(s, k)).arg(theirs(s, k))));
        }
    for (int k = 0; k < samples.width; ++k) // padding gets 0, nothing beyond is written
        for (int s = samples.count; s < samples.stride; ++s)
            QCOMPARE(ours.gradient[static_cast<std::size_t>(k * samples.stride + s)],
                     s < kernels::padded(samples.count) ? 0.0F : untouched);
}

std::vector<int> widthsOf(std::string_view objective) {
    if (objective == "sigmoid")
        return {1};
    return objective == "linear" ? std::vector<int>{1, 2, 3, 10} : std::vector<int>{2, 3, 5, 10};
}

void addRows() {
    QTest::addColumn<int>("set");
    QTest::addColumn<QString>("objective");
    for (std::size_t k = 0; k < kernels::available().size(); ++k)
        for (const ObjectiveRow& row : objectiveTable())
            QTest::addRow("%s, %s", kernels::available()[k]->id, row.id) << static_cast<int>(k) << row.id;
}

const Kernels& setOf(int index) {
    return *kernels::available()[static_cast<std::size_t>(index)];
}

} // namespace

class LossKernelsTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where an output has no kernel and would be trained slowly without anybody noticing.
    void everyObjectiveHasOne() {
        for (const Kernels* set : kernels::available()) {
            for (const ObjectiveRow& row : objectiveTable())
                QVERIFY2(kernels::find(set->losses, row.id) != nullptr, row.id);
            QVERIFY(kernels::find(set->losses, "no such thing") == nullptr);
        }
    }

    // Breaks where a loss, its gradient, or a count is not that of the double reference, for any number of samples.
    void agreesWithTheReference_data() { addRows(); }
    void agreesWithTheReference() {
        QFETCH(int, set);
        QFETCH(QString, objective);
        const std::string id = objective.toStdString();
        for (const int width : widthsOf(id))
            for (const int count : {1, 2, 3, 7, 8, 9, 10, 15, 16, 17, 40, 131})
                for (const double spread : {0.01, 1.0, 20.0}) {
                    const Samples samples = someSamples(count, width, spread);
                    Batch<double> gradient;
                    const LossSum theirs =
                        findObjective(id)->twice.loss(samples.batch(samples.outputs).cast<double>(), samples.targets(),
                                                      static_cast<double>(scale), &gradient);
                    const Outcome ours = run(setOf(set), id.c_str(), samples);
                    QVERIFY2(std::abs(ours.sums.total() - theirs.sum) <= 3e-7 * std::abs(theirs.sum) + 1e-12,
                             qPrintable(QString("%1 of %2: %3, not %4")
                                            .arg(width)
                                            .arg(count)
                                            .arg(ours.sums.total(), 0, 'g', 12)
                                            .arg(theirs.sum, 0, 'g', 12)));
                    QCOMPARE(ours.sums.correct, theirs.correct);
                    QCOMPARE(ours.sums.infinite, theirs.infinite);
                    compareGradient(samples, ours, gradient);
                    const Outcome withoutGradient = run(setOf(set), id.c_str(), samples, false);
                    QVERIFY(sameBits(withoutGradient.sums.lanes, ours.sums.lanes));
                }
    }

    // Breaks where the loss over a set depends on the tiles it is evaluated in.
    void tilesDoNotMatter_data() { addRows(); }
    void tilesDoNotMatter() {
        QFETCH(int, set);
        QFETCH(QString, objective);
        const std::string id = objective.toStdString();
        for (const int width : widthsOf(id)) {
            const Samples samples = someSamples(203, width, 2.0);
            const Outcome whole = run(setOf(set), id.c_str(), samples);
            for (const int tile : {8, 24, 48, 64, 128}) {
                Outcome tiled;
                for (int first = 0; first < samples.count; first += tile)
                    add(setOf(set), id.c_str(), samples, first, std::min(tile, samples.count - first), true, tiled);
                QVERIFY(sameBits(tiled.sums.lanes, whole.sums.lanes));
                QVERIFY(sameBits(tiled.gradient, whole.gradient));
                QCOMPARE(tiled.sums.correct, whole.sums.correct);
                QCOMPARE(tiled.sums.infinite, whole.sums.infinite);
            }
        }
    }

    // Breaks where sample s is not added to lane s % 8.
    void eachSampleHasItsLane_data() { addRows(); }
    void eachSampleHasItsLane() {
        QFETCH(int, set);
        QFETCH(QString, objective);
        const std::string id = objective.toStdString();
        const Samples samples = someSamples(16, widthsOf(id).front(), 1.0);
        const Outcome whole = run(setOf(set), id.c_str(), samples);
        double expected[8] = {};
        for (int s = 0; s < 16; ++s) {
            Outcome alone;
            add(setOf(set), id.c_str(), samples, s, 1, false, alone);
            expected[s % 8] += alone.sums.lanes[0];
        }
        for (int lane = 0; lane < 8; ++lane)
            QVERIFY(std::abs(whole.sums.lanes[lane] - expected[lane]) <= 1e-14 * std::abs(expected[lane]));
    }

    // Breaks where an output that is not finite gives a finite loss or gradient, or spoils its neighbours' gradient.
    void nonFiniteOutputsShow_data() { addRows(); }
    void nonFiniteOutputsShow() {
        QFETCH(int, set);
        QFETCH(QString, objective);
        const std::string id = objective.toStdString();
        for (const int width : widthsOf(id))
            for (const float bad : {notANumber, infinity, -infinity})
                for (int at = 0; at < width; ++at)
                    for (const int label : {0, width > 1 ? width - 1 : 1}) {
                        Samples samples = someSamples(11, width, 1.0);
                        const Outcome good = run(setOf(set), id.c_str(), samples);
                        samples.labels[9] = label;
                        samples.output(9, at) = bad;
                        const Outcome ours = run(setOf(set), id.c_str(), samples);
                        QVERIFY(!std::isfinite(ours.sums.total()));
                        for (int k = 0; k < width; ++k)
                            for (int s = 0; s < samples.count; ++s) {
                                const auto place = static_cast<std::size_t>(k * samples.stride + s);
                                if (s != 9)
                                    QCOMPARE(ours.gradient[place], good.gradient[place]);
                                else if (k == at)
                                    QVERIFY(!std::isfinite(ours.gradient[place]));
                            }
                    }
    }

    // Breaks where large outputs overflow, or a small loss is lost in the rounding of 1 + e.
    void extremesAreExact_data() { addRows(); }
    void extremesAreExact() {
        QFETCH(int, set);
        QFETCH(QString, objective);
        const std::string id = objective.toStdString();
        const int width = id == "sigmoid" ? 1 : 3;
        for (const float large : {20.0F, 90.0F, 1000.0F, 1e19F, 3e38F})
            for (const float small : {0.0F, 1e-3F, 1e-40F, -20.0F, -1000.0F, -3e38F})
                for (int label = 0; label < std::max(2, width); ++label) {
                    Samples samples(1, width);
                    samples.output(0, 0) = large;
                    for (int k = 1; k < width; ++k)
                        samples.output(0, k) = small;
                    for (int k = 0; k < width; ++k)
                        samples.values[static_cast<std::size_t>(k * samples.stride)] = 1.0F;
                    samples.labels[0] = label;
                    Batch<double> gradient;
                    const LossSum theirs =
                        findObjective(id)->twice.loss(samples.batch(samples.outputs).cast<double>(), samples.targets(),
                                                      static_cast<double>(scale), &gradient);
                    const Outcome ours = run(setOf(set), id.c_str(), samples);
                    // The rounding of z - max z; and what the double reference itself loses of tiny losses.
                    const double relative = 6e-8 * (6.0 + std::min(110.0, static_cast<double>(large - small)));
                    const double absolute =
                        id == "softmax" ? 1e-44 : 3e-16 * std::min(100.0, static_cast<double>(large));
                    QVERIFY2(std::abs(ours.sums.total() - theirs.sum) <= relative * std::abs(theirs.sum) + absolute,
                             qPrintable(QString("%1 and %2, class %3: %4, not %5")
                                            .arg(large)
                                            .arg(small)
                                            .arg(label)
                                            .arg(ours.sums.total())
                                            .arg(theirs.sum)));
                    QCOMPARE(ours.sums.infinite, theirs.infinite);
                    QCOMPARE(ours.sums.correct, theirs.correct);
                    const Batch<float> slopes = samples.batch(ours.gradient);
                    for (int k = 0; k < width; ++k) {
                        if (std::abs(gradient(0, k)) > 3e38) // the float reference's is infinite, too
                            QVERIFY(std::isinf(slopes(0, k)));
                        else
                            QVERIFY(std::abs(static_cast<double>(slopes(0, k)) - gradient(0, k)) <=
                                    4e-7 * (0.4 + std::abs(gradient(0, k))));
                    }
                }
    }

    // Breaks where of equal outputs it is not the first that counts, or an output of exactly 0 is class 1.
    void tiesAreTheReferences() {
        for (const Kernels* set : kernels::available())
            for (const char* id : {"softmax", "sigmoid", "linear", "relu-normalized"})
                for (const int width : widthsOf(id))
                    for (int label = 0; label < std::max(2, width); ++label) {
                        Samples samples(5, width);
                        for (int s = 0; s < 5; ++s) {
                            samples.labels[static_cast<std::size_t>(s)] = label;
                            for (int k = 0; k < width; ++k) {
                                samples.output(s, k) = width == 1 ? 0.0F : k >= s ? 1.0F : 0.5F;
                                samples.values[static_cast<std::size_t>(k * samples.stride + s)] = 0.0F;
                            }
                        }
                        const LossSum theirs = findObjective(id)->twice.loss(
                            samples.batch(samples.outputs).cast<double>(), samples.targets(), 1.0, nullptr);
                        QCOMPARE(run(*set, id, samples).sums.correct, theirs.correct);
                    }
    }

    // Breaks where a regression, which has no labels, reads them, or a step that does not ask for accuracy gets it.
    void labelsAreReadWhereTheyAreThere() {
        for (const Kernels* set : kernels::available()) {
            const Samples samples = someSamples(13, 2, 1.0);
            const Outcome expected = run(*set, "linear", samples);
            QVERIFY(expected.sums.correct > 0);
            LossTask task;
            task.outputs = samples.outputs.data();
            task.stride = samples.stride;
            task.width = 2;
            task.count = 13;
            task.values = samples.values.data();
            task.valueStride = samples.stride;
            task.countCorrect = true;
            LossSums sums;
            kernels::find(set->losses, "linear")(task, sums);
            QCOMPARE(sums.correct, 0);
            QVERIFY(sameBits(sums.lanes, expected.sums.lanes));
            task.labels = samples.labels.data();
            task.countCorrect = false;
            for (const char* id : {"linear", "softmax", "relu-normalized"}) {
                LossSums uncounted;
                kernels::find(set->losses, id)(task, uncounted);
                QCOMPARE(uncounted.correct, 0);
            }
        }
    }

    // Breaks where machines without AVX2 do not agree with each other to the bit.
    void setsWithoutFusedOperationsAgree() {
        const Kernels* sse2 = kernels::find("sse2");
        if (sse2 == nullptr)
            QSKIP("this machine has the portable kernels only");
        for (const ObjectiveRow& row : objectiveTable())
            for (const int width : widthsOf(row.id)) {
                const Samples samples = someSamples(203, width, 3.0);
                const Outcome one = run(*sse2, row.id, samples);
                const Outcome other = run(*kernels::find("portable"), row.id, samples);
                QVERIFY(sameBits(one.sums.lanes, other.sums.lanes) && sameBits(one.gradient, other.gradient));
                QCOMPARE(one.sums.correct, other.sums.correct);
            }
    }
};

QTEST_GUILESS_MAIN(LossKernelsTest)
#include "loss_kernels_test.moc"
