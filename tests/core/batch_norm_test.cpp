#include "core/base/random.h"
#include "core/network/batch_norm.h"

#include <QTest>

#include <cmath>
#include <functional>

using namespace flatline;

namespace {

constexpr Eigen::Index samples = 7;
constexpr Eigen::Index units = 3;

Batch<double> randomBatch(std::uint32_t draw) {
    RandomStream stream(21, StreamId::Data, draw);
    Batch<double> batch(samples, units);
    for (double& x : batch.reshaped())
        x = stream.normal();
    return batch;
}

/// A layer's parameters, gamma and beta first.
struct Layer {
    std::vector<double> gamma{0.7, -1.3, 2.0};
    std::vector<double> beta{0.1, 0.0, -0.4};
    std::vector<double> mean{0.5, -2.0, 0.0};
    std::vector<double> variance{0.25, 4.0, 1e-3};

    [[nodiscard]] BatchNormParameters<double> view() const {
        return {gamma.data(), beta.data(), mean.data(), variance.data()};
    }
};

/// sum of weights * y: a loss whose gradient by y is the weights.
double weighed(const Batch<double>& input, const Layer& layer, bool training, const Batch<double>& weights) {
    BatchNormPass<double> pass;
    Batch<double> output;
    normalize<double>(input, layer.view(), training, pass, output);
    return (output.array() * weights.array()).sum();
}

double slope(const std::function<double(double)>& f) {
    constexpr double h = 1e-6;
    return (f(h) - f(-h)) / (2.0 * h);
}

void close(double value, double expected) {
    QVERIFY2(std::abs(value - expected) < 1e-7 * (1.0 + std::abs(expected)),
             qPrintable(QString("%1, not %2").arg(value).arg(expected)));
}

} // namespace

class BatchNormTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where mean, variance or epsilon is not the batch's: by hand for 1, 2, 6 (mean 3, biased variance 14/3).
    void trainingUsesTheBatchsFigures() {
        const double gamma = 2.0;
        const double beta = 0.5;
        const double unused = std::nan("");
        Batch<double> input(3, 1);
        input << 1.0, 2.0, 6.0;
        BatchNormPass<double> pass;
        Batch<double> output;
        normalize<double>(input, {&gamma, &beta, &unused, &unused}, true, pass, output);
        QCOMPARE(pass.mean[0], 3.0);
        QCOMPARE(pass.variance[0], 14.0 / 3.0);
        const double deviation = std::sqrt(14.0 / 3.0 + 1e-5);
        for (Eigen::Index i = 0; i < 3; ++i)
            QCOMPARE(output(i, 0), 0.5 + 2.0 * (input(i, 0) - 3.0) / deviation);
    }

    // Breaks where evaluation looks at the batch: each sample's value depends on that sample and the running figures.
    void evaluationUsesTheRunningFigures() {
        const Layer layer;
        const Batch<double> input = randomBatch(1);
        BatchNormPass<double> pass;
        Batch<double> whole;
        normalize<double>(input, layer.view(), false, pass, whole);
        for (Eigen::Index i = 0; i < samples; ++i) {
            Batch<double> alone;
            const Batch<double> sample = input.row(i);
            normalize<double>(sample, layer.view(), false, pass, alone);
            for (Eigen::Index j = 0; j < units; ++j) {
                const auto u = static_cast<std::size_t>(j);
                const double expected =
                    layer.gamma[u] * (input(i, j) - layer.mean[u]) / std::sqrt(layer.variance[u] + batchNormEpsilon) +
                    layer.beta[u];
                close(whole(i, j), expected);
                QCOMPARE(alone(0, j), whole(i, j));
            }
        }
    }

    // Breaks where the way back is not the derivative, in training or in evaluation, by inputs, gamma or beta.
    void backwardIsTheSlope() {
        for (const bool training : {true, false}) {
            const Layer layer;
            const Batch<double> input = randomBatch(2);
            const Batch<double> weights = randomBatch(3);
            BatchNormPass<double> pass;
            Batch<double> output;
            normalize<double>(input, layer.view(), training, pass, output);
            Batch<double> gradient = weights;
            std::vector<double> gammaGradient(units, 10.0); // it adds
            std::vector<double> betaGradient(units, 20.0);
            normalizeBackward<double>(pass, layer.gamma.data(), gradient, gammaGradient.data(), betaGradient.data());
            for (Eigen::Index k = 0; k < input.size(); ++k)
                close(gradient.reshaped()[k], slope([&](double h) {
                          Batch<double> moved = input;
                          moved.reshaped()[k] += h;
                          return weighed(moved, layer, training, weights);
                      }));
            for (std::size_t j = 0; j < units; ++j) {
                const auto by = [&](std::vector<double> Layer::*member) {
                    return slope([&](double h) {
                        Layer moved = layer;
                        (moved.*member)[j] += h;
                        return weighed(input, moved, training, weights);
                    });
                };
                close(gammaGradient[j] - 10.0, by(&Layer::gamma));
                close(betaGradient[j] - 20.0, by(&Layer::beta));
            }
        }
    }

    // Breaks where the running figures are not PyTorch's: 0.9 of the old and 0.1 of the batch's mean and unbiased
    // variance; by hand for 1, 2, 6 (mean 3, unbiased variance 7), twice.
    void runningFiguresFollow() {
        const double one = 1.0;
        double mean = 0.0;
        double variance = 1.0;
        Batch<double> input(3, 1);
        input << 1.0, 2.0, 6.0;
        BatchNormPass<double> pass;
        Batch<double> output;
        normalize<double>(input, {&one, &one, &mean, &variance}, true, pass, output);
        updateRunning(pass, &mean, &variance);
        close(mean, 0.3);
        close(variance, 0.9 + 0.7);
        updateRunning(pass, &mean, &variance);
        close(mean, 0.27 + 0.3);
        close(variance, 0.9 * 1.6 + 0.7);
    }

    // Breaks where a batch of one sample divides by zero: it is its own mean (u = 0, y = beta), sends no gradient to
    // its input, and has no unbiased variance to pass on.
    void aBatchOfOneSample() {
        const double gamma = 3.0;
        const double beta = -0.25;
        double mean = 1.0;
        double variance = 2.0;
        const Batch<double> input = Batch<double>::Constant(1, 1, 11.0);
        BatchNormPass<double> pass;
        Batch<double> output;
        normalize<double>(input, {&gamma, &beta, &mean, &variance}, true, pass, output);
        QCOMPARE(output(0, 0), beta);
        Batch<double> gradient = Batch<double>::Ones(1, 1);
        double gammaGradient = 0.0;
        double betaGradient = 0.0;
        normalizeBackward<double>(pass, &gamma, gradient, &gammaGradient, &betaGradient);
        QCOMPARE(gradient(0, 0), 0.0);
        QCOMPARE(gammaGradient, 0.0);
        QCOMPARE(betaGradient, 1.0);
        updateRunning(pass, &mean, &variance);
        QCOMPARE(mean, 2.0);
        QCOMPARE(variance, 2.0);
    }

    // Breaks where single precision loses the variance beside a large mean: E[x^2] - E[x]^2 would, for data at 1000.
    void aLargeMeanDoesNotDrownTheVariance() {
        const std::vector<float> ones(units, 1.0F);
        const std::vector<float> zeros(units, 0.0F);
        const Batch<float> input = (randomBatch(4).array() + 1000.0).matrix().cast<float>();
        BatchNormPass<float> pass;
        Batch<float> output;
        normalize<float>(input, {ones.data(), zeros.data(), zeros.data(), ones.data()}, true, pass, output);
        const Batch<double> exact = input.cast<double>();
        for (Eigen::Index j = 0; j < units; ++j) {
            const double variance = (exact.col(j).array() - exact.col(j).mean()).square().mean();
            QVERIFY(std::abs(static_cast<double>(pass.variance[j]) / variance - 1.0) < 1e-4);
        }
    }

    // Breaks where a constant input gives anything but beta, or a value that is not finite.
    void aConstantInputGivesBeta() {
        const float gamma = 5.0F;
        const float beta = 0.5F;
        const float unused = 1.0F;
        const Batch<float> input = Batch<float>::Constant(8, 1, 0.125F);
        BatchNormPass<float> pass;
        Batch<float> output;
        normalize<float>(input, {&gamma, &beta, &unused, &unused}, true, pass, output);
        QVERIFY((output.array() == beta).all());
    }
};

QTEST_GUILESS_MAIN(BatchNormTest)
#include "batch_norm_test.moc"
