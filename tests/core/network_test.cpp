#include "core/base/random.h"
#include "core/network/initialization.h"
#include "core/network/network.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

struct Case {
    NetworkSpec spec;
    PassMode mode = PassMode::Evaluation;
    Batch<double> features;
    Targets<double> targets;
    std::vector<double> parameters;
};

NetworkSpec specOf(const char* activation, const char* objective, std::vector<int> hidden) {
    NetworkSpec spec;
    spec.inputs = 3;
    spec.hidden = std::move(hidden);
    spec.outputs = std::string_view(objective) == "sigmoid" ? 1 : 2;
    spec.activation = findActivation(activation);
    spec.activationParameters = activationParameters(*spec.activation, std::nullopt, 0.0);
    spec.objective = findObjective(objective);
    return spec;
}

/// Every parameter random; what must be positive is.
std::vector<double> randomParameters(const Layout& layout, RandomStream& stream) {
    std::vector<double> parameters(layout.size());
    for (const Block& block : layout.blocks())
        for (std::size_t i = block.offset; i < block.offset + block.size(); ++i)
            parameters[i] = block.kind == BlockKind::RunningVariance ? stream.uniform(0.3, 3.0) : 0.7 * stream.normal();
    return parameters;
}

Case drawCase(NetworkSpec spec, PassMode mode, std::uint32_t draw) {
    constexpr int samples = 9;
    Case c{std::move(spec), mode, {}, {}, {}};
    RandomStream stream(11, StreamId::Data, draw);
    c.features.resize(samples, 3);
    for (double& x : c.features.reshaped())
        x = stream.normal();
    c.targets.values.resize(samples, c.spec.outputs);
    for (double& y : c.targets.values.reshaped())
        y = stream.normal();
    for (int i = 0; i < samples; ++i)
        c.targets.labels.push_back(i % 2);
    c.parameters = randomParameters(layoutOf(c.spec), stream);
    return c;
}

double lossOf(const Case& c, const Network<double>& network, const std::vector<double>& parameters) {
    Pass<double> pass;
    network.forward(parameters.data(), c.features, pass, c.mode);
    const auto samples = static_cast<double>(c.features.rows());
    return c.spec.objective->twice.loss(pass.outputs, c.targets, 1.0, nullptr).sum / samples;
}

std::vector<double> gradientOf(const Case& c, const Network<double>& network, Pass<double>& pass) {
    std::vector<double> gradient(c.parameters.size(), 0.0);
    network.forward(c.parameters.data(), c.features, pass, c.mode);
    const auto samples = static_cast<double>(c.features.rows());
    (void)c.spec.objective->twice.loss(pass.outputs, c.targets, 1.0 / samples, &pass.outputGradient);
    network.backward(c.parameters.data(), c.features, pass, gradient.data());
    return gradient;
}

/// A kink near a sample would spoil the difference: the first draw that has none. The outputs have a pole at 0 too
/// (relu-normalized), and at least one of its samples must have a loss.
Case caseAwayFromKinks(const NetworkSpec& spec, PassMode mode) {
    const Network<double> network(spec);
    for (std::uint32_t draw = 0;; ++draw) {
        Case c = drawCase(spec, mode, draw);
        Pass<double> pass;
        network.forward(c.parameters.data(), c.features, pass, mode);
        double clear = 0.02 * pass.outputs.cwiseAbs().minCoeff();
        for (const auto& z : pass.preActivations)
            clear = std::min(clear, z.cwiseAbs().minCoeff());
        if (clear > 1e-3 && lossOf(c, network, c.parameters) > 0.0)
            return c;
    }
}

void compareWithDifferences(const Case& c) {
    const Network<double> network(c.spec);
    Pass<double> pass;
    const std::vector<double> gradient = gradientOf(c, network, pass);
    constexpr double h = 1e-6;
    for (const Block& block : network.layout().blocks())
        for (std::size_t i = block.offset; i < block.offset + block.size(); ++i) {
            if (!isLearnt(block.kind)) {
                QCOMPARE(gradient[i], 0.0);
                continue;
            }
            std::vector<double> up = c.parameters;
            std::vector<double> down = c.parameters;
            up[i] += h;
            down[i] -= h;
            const double difference = (lossOf(c, network, up) - lossOf(c, network, down)) / (2.0 * h);
            QVERIFY2(std::abs(gradient[i] - difference) < 2e-8 + 1e-6 * std::abs(difference),
                     qPrintable(QString("parameter %1, layer %2: %3 against %4")
                                    .arg(i)
                                    .arg(block.layer)
                                    .arg(gradient[i])
                                    .arg(difference)));
        }
}

} // namespace

class NetworkTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where backward is not the derivative of forward: every activation with every output, batch norm (in
    // training and in evaluation), bias shift and depth.
    void gradientIsTheSlope_data() {
        QTest::addColumn<QString>("activation");
        QTest::addColumn<QString>("objective");
        for (const ActivationRow& activation : activationTable())
            for (const ObjectiveRow& objective : objectiveTable())
                QTest::addRow("%s, %s", activation.id, objective.id) << activation.id << objective.id;
    }
    void gradientIsTheSlope() {
        QFETCH(QString, activation);
        QFETCH(QString, objective);
        for (const std::vector<int>& hidden : {std::vector<int>{}, {5}, {4, 6, 3}})
            for (const BatchNormRow& norm : batchNormTable())
                for (const PassMode mode : {PassMode::Evaluation, PassMode::Training})
                    for (const double shift : {0.0, 0.375}) {
                        NetworkSpec spec = specOf(qPrintable(activation), qPrintable(objective), hidden);
                        spec.batchNorm = norm.kind;
                        spec.biasShift = shift;
                        compareWithDifferences(caseAwayFromKinks(spec, mode));
                        if (QTest::currentTestFailed())
                            QFAIL(qPrintable(QString("%1 hidden layers, batch norm %2, %3, shift %4")
                                                 .arg(hidden.size())
                                                 .arg(norm.id)
                                                 .arg(mode == PassMode::Training ? "training" : "evaluation")
                                                 .arg(shift)));
                    }
    }

    // Breaks where a bias shift is anything but another bias, or reaches the output layer.
    void aBiasShiftIsAddedToHiddenBiasesOnly() {
        for (const BatchNormRow& norm : batchNormTable()) {
            NetworkSpec spec = specOf("elu", "linear", {4, 3});
            spec.batchNorm = norm.kind;
            const Case c = drawCase(spec, PassMode::Evaluation, 1);
            std::vector<double> lifted = c.parameters;
            const Layout layout = layoutOf(spec);
            for (const int layer : {1, 2})
                for (int j = 0; j < layout.block(layer, BlockKind::Bias).rows; ++j)
                    lifted[layout.block(layer, BlockKind::Bias).at(j, 0)] += 0.75;
            Pass<double> byParameters;
            Pass<double> byShift;
            const NetworkSpec plain = spec;
            Network<double>(plain).forward(lifted.data(), c.features, byParameters);
            spec.biasShift = 0.75;
            Network<double>(spec).forward(c.parameters.data(), c.features, byShift);
            QVERIFY2((byParameters.outputs - byShift.outputs).cwiseAbs().maxCoeff() < 1e-12, norm.id);
            spec.biasShift = 0.5; // the rest to each of them by itself
            spec.biasShift.own = {{0.25, 0.25, 0.25, 0.25}, {0.25, 0.25, 0.25}};
            Network<double>(spec).forward(c.parameters.data(), c.features, byShift);
            QVERIFY2((byParameters.outputs - byShift.outputs).cwiseAbs().maxCoeff() < 1e-12, norm.id);
            lifted[layout.block(1, BlockKind::Bias).at(2, 0)] -= 2.0;
            spec.biasShift.own[0][2] -= 2.0;
            Network<double>(plain).forward(lifted.data(), c.features, byParameters);
            Network<double>(spec).forward(c.parameters.data(), c.features, byShift);
            QVERIFY2((byParameters.outputs - byShift.outputs).cwiseAbs().maxCoeff() < 1e-12, norm.id);
        }
    }

    // Breaks where rounding passes for a gradient. What only adds a constant in front of a batch norm changes nothing:
    // a bias before it, a bias behind an activation that is straight on the batch, and a beta with nothing but such an
    // activation up to the next layer's. Adam and RMSprop would make whole steps of what is left in single precision.
    // In evaluation, and where the activation bends, there is a gradient.
    void whatBatchNormTakesAwayHasNoGradient() {
        for (const char* activation : {"identity", "relu", "tanh"})
            for (const BatchNorm norm : {BatchNorm::BeforeActivation, BatchNorm::AfterActivation})
                for (const PassMode mode : {PassMode::Training, PassMode::Evaluation}) {
                    NetworkSpec spec = specOf(activation, "softmax", {4, 5});
                    spec.batchNorm = norm;
                    const Case c = drawCase(spec, mode, 5);
                    const Network<float> network(spec);
                    const std::vector<float> parameters(c.parameters.begin(), c.parameters.end());
                    const Batch<float> features = c.features.cast<float>();
                    Pass<float> pass;
                    network.forward(parameters.data(), features, pass, mode);
                    (void)spec.objective->single.loss(pass.outputs, {c.targets.labels, {}}, 1.0F, &pass.outputGradient);
                    std::vector<float> gradient(parameters.size(), 0.0F);
                    network.backward(parameters.data(), features, pass, gradient.data());
                    const auto silent = [&](int layer, BlockKind kind) {
                        const Block& block = network.layout().block(layer, kind);
                        int zeros = 0;
                        for (std::size_t i = 0; i < block.size(); ++i)
                            zeros += gradient[block.offset + i] == 0.0F ? 1 : 0;
                        return zeros == block.rows;
                    };
                    const bool training = mode == PassMode::Training;
                    const bool straight = std::string_view(activation) == "identity";
                    const bool before = norm == BatchNorm::BeforeActivation;
                    for (const int layer : {1, 2})
                        QCOMPARE(silent(layer, BlockKind::Bias), training && (before || straight));
                    QCOMPARE(silent(1, BlockKind::Beta), training && straight);
                    QVERIFY(!silent(2, BlockKind::Beta));
                    QVERIFY(!silent(1, BlockKind::Gamma) && !silent(1, BlockKind::Weight));
                }
    }

    // Breaks where positive inputs teach a learnt slope: its gradient must be exactly 0 there. By hand: w = 1, b = 0,
    // d loss / d h = 1 a sample, so that the slope's gradient is the sum of the negative inputs.
    void onlyNegativeInputsTeachASlope() {
        const Network<float> network(
            NetworkSpec{1, {1}, 1, findActivation("prelu"), {0.25, 0.0}, findObjective("linear")});
        const auto slopeGradient = [&](std::vector<float> inputs) {
            const std::vector<float> parameters{1.0F, 0.0F, 0.25F, 1.0F, 0.0F};
            const Batch<float> x =
                Eigen::Map<const Eigen::VectorXf>(inputs.data(), static_cast<Eigen::Index>(inputs.size()));
            Pass<float> pass;
            network.forward(parameters.data(), x, pass);
            pass.outputGradient = Batch<float>::Ones(x.rows(), 1);
            std::vector<float> gradient(parameters.size(), 0.0F);
            network.backward(parameters.data(), x, pass, gradient.data());
            return gradient[network.layout().block(1, BlockKind::Alpha).offset];
        };
        QCOMPARE(slopeGradient({0.1F, 3.0F, 1e-30F, 1e30F}), 0.0F);
        QCOMPARE(slopeGradient({0.0F}), 0.0F);
        QCOMPARE(slopeGradient({-2.0F, 3.0F, -0.5F, 7.0F}), -2.5F);
    }

    // Breaks where a neuron's slope is another neuron's, or all share one.
    void everyNeuronHasItsOwnSlope() {
        const Network<float> network(
            NetworkSpec{1, {3}, 1, findActivation("prelu"), {0.25, 0.0}, findObjective("linear")});
        const Layout& layout = network.layout();
        std::vector<float> parameters(layout.size(), 0.0F);
        for (int j = 0; j < 3; ++j) {
            parameters[layout.block(1, BlockKind::Weight).at(j, 0)] = 1.0F;
            parameters[layout.block(1, BlockKind::Alpha).at(j, 0)] = 0.5F * static_cast<float>(j);
        }
        Batch<float> x(2, 1);
        x << -4.0F, 4.0F;
        Pass<float> pass;
        network.forward(parameters.data(), x, pass);
        for (int j = 0; j < 3; ++j) {
            QCOMPARE(pass.activations[0](0, j), -2.0F * static_cast<float>(j));
            QCOMPARE(pass.activations[0](1, j), 4.0F);
            QCOMPARE(network.neuronParameters(parameters.data(), 0, static_cast<std::size_t>(j)).alpha, 0.5 * j);
        }
    }

    // Breaks where backward overwrites instead of adding: a gradient gathered piece by piece would lose its beginning.
    void backwardAdds() {
        const Case c = drawCase(specOf("tanh", "linear", {4}), PassMode::Evaluation, 0);
        const Network<double> network(c.spec);
        Pass<double> pass;
        const std::vector<double> once = gradientOf(c, network, pass);
        std::vector<double> twice = once;
        network.backward(c.parameters.data(), c.features, pass, twice.data());
        for (std::size_t i = 0; i < once.size(); ++i)
            QCOMPARE(twice[i], once[i] + once[i]);
    }

    // Breaks where the layout's blocks overlap, leave holes, or a weight's row is not the unit.
    void layoutNamesEveryParameterOnce() {
        const Layout layout({3, 4, 2});
        QCOMPARE(layout.size(), std::size_t(3 * 4 + 4 + 4 * 2 + 2));
        const Layout rich({3, 4, 2}, {true, true});
        QCOMPARE(rich.size(), layout.size() + 5 * 4);
        for (const Layout& each : {layout, rich}) {
            std::size_t next = 0;
            for (const Block& block : each.blocks()) {
                QCOMPARE(block.offset, next);
                QCOMPARE(each.find(block.layer, block.kind), &block);
                next += block.size();
            }
            QCOMPARE(next, each.size());
        }
        QCOMPARE(layout.block(2, BlockKind::Weight).at(1, 3), std::size_t(16 + 7));
        QCOMPARE(layout.block(2, BlockKind::Bias).rows, 2);
        QVERIFY(layout.find(1, BlockKind::Alpha) == nullptr);
        QVERIFY(rich.find(2, BlockKind::Gamma) == nullptr); // the output layer has none
    }

    // Breaks where values lose their place when slopes or batch norm come or go.
    void relaidKeepsWhatBothLayoutsHave() {
        const Layout plain({2, 3, 1});
        const Layout rich({2, 3, 1}, {true, true});
        std::vector<float> values(plain.size());
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = static_cast<float>(i) + 1.0F;
        const std::vector<float> there = relaid(plain, values, rich, std::vector<float>(rich.size(), -1.0F));
        for (const Block& block : rich.blocks())
            for (std::size_t i = 0; i < block.size(); ++i) {
                const Block* source = plain.find(block.layer, block.kind);
                QCOMPARE(there[block.offset + i], source != nullptr ? values[source->offset + i] : -1.0F);
            }
        QCOMPARE(relaid(rich, there, plain, std::vector<float>(plain.size(), 0.0F)), values);
    }

    // Breaks where an active chain of ReLUs changes the gradient: its factor is exactly 1.
    void anActiveReluPassesTheGradientUnscathed() {
        NetworkSpec spec{1, {1, 1, 1}, 1, findActivation("relu"), {}, findObjective("linear")};
        const Network<float> network(spec);
        const std::vector<float> parameters{1, 0, 1, 0, 1, 0, 1, 0};
        Batch<float> x(1, 1);
        x << 0.7351F;
        Pass<float> pass;
        network.forward(parameters.data(), x, pass);
        pass.outputGradient = Batch<float>::Constant(1, 1, 0.123456F);
        std::vector<float> gradient(8, 0.0F);
        network.backward(parameters.data(), x, pass, gradient.data());
        for (std::size_t i = 1; i < 8; i += 2)
            QCOMPARE(gradient[i], 0.123456F);
    }
};

QTEST_GUILESS_MAIN(NetworkTest)
#include "network_test.moc"
