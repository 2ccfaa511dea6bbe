#include "core/analysis/hessian.h"
#include "core/analysis/sharpness.h"
#include "core/base/symmetric_eigen.h"
#include "tests/core/fixtures.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

struct Case {
    NetworkSpec spec;
    std::shared_ptr<const Dataset> dataset;
    std::vector<float> parameters;
};

Case trained(const Settings& settings, int steps) {
    Trainer trainer = fixtures::trainer(settings);
    for (int i = 0; i < steps; ++i)
        if (!trainer.step())
            throw std::runtime_error(trainer.divergence()->english());
    return {trainer.network().spec(), trainer.dataset(), trainer.parameters()};
}

Sharpness sharpnessOf(const Case& c, const SharpnessOptions& options = {}) {
    return computeSharpness(c.spec, *c.dataset, c.parameters, options).value();
}

/// The whole matrix, column by column.
Eigen::MatrixXd denseHessian(const Case& c) {
    TrainingHessian hessian(c.spec, c.dataset->train, c.parameters);
    const auto size = static_cast<Eigen::Index>(c.parameters.size());
    Eigen::MatrixXd matrix(size, size);
    Eigen::VectorXd unit = Eigen::VectorXd::Zero(size);
    for (Eigen::Index i = 0; i < size; ++i) {
        unit[i] = 1.0;
        if (!hessian.multiply(unit.data(), matrix.col(i).data()))
            throw std::runtime_error("cancelled");
        unit[i] = 0.0;
    }
    return matrix;
}

Eigen::VectorXd asDouble(const std::vector<float>& values) {
    return Eigen::Map<const Eigen::VectorXf>(values.data(), static_cast<Eigen::Index>(values.size())).cast<double>();
}

} // namespace

class SharpnessTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where the value is not the dense matrix's largest eigenvalue, or the direction not its eigenvector.
    void agreesWithTheDenseMatrix_data() {
        QTest::addColumn<QString>("source");
        QTest::addColumn<QString>("activation");
        QTest::addColumn<QString>("batchNorm");
        QTest::addColumn<QString>("output");
        QTest::addColumn<int>("steps");
        for (const char* activation : {"relu", "tanh", "gelu", "prelu"}) {
            for (const int steps : {0, 300})
                QTest::addRow("circles, %s, %d", activation, steps) << "circles" << activation << "none"
                                                                    << "softmax" << steps;
            QTest::addRow("sine, %s", activation) << "sine" << activation << "none"
                                                  << "linear" << 100;
            QTest::addRow("norm before, %s", activation) << "moons" << activation << "before-activation"
                                                         << "sigmoid" << 100;
            QTest::addRow("norm after, %s", activation) << "moons" << activation << "after-activation"
                                                        << "linear" << 100;
        }
    }
    void agreesWithTheDenseMatrix() {
        QFETCH(QString, source);
        QFETCH(QString, activation);
        QFETCH(QString, batchNorm);
        QFETCH(QString, output);
        QFETCH(int, steps);
        Settings settings;
        settings.data.source = source.toStdString();
        settings.data.samples = 200;
        settings.network.hidden = {6, 5};
        settings.network.activation = activation.toStdString();
        settings.network.batchNorm = batchNorm.toStdString();
        settings.network.output = output.toStdString();
        const Case c = trained(settings, steps);
        const Sharpness sharpness = sharpnessOf(c);
        const Eigen::MatrixXd matrix = denseHessian(c);
        const double largest = symmetricEigen(matrix).values.maxCoeff();
        QVERIFY(sharpness.converged);
        QVERIFY2(std::abs(sharpness.value - largest) <= 1e-4 * largest,
                 qPrintable(QString("%1, not %2").arg(sharpness.value).arg(largest)));
        const Eigen::VectorXd direction = asDouble(sharpness.direction);
        QVERIFY(std::abs(direction.norm() - 1.0) < 1e-6);
        QVERIFY((matrix * direction - largest * direction).norm() < 3e-4 * largest);
        const Layout layout = layoutOf(c.spec);
        for (const Block& block : layout.blocks())
            for (std::size_t i = block.offset; i < block.offset + block.size(); ++i)
                QVERIFY(isDifferentiated(block.kind) || sharpness.direction[i] == 0.0F);
    }

    // Breaks where the closed form of a linear network with squared loss is missed: each output's weights and bias have
    // the block 2 / K of the mean of x x', x a sample with a 1 behind it, wherever the parameters are.
    void squaredLossOfALinearNetworkHasItsClosedForm() {
        for (const char* source : {"iris", "plane", "wine"}) {
            Settings settings;
            settings.data.source = source;
            settings.network.hidden = {};
            settings.network.output = "linear";
            const Case c = trained(settings, 20);
            const Batch<float>& features = c.dataset->train.features;
            Eigen::MatrixXd x(features.rows(), features.cols() + 1);
            x << features.cast<double>(), Eigen::VectorXd::Ones(features.rows());
            const Eigen::MatrixXd block = x.transpose() * x * (2.0 / (c.spec.outputs * static_cast<double>(x.rows())));
            const double largest = symmetricEigen(block).values.maxCoeff();
            const double found = sharpnessOf(c, {200, 1e-9}).value;
            QVERIFY2(std::abs(found - largest) < 1e-8 * largest,
                     qPrintable(QString("%1: %2, not %3").arg(source).arg(found).arg(largest)));
        }
    }

    // Breaks where the same parameters do not give the same bits, or an iteration's limit is not kept.
    void isAFunctionOfTheParameters() {
        const Case c = trained({}, 50);
        const Sharpness one = sharpnessOf(c);
        const Sharpness two = sharpnessOf(c);
        QCOMPARE(one.value, two.value);
        QCOMPARE(one.direction, two.direction);
        QCOMPARE(sharpnessOf(c, {2, 1e-12}).iterations, 2);
        QVERIFY(!sharpnessOf(c, {2, 1e-12}).converged);
    }

    // Breaks where a network whose every hidden neuron is dead has a sharpness that is no number: only the output
    // layer's biases are left, whose curvature for two equally likely classes is 1/2 along (1, -1).
    void aDeadNetworkHasTheCurvatureOfItsOutputBiases() {
        Case c = trained({}, 0);
        const Layout layout = layoutOf(c.spec);
        std::fill(c.parameters.begin(), c.parameters.end(), 0.0F);
        const Sharpness sharpness = sharpnessOf(c);
        QVERIFY(sharpness.converged);
        QVERIFY(std::abs(sharpness.value - 0.5) < 1e-12);
        const Block& bias = layout.block(layout.layers(), BlockKind::Bias);
        QVERIFY(std::abs(std::abs(sharpness.direction[bias.at(0, 0)]) - std::sqrt(0.5F)) < 1e-6F);
        QCOMPARE(sharpness.direction[bias.at(1, 0)], -sharpness.direction[bias.at(0, 0)]);
    }

    // Breaks where an infinite loss, or a loss that is no number, has a sharpness.
    void noLossHasNoSharpness() {
        Settings settings;
        settings.network.output = "relu-normalized";
        Case c = trained(settings, 0);
        std::fill(c.parameters.begin(), c.parameters.end(), 0.0F); // every probability is 0
        QVERIFY(!computeSharpness(c.spec, *c.dataset, c.parameters).has_value());
        Case far = trained({}, 0);
        std::fill(far.parameters.begin(), far.parameters.end(), 3e38F);
        far.spec.activation = findActivation("identity");
        far.spec.hidden = std::vector<int>(12, 8);
        far.parameters.assign(layoutOf(far.spec).size(),
                              3e38F); // 1e462 after twelve layers: too much for a double, too
        QVERIFY(!computeSharpness(far.spec, *far.dataset, far.parameters).has_value());
    }

    // Breaks where a cancelled computation hands out what it had by then.
    void cancels() {
        const Case c = trained({}, 0);
        const std::atomic<bool> cancelled{true};
        QVERIFY(!computeSharpness(c.spec, *c.dataset, c.parameters, {}, &cancelled).has_value());
    }
};

QTEST_GUILESS_MAIN(SharpnessTest)
#include "sharpness_test.moc"
