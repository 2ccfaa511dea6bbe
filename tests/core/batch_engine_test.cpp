#include "core/base/random.h"
#include "core/training/batch_engine.h"
#include "core/training/optimizer_step.h"
#include "tests/core/random_networks.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

using namespace flatline;
using namespace flatline::fixtures;

namespace {

template <class A, class B>
double furthest(const std::vector<A>& a, const std::vector<B>& b) {
    double most = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i)
        most = std::max(most, std::abs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
    return most;
}

double size(const std::vector<double>& values) {
    double most = 0.0;
    for (const double value : values)
        most = std::max(most, std::abs(value));
    return most;
}

/// The engine against the reference in double: no worse than the reference in float, but for a few roundings.
void compare(const kernels::Kernels& kernels, const NetworkSpec& spec, int batch, std::uint32_t draw) {
    RandomStream stream(5, StreamId::Data, draw);
    constexpr int samples = 61;
    const Split split = randomSplit(spec, samples, stream);
    const std::vector<float> parameters = randomParameters(layoutOf(spec), stream);
    const Network<float> network(spec);
    BatchEngine engine(split, kernels);
    QVERIFY2(engine.prepare(spec, batch), spec.activation->id);
    for (const int size_ : {batch, std::max(1, batch - 3), 1}) { // whole and ragged
        const std::vector<int> chosen = drawBatch(size_, samples, stream);
        const auto exact = reference<double>(spec, split, chosen, parameters);
        const auto single = reference<float>(spec, split, chosen, parameters);
        std::vector<float> gradient(parameters.size(), 0.0F);
        const bool finite = engine.run(network, parameters.data(), chosen, gradient);
        const QByteArray where =
            QStringLiteral("%1 %2 %3 norm %4 batch %5")
                .arg(QLatin1String(kernels.id), QLatin1String(spec.activation->id), QLatin1String(spec.objective->id))
                .arg(static_cast<int>(spec.batchNorm))
                .arg(size_)
                .toUtf8();
        QVERIFY2(finite, where.constData());
        const double scale = size(exact.gradient) + 1e-3;
        const double allowed = 8.0 * furthest(single.gradient, exact.gradient) + 2e-6 * scale;
        const double error = furthest(gradient, exact.gradient);
        QVERIFY2(error <= allowed, (where + ": " + QByteArray::number(error) + " > " + QByteArray::number(allowed) +
                                    " of " + QByteArray::number(scale))
                                       .constData());
        QVERIFY2(std::abs(engine.loss() - exact.loss.sum) <= 1e-5 * (1.0 + std::abs(exact.loss.sum)), where);
        std::vector<float> after = parameters;
        QVERIFY2(engine.updateRunningFigures(after.data(), size_), where);
        QVERIFY2(furthest(after, exact.after) <= 1e-4, where);
    }
}

} // namespace

/// A step's gradient by kernels is that of the plain formulation, whatever the network, the batch and the machine.
class BatchEngineTest : public QObject {
    Q_OBJECT

private slots:
    void everyActivation();
    void everyObjective();
    void everyBatchNorm();
    void everyShape();
    void narrowLayers();
    void slopeAtZero();
    void biasShift();
    void infinitePreActivation();
    void noMemoryOfTheBatchBefore();
    void wideRegistersKeepTheBits();
    void samplesInTheLanesKeepTheBits();
    void compiledShapesKeepTheBits();
    void descendsAsTheOptimizerDoes();
};

namespace {

const ActivationRow& relu() {
    return *findActivation("relu");
}
const ObjectiveRow& softmax() {
    return *findObjective("softmax");
}
const Shape usual{3, {9, 6}, 3};

/// Of a random network and batch.
void expectSameBits(const kernels::Kernels& a, const kernels::Kernels& b, const NetworkSpec& spec, int batch,
                    RandomStream& stream) {
    const Network<float> network(spec);
    const Split split = randomSplit(spec, 50, stream);
    const std::vector<float> parameters = randomParameters(layoutOf(spec), stream);
    const std::vector<int> chosen = drawBatch(batch, 50, stream);
    std::vector<float> gradients[2];
    double losses[2] = {};
    bool finite[2] = {};
    for (const int i : {0, 1}) {
        BatchEngine engine(split, i == 0 ? a : b);
        QVERIFY(engine.prepare(spec, batch));
        gradients[i].assign(parameters.size(), 0.0F);
        finite[i] = engine.run(network, parameters.data(), chosen, gradients[i]);
        losses[i] = engine.loss();
    }
    QCOMPARE(finite[0], finite[1]);
    if (finite[0])
        QVERIFY2(gradients[0] == gradients[1] && losses[0] == losses[1],
                 qPrintable(QString("%1, batch %2").arg(spec.objective->id).arg(batch)));
}

} // namespace

void BatchEngineTest::everyActivation() {
    std::uint32_t draw = 0;
    for (const kernels::Kernels* kernels : kernels::available())
        for (const ActivationRow& activation : activationTable())
            compare(*kernels, specOf(usual, activation, softmax(), BatchNorm::None), 10, draw++);
}

void BatchEngineTest::everyObjective() {
    std::uint32_t draw = 100;
    for (const kernels::Kernels* kernels : kernels::available())
        for (const ObjectiveRow& objective : objectiveTable())
            for (const int outputs : {1, 2, 11})
                if (outputs > 1 || std::string_view(objective.id) == "linear")
                    compare(*kernels, specOf({4, {8, 5}, outputs}, relu(), objective, BatchNorm::None), 12, draw++);
}

void BatchEngineTest::everyBatchNorm() {
    std::uint32_t draw = 200;
    for (const kernels::Kernels* kernels : kernels::available())
        for (const BatchNorm norm : {BatchNorm::BeforeActivation, BatchNorm::AfterActivation})
            for (const char* activation : {"relu", "tanh", "prelu", "identity", "leaky-relu"})
                compare(*kernels, specOf(usual, *findActivation(activation), softmax(), norm), 16, draw++);
}

void BatchEngineTest::everyShape() {
    std::uint32_t draw = 300;
    const std::vector<Shape> shapes{
        {1, {}, 1},           {1, {1}, 1},           {2, {8, 8}, 1},   {2, {17}, 2},   {13, {7, 30}, 3},
        {64, {64, 128}, 10},  {5, {64, 65, 63}, 4},  {8, {16, 24}, 8}, {9, {256}, 12}, {2, {2, 2, 2, 2, 2}, 2},
        {30, {3, 40, 2}, 17}, {2, {33, 48, 5, 9}, 1}};
    for (const kernels::Kernels* kernels : kernels::available())
        for (const Shape& shape : shapes)
            for (const int batch : {1, 7, 24, 32})
                compare(*kernels, specOf(shape, relu(), *findObjective("linear"), BatchNorm::None), batch, draw++);
}

/// Each number of inputs, units and outputs that a register holds, by whatever else a layer has.
void BatchEngineTest::narrowLayers() {
    std::uint32_t draw = 900;
    constexpr int most = kernels::mostNarrow;
    for (const kernels::Kernels* kernels : kernels::available())
        for (int width = 1; width <= most; ++width) {
            const Shape shape{width, {most + 1 - width, width, most}, width};
            for (const char* activation : {"relu", "tanh", "prelu"})
                compare(*kernels, specOf(shape, *findActivation(activation), *findObjective("linear"), BatchNorm::None),
                        11, draw++);
            for (const BatchNorm norm : {BatchNorm::None, BatchNorm::BeforeActivation, BatchNorm::AfterActivation})
                compare(*kernels, specOf({2, {width, 8}, 2}, *findActivation("tanh"), softmax(), norm), 16, draw++);
        }
}

void BatchEngineTest::slopeAtZero() {
    // All inputs and biases 0: every z is exactly 0, and only the chosen slope lets a gradient through.
    Split split;
    split.features = Batch<float>::Zero(4, 2);
    split.targets.values = Batch<float>::Ones(4, 1);
    for (const kernels::Kernels* kernels : kernels::available())
        for (const double slope : {0.0, 0.5, 1.0}) {
            NetworkSpec spec = specOf({2, {3}, 1}, relu(), *findObjective("linear"), BatchNorm::None);
            spec.activationParameters.slopeAtZero = slope;
            const Layout layout = layoutOf(spec);
            std::vector<float> parameters(layout.size(), 0.0F);
            const Block& out = layout.block(2, BlockKind::Weight);
            std::fill_n(parameters.begin() + static_cast<std::ptrdiff_t>(out.offset), out.size(), 2.0F);
            BatchEngine engine(split, *kernels);
            QVERIFY(engine.prepare(spec, 4));
            std::vector<float> gradient(parameters.size(), 0.0F);
            const std::vector<int> chosen{0, 1, 2, 3};
            QVERIFY(engine.run(Network<float>(spec), parameters.data(), chosen, gradient));
            // d loss / d out = 2 (0 - 1), times the weight 2, times the slope
            QCOMPARE(gradient[layout.block(1, BlockKind::Bias).offset], static_cast<float>(-4.0 * slope));
        }
}

void BatchEngineTest::biasShift() {
    for (const kernels::Kernels* kernels : kernels::available()) {
        NetworkSpec spec = specOf({2, {8, 8}, 1}, relu(), *findObjective("linear"), BatchNorm::None);
        spec.biasShift = 0.37;
        compare(*kernels, spec, 10, 1300);
        spec.hidden = {5, 3};
        compare(*kernels, spec, 10, 1301);
        spec.biasShift.own = {{0.0, 0.5, -0.25, 0.0, 1.5}, {0.0, -0.5, 0.75}};
        compare(*kernels, spec, 10, 1302);
        compare(*kernels, spec, 400, 1303); // samples in the lanes, in tiles
        spec.batchNorm = BatchNorm::BeforeActivation;
        compare(*kernels, spec, 10, 1304);
    }
}

void BatchEngineTest::infinitePreActivation() {
    // A sum of -infinity is silent behind ReLU and a sigmoid alike; it must be reported all the same.
    Split split;
    split.features = Batch<float>::Constant(3, 2, 1e30F);
    split.targets.values = Batch<float>::Zero(3, 1);
    for (const kernels::Kernels* kernels : kernels::available())
        for (const std::vector<int>& hidden : {std::vector{3}, std::vector{8, 8}})
            for (const char* activation : {"relu", "sigmoid"}) {
                const NetworkSpec spec =
                    specOf({2, hidden, 1}, *findActivation(activation), *findObjective("linear"), BatchNorm::None);
                std::vector<float> parameters(layoutOf(spec).size(), 0.0F);
                parameters[0] = -1e30F;
                const Network<float> network(spec);
                BatchEngine engine(split, *kernels);
                QVERIFY(engine.prepare(spec, 3));
                std::vector<float> gradient(parameters.size(), 0.0F);
                const std::vector<int> chosen{0, 1, 2};
                QVERIFY2(!engine.run(network, parameters.data(), chosen, gradient), kernels->id);
                parameters[0] = -1.0F;
                QVERIFY2(engine.run(network, parameters.data(), chosen, gradient), kernels->id);
            }
}

void BatchEngineTest::noMemoryOfTheBatchBefore() {
    // Scratch is used again: a batch's bits must not depend on what was in it.
    RandomStream stream(9, StreamId::Data, 1);
    const std::vector<NetworkSpec> specs{specOf({3, {9, 6}, 3}, relu(), softmax(), BatchNorm::BeforeActivation),
                                         specOf({2, {8, 8}, 2}, relu(), softmax(), BatchNorm::None)};
    for (const kernels::Kernels* kernels : kernels::available())
        for (const NetworkSpec& spec : specs) {
            const Network<float> network(spec);
            const Split split = randomSplit(spec, 40, stream);
            const std::vector<float> parameters = randomParameters(layoutOf(spec), stream);
            const std::vector<int> chosen = drawBatch(5, 40, stream);
            BatchEngine fresh(split, *kernels);
            BatchEngine used(split, *kernels);
            QVERIFY(fresh.prepare(spec, 16) && used.prepare(spec, 16));
            std::vector<float> first(parameters.size(), 0.0F);
            std::vector<float> second(parameters.size(), 0.0F);
            std::vector<float> wild(parameters.size(), 3e19F);
            (void)used.run(network, wild.data(), drawBatch(16, 40, stream), second); // not finite on the way
            (void)used.run(network, parameters.data(), chosen, second);
            (void)fresh.run(network, parameters.data(), chosen, first);
            QVERIFY2(first == second, kernels->id);
        }
}

/// AVX-512 is AVX2 in wider registers: a run must not depend on which machine of the two it was made on.
void BatchEngineTest::wideRegistersKeepTheBits() {
    const kernels::Kernels* wide = kernels::find("avx512");
    const kernels::Kernels* narrow = kernels::find("avx2");
    if (wide == nullptr || narrow == nullptr)
        QSKIP("no AVX-512 on this machine");
    RandomStream stream(9, StreamId::Data, 2);
    const std::vector<Shape> shapes{{2, {8, 8}, 2},      {3, {5, 7}, 4},           {2, {32, 32}, 2},
                                    {64, {80, 48}, 10},  {16, {17, 40, 33}, 5},    {5, {64, 65, 63}, 4},
                                    {24, {272, 100}, 8}, {2, {2, 2, 2, 2, 2}, 24}, {13, {15, 16}, 3}};
    for (const Shape& shape : shapes)
        for (const BatchNorm norm : {BatchNorm::None, BatchNorm::BeforeActivation, BatchNorm::AfterActivation})
            for (const char* activation : {"relu", "tanh"})
                for (const int batch : {1, 10, 33})
                    expectSameBits(*wide, *narrow, specOf(shape, *findActivation(activation), softmax(), norm), batch,
                                   stream);
}

// Where a batch fills its lanes and weights are many, the samples lie in the lanes; else the neurons do.
void BatchEngineTest::samplesInTheLanesKeepTheBits() {
    RandomStream stream(12, StreamId::Data, 2);
    const std::vector<Shape> shapes{
        {64, {256, 256}, 10}, {30, {403, 301}, 2}, {3, {517, 290, 222}, 1}, {401, {333}, 13}};
    for (const kernels::Kernels* kernels : kernels::available())
        for (const Shape& shape : shapes)
            for (const char* objective : {"softmax", "linear"}) {
                const NetworkSpec spec = specOf(shape, relu(), *findObjective(objective), BatchNorm::None);
                const Network<float> network(spec);
                const Split split = randomSplit(spec, 70, stream);
                const std::vector<float> parameters = randomParameters(layoutOf(spec), stream);
                BatchEngine samples(split, *kernels), neurons(split, *kernels);
                QVERIFY(samples.prepare(spec, 64) && samples.worksBySamples());
                QVERIFY(neurons.prepare(spec, 50) && !neurons.worksBySamples()); // sixty-four lanes for fifty
                for (const int batch : {50, 1, 37, 16}) {
                    const std::vector<int> chosen = drawBatch(batch, 70, stream);
                    std::vector<float> first(parameters.size()), second(parameters.size());
                    QVERIFY(samples.run(network, parameters.data(), chosen, first));
                    QVERIFY(neurons.run(network, parameters.data(), chosen, second));
                    QVERIFY2(first == second && samples.loss() == neurons.loss(), kernels->id);
                }
            }
}

// Pairs of samples, sixteen of them at a time, have the bits of sample after sample through layers of any width.
void BatchEngineTest::compiledShapesKeepTheBits() {
    RandomStream stream(10, StreamId::Data, 2);
    bool any = false;
    for (const kernels::Kernels* kernels : kernels::available()) {
        if (kernels->batch.eightWide == nullptr)
            continue;
        any = true;
        kernels::Kernels without = *kernels;
        without.batch.eightWide = nullptr;
        for (const ObjectiveRow& objective : objectiveTable())
            for (const int outputs : {1, 2})
                if (outputs == 2 || std::string_view(objective.id) == "linear" ||
                    std::string_view(objective.id) == "sigmoid")
                    for (const int batch : {1, 2, 3, 8, 10, 15, 16, 17, 31, 32, 33, 50})
                        for (const ActivationRow& activation : activationTable())
                            expectSameBits(*kernels, without,
                                           specOf({2, {8, 8}, outputs}, activation, objective, BatchNorm::None), batch,
                                           stream);
    }
    if (!any)
        QSKIP("no AVX2 on this machine");
}

namespace {

/// Whether the engine takes steps of this network along; each is the one that the optimizer takes with its gradient.
bool descendsRight(const kernels::Kernels& kernels, const NetworkSpec& spec, int batch, bool decay,
                   RandomStream& stream) {
    const Network<float> network(spec);
    const Split split = randomSplit(spec, 70, stream);
    const std::vector<float> parameters = randomParameters(layoutOf(spec), stream);
    const std::vector<int> chosen = drawBatch(batch, 70, stream);
    BatchEngine engine(split, kernels);
    TrainingSettings training;
    training.learningRate = 0.1;
    training.weightDecay = decay ? 0.01 : 0.0;
    training.biasDecay = decay ? 0.5 : 0.0;
    const OptimizerStep optimizer(training, layoutOf(spec), kernels);
    std::optional<kernels::Descent> descent = optimizer.descent();
    if (!engine.prepare(spec, batch) || !descent || !engine.prepareDescent(*descent))
        return false;
    std::vector<float> gradient(parameters.size()), scratch(parameters.size());
    std::vector<float> next(parameters.size()), expected(parameters.size());
    bool right = engine.descend(network, parameters.data(), chosen, scratch, next) &&
                 engine.run(network, parameters.data(), chosen, gradient);
    OptimizerState before, after;
    right = right && optimizer(parameters, gradient, before, after, expected) && next == expected;
    descent->rate = std::numeric_limits<float>::infinity(); // the gradient is finite, the step is not
    return right && engine.prepareDescent(*descent) &&
           !engine.descend(network, parameters.data(), chosen, scratch, next);
}

} // namespace

// Breaks where a step that is taken along is not the optimizer's, to the bit, or one that is not finite passes.
void BatchEngineTest::descendsAsTheOptimizerDoes() {
    RandomStream stream(11, StreamId::Data, 2);
    for (const kernels::Kernels* kernels : kernels::available())
        for (const bool decay : {false, true}) {
            for (const Shape& shape : {Shape{64, {256, 256}, 10}, {30, {403, 301}, 2}, {3, {517, 290, 222}, 1}})
                for (const int batch : {64, 61})
                    QVERIFY2(descendsRight(*kernels, specOf(shape, relu(), softmax(), BatchNorm::None), batch, decay,
                                           stream),
                             kernels->id);
            for (const char* activation : {"relu", "tanh", "prelu"})
                for (const auto& [outputs, batch] : {std::pair{1, 1}, {1, 10}, {1, 33}, {2, 10}, {2, 33}})
                    for (const char* objective : {"linear", "sigmoid"}) {
                        if (std::string_view(objective) == "sigmoid" && outputs != 1)
                            continue;
                        const NetworkSpec spec = specOf({2, {8, 8}, outputs}, *findActivation(activation),
                                                        *findObjective(objective), BatchNorm::None);
                        QCOMPARE(descendsRight(*kernels, spec, batch, decay, stream),
                                 kernels->batch.eightWide != nullptr);
                    }
        }
}

QTEST_APPLESS_MAIN(BatchEngineTest)
#include "batch_engine_test.moc"
