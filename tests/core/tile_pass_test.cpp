#include "core/base/random.h"
#include "core/network/tile_pass.h"

#include <QTest>

#include <cmath>
#include <cstring>

using namespace flatline;

namespace {

/// A network with random parameters and samples, and a tile of the latter.
struct Case {
    NetworkSpec spec;
    std::vector<float> parameters;
    Split split;
    std::vector<float> features; ///< as a tile
    std::vector<float> values;
    std::vector<std::int32_t> labels;
    TileSamples tile;
};

Case drawCase(NetworkSpec spec, int samples, std::uint32_t number) {
    Case c;
    RandomStream stream(17, StreamId::Data, number);
    const Layout layout = layoutOf(spec);
    c.parameters.resize(layout.size());
    for (const Block& block : layout.blocks())
        for (std::size_t i = block.offset; i < block.offset + block.size(); ++i)
            c.parameters[i] = static_cast<float>(block.kind == BlockKind::RunningVariance ? stream.uniform(0.3, 3.0)
                                                 : block.kind == BlockKind::Weight
                                                     ? stream.normal() / std::sqrt(static_cast<double>(block.columns))
                                                     : 0.5 * stream.normal());
    c.split.features.resize(samples, spec.inputs);
    for (float& x : c.split.features.reshaped())
        x = static_cast<float>(stream.normal());
    c.split.targets.values.resize(samples, spec.outputs);
    for (float& x : c.split.targets.values.reshaped())
        x = static_cast<float>(stream.normal());
    for (int i = 0; i < samples; ++i)
        c.split.targets.labels.push_back(
            static_cast<int>(stream.bits() % static_cast<unsigned>(std::max(2, spec.outputs))));
    c.spec = std::move(spec);
    const std::ptrdiff_t stride = kernels::rowStride(samples);
    const auto tiled = [&](const Batch<float>& from) {
        std::vector<float> to(static_cast<std::size_t>(stride * from.cols()));
        for (Eigen::Index f = 0; f < from.cols(); ++f)
            for (std::ptrdiff_t s = 0; s < stride; ++s)
                to[static_cast<std::size_t>(f * stride + s)] = from(std::min<Eigen::Index>(s, samples - 1), f);
        return to;
    };
    c.features = tiled(c.split.features);
    c.values = tiled(c.split.targets.values);
    c.labels.assign(c.split.targets.labels.begin(), c.split.targets.labels.end());
    c.labels.resize(static_cast<std::size_t>(kernels::padded(samples)));
    c.tile = {c.features.data(), stride, samples, c.labels.data(), c.values.data()};
    return c;
}

NetworkSpec specOf(const ActivationRow& activation, const ObjectiveRow& objective, int inputs, std::vector<int> hidden,
                   int outputs) {
    NetworkSpec spec;
    spec.inputs = inputs;
    spec.hidden = std::move(hidden);
    spec.outputs = std::string_view(objective.id) == "sigmoid" ? 1 : outputs;
    spec.activation = &activation;
    spec.activationParameters = activationParameters(activation, std::nullopt, 0.0);
    spec.objective = &objective;
    return spec;
}

template <class Scalar>
struct Expected {
    Pass<Scalar> pass;
    LossSum loss;
    std::vector<Scalar> gradient;
};

/// The reference, in double.
Expected<double> expected(const Case& c) {
    Expected<double> e;
    const Network<double> network(c.spec);
    const std::vector<double> parameters(c.parameters.begin(), c.parameters.end());
    const Batch<double> features = c.split.features.cast<double>();
    Targets<double> targets{c.split.targets.labels, c.split.targets.values.cast<double>()};
    network.forward(parameters.data(), features, e.pass);
    const double scale = 1.0 / static_cast<double>(c.split.samples());
    e.loss = c.spec.objective->twice.loss(e.pass.outputs, targets, scale, &e.pass.outputGradient);
    e.gradient.assign(parameters.size(), 0.0);
    network.backward(parameters.data(), features, e.pass, e.gradient.data());
    return e;
}

double greatest(const std::vector<double>& values) {
    double result = 0.0;
    for (const double value : values)
        result = std::max(result, std::abs(value));
    return result;
}

bool near(const float* values, std::ptrdiff_t stride, const Batch<double>& expected, double room = 1e-5) {
    const double allowed = room * (1.0 + expected.cwiseAbs().maxCoeff());
    for (Eigen::Index j = 0; j < expected.cols(); ++j)
        for (Eigen::Index s = 0; s < expected.rows(); ++s)
            if (!(std::abs(static_cast<double>(values[j * stride + s]) - expected(s, j)) <= allowed))
                return false;
    return true;
}

/// By how much the loss's derivatives magnify an error of the outputs: that of ln z is steep near 0.
double steepness(const Case& c, const Expected<double>& e) {
    return std::string_view(c.spec.objective->id) == "relu-normalized"
               ? std::max(1.0, c.tile.samples * e.pass.outputGradient.cwiseAbs().maxCoeff())
               : 1.0;
}

/// The gradient of the mean loss by the network's own parameters.
std::vector<float> gradientOf(const Case& c, TilePass& pass, TileKeep keep) {
    const Network<float> network(c.spec);
    pass.prepare(network, c.parameters.data(), keep);
    pass.forward(c.tile);
    pass.addLoss(c.tile, 1.0F / static_cast<float>(c.tile.samples));
    std::vector<float> sums(c.parameters.size(), 0.0F);
    pass.backward(c.tile, sums.data());
    if (c.spec.batchNorm == BatchNorm::None)
        return sums;
    std::vector<float> gradient(c.parameters.size(), 0.0F);
    unfoldGradient(network, c.parameters.data(), sums.data(), gradient.data());
    return gradient;
}

bool sameBits(const float* a, const float* b, int count) {
    return std::memcmp(a, b, static_cast<std::size_t>(count) * sizeof(float)) == 0;
}

void check(const Case& c, const kernels::Kernels& kernels) {
    const Expected<double> e = expected(c);
    TilePass pass(c.spec, c.tile.samples, kernels);
    const std::vector<float> full = gradientOf(c, pass, TileKeep::States);
    const std::size_t hidden = c.spec.hidden.size();
    for (std::size_t k = 0; k < hidden; ++k) {
        QVERIFY(near(pass.preActivations(k), pass.stride(), e.pass.preActivations[k]));
        QVERIFY(near(pass.activations(k), pass.stride(), e.pass.activations[k]));
    }
    QVERIFY(near(pass.outputs(), pass.stride(), e.pass.outputs));
    const double steep = steepness(c, e);
    QVERIFY(near(pass.outputGradient(), pass.stride(), e.pass.outputGradient, 2e-5 * steep));
    QVERIFY(std::abs(pass.loss().sum - e.loss.sum) <= 2e-5 * steep * (1.0 + std::abs(e.loss.sum)));
    QCOMPARE(pass.loss().correct, e.loss.correct);
    QCOMPARE(pass.loss().infinite, e.loss.infinite);
    const double room = 5e-5 * steep * (0.1 + greatest(e.gradient));
    for (std::size_t i = 0; i < full.size(); ++i)
        QVERIFY2(std::abs(static_cast<double>(full[i]) - e.gradient[i]) <= room,
                 qPrintable(QString("%1: %2 and %3").arg(i).arg(static_cast<double>(full[i])).arg(e.gradient[i])));
    // Whatever is kept: the same bits.
    const double loss = pass.loss().sum;
    const std::vector<float> outputs(pass.outputs(), pass.outputs() + pass.stride() * c.spec.outputs);
    const auto sameOutputs = [&] {
        for (int j = 0; j < c.spec.outputs; ++j)
            if (!sameBits(pass.outputs() + j * pass.stride(), outputs.data() + j * pass.stride(), c.tile.samples))
                return false;
        return true;
    };
    QVERIFY(gradientOf(c, pass, TileKeep::Gradient) == full);
    QVERIFY(sameOutputs());
    pass.prepare(Network<float>(c.spec), c.parameters.data(), TileKeep::Outputs);
    pass.forward(c.tile);
    pass.addLoss(c.tile);
    QVERIFY(sameOutputs());
    QCOMPARE(pass.loss().sum, loss);
    QVERIFY(!pass.overflowed());
}

} // namespace

class TilePassTest : public QObject {
    Q_OBJECT
private slots:
    void likeTheReference_data() {
        QTest::addColumn<QString>("kernels");
        QTest::addColumn<QString>("activation");
        for (const kernels::Kernels* kernels : kernels::available())
            for (const ActivationRow& row : activationTable())
                QTest::addRow("%s, %s", kernels->id, row.id) << kernels->id << row.id;
    }
    // Breaks where values, loss or gradient of a tile are not those of the reference, for every activation, objective
    // and place of batch norm, odd widths and counts; or depend on what is kept.
    void likeTheReference() {
        QFETCH(QString, kernels);
        QFETCH(QString, activation);
        const ActivationRow& row = *findActivation(activation.toStdString());
        const kernels::Kernels& own = *kernels::find(kernels.toStdString());
        std::uint32_t number = 0;
        for (const ObjectiveRow& objective : objectiveTable())
            for (const BatchNormRow& norm : batchNormTable())
                for (const int samples : {1, 7, 8, 33, 50, 128}) {
                    NetworkSpec spec = specOf(row, objective, 3, {9, 2, 17}, 3);
                    spec.batchNorm = norm.kind;
                    spec.biasShift = number % 2 == 0 ? 0.0 : -0.75;
                    if (number % 3 == 0)
                        spec.biasShift.own = {std::vector<double>(9, 0.5), {0.0, -1.25}, std::vector<double>(17, 0.0)};
                    check(drawCase(spec, samples, number++), own);
                }
    }

    // Breaks where an activation or objective that has no kernel is left out.
    void withoutKernelsTheReferenceServes() {
        kernels::Kernels bare = kernels::chosen();
        bare.activations.count = 0;
        bare.losses.count = 0;
        std::uint32_t number = 500;
        for (const ActivationRow& row : activationTable())
            for (const ObjectiveRow& objective : objectiveTable())
                check(drawCase(specOf(row, objective, 3, {9, 5}, 3), 43, number++), bare);
    }

    // Breaks where a width or depth is served wrongly: one neuron, none hidden, wide and narrow in turn.
    void oddShapes() {
        const ObjectiveRow& objective = *findObjective("linear");
        std::uint32_t number = 1000;
        for (const kernels::Kernels* kernels : kernels::available())
            for (const char* activation : {"relu", "tanh", "prelu"})
                for (const std::vector<int>& hidden :
                     {std::vector<int>{}, {1}, {2, 2, 2, 2, 2, 2, 2, 2, 2, 2}, {5, 64, 3}, {13, 1, 31}})
                    for (const int inputs : {1, 2, 20})
                        check(drawCase(specOf(*findActivation(activation), objective, inputs, hidden, 1 + inputs % 3),
                                       61, number++),
                              *kernels);
    }

    // Breaks where ReLU's slope at 0 has no part in the gradient: a neuron that is exactly 0 on all samples.
    void slopeAtZero() {
        for (const kernels::Kernels* kernels : kernels::available())
            for (const double slope : {0.0, 0.5, 1.0}) {
                NetworkSpec spec = specOf(*findActivation("relu"), *findObjective("linear"), 2, {3, 4}, 1);
                spec.activationParameters.slopeAtZero = slope;
                Case c = drawCase(spec, 20, 5);
                const Layout layout = layoutOf(spec);
                const Block& weights = layout.block(2, BlockKind::Weight);
                for (int i = 0; i < weights.columns; ++i)
                    c.parameters[weights.at(1, i)] = 0.0F;
                c.parameters[layout.block(2, BlockKind::Bias).at(1, 0)] = 0.0F;
                check(c, *kernels);
            }
    }

    // Breaks where a sample's values depend on the others of its tile, or on its place in it.
    void samplesAreOnTheirOwn() {
        for (const kernels::Kernels* kernels : kernels::available())
            for (const ActivationRow& row : activationTable()) {
                const Case c = drawCase(specOf(row, *findObjective("softmax"), 3, {9, 5}, 3), 53, 77);
                const Network<float> network(c.spec);
                TilePass all(c.spec, 53, *kernels);
                all.prepare(network, c.parameters.data(), TileKeep::States);
                all.forward(c.tile);
                TilePass one(c.spec, 3, *kernels);
                one.prepare(network, c.parameters.data(), TileKeep::States);
                for (int s = 0; s < 53; ++s) {
                    std::vector<float> features(3 * 8);
                    for (std::size_t f = 0; f < 3; ++f)
                        for (std::size_t i = 0; i < 8; ++i)
                            features[f * 8 + i] = c.split.features(i == 1 ? s : (s + 7) % 53, static_cast<int>(f));
                    one.forward({features.data(), 8, 3});
                    for (int j = 0; j < 5; ++j) {
                        QVERIFY(sameBits(all.preActivations(1) + j * all.stride() + s,
                                         one.preActivations(1) + j * one.stride() + 1, 1));
                        QVERIFY(sameBits(all.activations(1) + j * all.stride() + s,
                                         one.activations(1) + j * one.stride() + 1, 1));
                    }
                    for (int j = 0; j < 3; ++j)
                        QVERIFY(
                            sameBits(all.outputs() + j * all.stride() + s, one.outputs() + j * one.stride() + 1, 1));
                }
            }
    }

    // Breaks where a neuron looked at alone has other bits than in a pass through the whole network.
    void oneNeuronHasTheBitsOfAll() {
        for (const kernels::Kernels* kernels : kernels::available())
            for (const ActivationRow& row : activationTable())
                for (const int samples : {3, 53}) {
                    NetworkSpec spec = specOf(row, *findObjective("softmax"), 3, {9, 5, 33}, 3);
                    spec.biasShift.all = 0.125;
                    const Case c = drawCase(spec, samples, 80);
                    const Network<float> network(c.spec);
                    TilePass all(c.spec, samples, *kernels);
                    all.prepare(network, c.parameters.data(), TileKeep::States);
                    all.forward(c.tile);
                    TilePass alone(c.spec, samples, *kernels);
                    alone.prepare(network, c.parameters.data(), TileKeep::Values);
                    for (std::size_t layer = 0; layer < 3; ++layer) {
                        alone.forwardBefore(c.tile, layer);
                        for (std::size_t k = 0; k <= layer; ++k)
                            for (std::size_t j = 0; j < static_cast<std::size_t>(spec.hidden[k]); ++j)
                                QVERIFY(sameBits(alone.preActivation(c.tile, k, j),
                                                 all.preActivations(k) + static_cast<std::ptrdiff_t>(j) * all.stride(),
                                                 samples));
                    }
                }
    }

    // Breaks where values beyond the tile's samples get into the gradient.
    void whatIsBeyondTheSamplesDoesNotCount() {
        for (const kernels::Kernels* kernels : kernels::available()) {
            Case c = drawCase(specOf(*findActivation("relu"), *findObjective("softmax"), 3, {9, 5}, 3), 21, 78);
            TilePass pass(c.spec, 21, *kernels);
            const std::vector<float> before = gradientOf(c, pass, TileKeep::Gradient);
            for (int f = 0; f < 3; ++f)
                for (std::ptrdiff_t s = 21; s < c.tile.stride; ++s)
                    c.features[static_cast<std::size_t>(f * c.tile.stride + s)] = INFINITY;
            QVERIFY(gradientOf(c, pass, TileKeep::Gradient) == before);
        }
    }

    // Breaks where an activation, a slope or a shift that has changed meanwhile is not seen.
    void followsTheNetwork() {
        Case c = drawCase(specOf(*findActivation("relu"), *findObjective("linear"), 3, {9, 5}, 2), 40, 79);
        for (const kernels::Kernels* kernels : kernels::available()) {
            TilePass pass(c.spec, 40, *kernels);
            Network<float> network(c.spec);
            for (const ActivationRow& row : activationTable()) {
                network.setActivation(row, activationParameters(row, std::nullopt, 0.0));
                network.setBiasShift(network.spec().biasShift.all + 0.25);
                const Layout layout = network.layout();
                const std::vector<float> parameters =
                    relaid(layoutOf(c.spec), c.parameters, layout, std::vector<float>(layout.size(), 0.25F));
                Pass<float> reference;
                network.forward(parameters.data(), c.split.features, reference);
                for (const TileKeep keep : {TileKeep::Outputs, TileKeep::States, TileKeep::Gradient}) {
                    pass.prepare(network, parameters.data(), keep);
                    pass.forward(c.tile);
                    QVERIFY(near(pass.outputs(), pass.stride(), reference.outputs.cast<double>()));
                }
            }
        }
    }

    // Breaks where ReLU hides a pre-activation that is infinite.
    void overflowShows() {
        for (const kernels::Kernels* kernels : kernels::available()) {
            Case c = drawCase(specOf(*findActivation("relu"), *findObjective("linear"), 3, {9, 5}, 2), 40, 80);
            TilePass pass(c.spec, 40, *kernels);
            c.parameters[layoutOf(c.spec).block(2, BlockKind::Bias).at(4, 0)] = -INFINITY;
            pass.prepare(Network<float>(c.spec), c.parameters.data(), TileKeep::Gradient);
            pass.forward(c.tile);
            QVERIFY(pass.overflowed());
        }
    }
};

QTEST_GUILESS_MAIN(TilePassTest)
#include "tile_pass_test.moc"
