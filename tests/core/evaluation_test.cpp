#include "core/diagnosis/evaluation.h"
#include "core/diagnosis/rise_bound.h"
#include "core/network/initialization.h"
#include "tests/core/fixtures.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

struct Case {
    std::string name;
    std::shared_ptr<const Dataset> data;
    NetworkSpec spec;
    std::vector<float> parameters;
};

/// Every objective, batch norm and learnt slopes; batch norm's figures are random.
std::vector<Case> cases() {
    std::vector<Case> result;
    const auto add = [&](const char* source, const char* activation, const char* output, const char* norm) {
        Settings settings;
        settings.data.source = source;
        settings.data.samples = 331;
        settings.network.hidden = {7, 19};
        settings.network.activation = activation;
        settings.network.output = output;
        settings.network.batchNorm = norm;
        Case one{
            std::string(source) + ", " + activation + ", " + output + ", " + norm, fixtures::dataset(settings), {}, {}};
        one.spec = makeNetworkSpec(settings, *one.data).value();
        one.spec.biasShift = 0.125;
        const Layout layout = layoutOf(one.spec);
        one.parameters = initialParameters(layout, settings.initialization, 0.25, 3);
        RandomStream stream(1, StreamId::Data, 9);
        for (const Block& block : layout.blocks())
            for (std::size_t i = block.offset; i < block.offset + block.size(); ++i)
                one.parameters[i] += static_cast<float>(stream.uniform(0.0, 0.5));
        result.push_back(std::move(one));
    };
    for (const char* norm : {"none", "before-activation", "after-activation"}) {
        add("circles", "relu", "softmax", norm);
        add("circles", "tanh", "sigmoid", norm);
        add("circles", "prelu", "linear", norm);
        add("iris", "gelu", "relu-normalized", norm);
        add("sine", "relu", "linear", norm);
    }
    return result;
}

} // namespace

class EvaluationTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where the loss, the accuracy or the infinite losses of a whole set are not the reference's.
    void likeTheReference() {
        for (const kernels::Kernels* kernels : kernels::available())
            for (const Case& c : cases()) {
                const Network<float> network(c.spec);
                Evaluator evaluator(c.spec, c.data->train, *kernels);
                const Evaluation evaluation = evaluator.evaluate(network, c.parameters.data());
                const Network<double> reference(c.spec);
                const std::vector<double> parameters(c.parameters.begin(), c.parameters.end());
                Pass<double> pass;
                reference.forward(parameters.data(), c.data->train.features.cast<double>(), pass);
                const Targets<double> targets{c.data->train.targets.labels,
                                              c.data->train.targets.values.cast<double>()};
                const LossSum expected = c.spec.objective->twice.loss(pass.outputs, targets, 1.0, nullptr);
                const auto samples = static_cast<double>(c.data->train.samples());
                QCOMPARE(evaluation.infinite, expected.infinite);
                QVERIFY2(std::isinf(evaluation.loss) ||
                             std::abs(evaluation.loss - expected.sum / samples) < 1e-5 * (1.0 + expected.sum / samples),
                         c.name.c_str());
                QVERIFY(std::abs(evaluation.accuracy - static_cast<double>(expected.correct) / samples) * samples <
                        1.5);
            }
    }

    // Breaks where tiles of another size, or a copy for another thread, give other bits.
    void tilesMakeNoDifference() {
        for (const kernels::Kernels* kernels : kernels::available())
            for (const Case& c : cases()) {
                const Network<float> network(c.spec);
                Evaluator first(c.spec, c.data->train, *kernels);
                const Evaluation expected = first.evaluate(network, c.parameters.data());
                const auto same = [&](Evaluator& evaluator) {
                    const Evaluation own = evaluator.evaluate(network, c.parameters.data());
                    return own.loss == expected.loss && own.accuracy == expected.accuracy &&
                           own.infinite == expected.infinite;
                };
                for (const int tile : {8, 24, 48, 400}) {
                    Evaluator evaluator(c.spec, c.data->train, tile, *kernels);
                    QVERIFY2(same(evaluator), c.name.c_str());
                    Evaluator copy(evaluator);
                    QVERIFY2(same(copy), c.name.c_str());
                }
            }
    }

    // Breaks where a look at the states gives another loss than a look at the outputs alone, or a piece other values
    // than its tiles.
    void piecesAndStatesHaveTheSameBits() {
        for (const kernels::Kernels* kernels : kernels::available())
            for (const Case& c : cases()) {
                const Network<float> network(c.spec);
                Evaluator evaluator(c.spec, c.data->train, *kernels);
                const double expected = evaluator.evaluate(network, c.parameters.data()).loss;
                Pass<float> seen;
                evaluator.forEachPiece(network, c.parameters.data(),
                                       [&](Pass<float>& pass, const Batch<float>& features,
                                           const Targets<float>& targets, Eigen::Index first) {
                                           QCOMPARE(first, Eigen::Index{0});
                                           QVERIFY(features == c.data->train.features);
                                           QVERIFY(targets.labels == c.data->train.targets.labels);
                                           seen = pass;
                                       });
                LossSum loss;
                evaluator.forEachTile(network, c.parameters.data(), TileKeep::States,
                                      [&](TilePass& pass, const TileSamples& tile, int first) {
                                          pass.addLoss(tile);
                                          loss = pass.loss();
                                          for (std::size_t k = 0; k < c.spec.hidden.size(); ++k)
                                              for (int j = 0; j < c.spec.hidden[k]; ++j)
                                                  for (int s = 0; s < tile.samples; ++s) {
                                                      QCOMPARE(seen.preActivations[k](first + s, j),
                                                               pass.preActivations(k)[j * pass.stride() + s]);
                                                      QCOMPARE(seen.activations[k](first + s, j),
                                                               pass.activations(k)[j * pass.stride() + s]);
                                                  }
                                      });
                QVERIFY2(evaluator.summary(loss).loss == expected || std::isinf(expected), c.name.c_str());
                Pass<float> reference;
                network.forward(c.parameters.data(), c.data->train.features, reference);
                for (std::size_t k = 0; k < c.spec.hidden.size(); ++k)
                    QVERIFY((seen.output(k) - reference.output(k)).cwiseAbs().maxCoeff() <
                            1e-4F * (1.0F + reference.output(k).cwiseAbs().maxCoeff()));
            }
    }

    // Breaks where the largest norm of a layer's inputs is not that of a sample, or an input lies beyond its range or
    // does not reach its ends.
    void inputNormsAndRanges() {
        for (const kernels::Kernels* kernels : kernels::available())
            for (const Case& c : cases()) {
                if (c.spec.batchNorm != BatchNorm::None)
                    continue;
                const Network<float> network(c.spec);
                Evaluator evaluator(c.spec, c.data->train, *kernels);
                std::vector<float> norms(c.spec.hidden.size());
                std::vector<InputRanges> ranges(norms.size(), emptyRanges(64));
                evaluator.forEachTile(network, c.parameters.data(), TileKeep::States,
                                      [&](TilePass& pass, const TileSamples& tile, int) {
                                          for (std::size_t k = 0; k < norms.size(); ++k) {
                                              norms[k] = std::max(norms[k], pass.greatestInputNorm(tile, k));
                                              pass.widenInputRanges(tile, k, ranges[k].data());
                                          }
                                      });
                Pass<float> reference;
                network.forward(c.parameters.data(), c.data->train.features, reference);
                for (std::size_t k = 0; k < norms.size(); ++k) {
                    const Batch<float>& input = k == 0 ? c.data->train.features : reference.activations[k - 1];
                    const float expected = input.rowwise().norm().maxCoeff();
                    QVERIFY(std::abs(norms[k] - expected) < 1e-5F * expected);
                    QVERIFY(input.cols() <= 64);
                    for (Eigen::Index i = 0; i < input.cols(); ++i) {
                        const auto at = static_cast<std::size_t>(i);
                        QVERIFY(std::abs(*std::ranges::min_element(ranges[k][at].lowest) - input.col(i).minCoeff()) <=
                                1e-5F * expected);
                        QVERIFY(std::abs(*std::ranges::max_element(ranges[k][at].highest) - input.col(i).maxCoeff()) <=
                                1e-5F * expected);
                    }
                }
            }
    }
};

QTEST_GUILESS_MAIN(EvaluationTest)
#include "evaluation_test.moc"
