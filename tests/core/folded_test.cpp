#include "core/base/random.h"
#include "core/network/folded.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

struct Sample {
    NetworkSpec spec;
    std::vector<float> parameters;
    Batch<float> features;
};

/// Random parameters; batch norm's variances from tiny to large.
Sample draw(const ActivationRow& activation, BatchNorm norm, double shift, std::uint32_t number) {
    Sample sample;
    sample.spec = {
        3,    {5, 4, 6}, 2, &activation, activationParameters(activation, std::nullopt, 0.0), findObjective("softmax"),
        norm, shift};
    RandomStream stream(31, StreamId::Data, number);
    const Layout layout = layoutOf(sample.spec);
    sample.parameters.resize(layout.size());
    for (const Block& block : layout.blocks())
        for (std::size_t i = block.offset; i < block.offset + block.size(); ++i)
            sample.parameters[i] = static_cast<float>(
                block.kind == BlockKind::RunningVariance ? std::pow(10.0, stream.uniform(-4.0, 2.0)) : stream.normal());
    sample.features.resize(20, 3);
    for (float& x : sample.features.reshaped())
        x = static_cast<float>(stream.normal());
    return sample;
}

/// The folded parameters as a network without batch norm and without shift.
Pass<float> runPlain(const Sample& sample, const Folded& folded) {
    NetworkSpec plain = sample.spec;
    plain.batchNorm = BatchNorm::None;
    plain.biasShift = 0.0;
    const Network<float> network(plain);
    const std::vector<float> parameters = relaid(layoutOf(sample.spec), folded.parameters, network.layout(),
                                                 std::vector<float>(network.layout().size(), 0.0F));
    Pass<float> pass;
    network.forward(parameters.data(), sample.features, pass);
    return pass;
}

void close(const Batch<float>& value, const Batch<float>& expected) {
    const float size = 1.0F + expected.cwiseAbs().maxCoeff();
    const float error = (value - expected).cwiseAbs().maxCoeff();
    QVERIFY2(error < 1e-4F * size, qPrintable(QString("%1 of %2").arg(error).arg(size)));
}

} // namespace

class FoldedTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where the folded network is another function: for every activation, place of batch norm and shift, its
    // pre-activations and outputs are those of the evaluation, to rounding.
    void isTheEvaluationsFunction_data() {
        QTest::addColumn<QString>("activation");
        for (const ActivationRow& row : activationTable())
            QTest::newRow(row.id) << row.id;
    }
    void isTheEvaluationsFunction() {
        QFETCH(QString, activation);
        std::uint32_t number = 0;
        for (const BatchNormRow& norm : batchNormTable())
            for (const double shift : {0.0, -0.5, 1.5}) {
                const Sample sample = draw(*findActivation(activation.toStdString()), norm.kind, shift, number++);
                const Network<float> network(sample.spec);
                Pass<float> expected;
                network.forward(sample.parameters.data(), sample.features, expected);
                Folded folded;
                fold(network, sample.parameters.data(), folded);
                const Pass<float> plain = runPlain(sample, folded);
                for (std::size_t k = 0; k < plain.preActivations.size(); ++k)
                    close(plain.preActivations[k], expected.preActivations[k]);
                close(plain.outputs, expected.outputs);
                if (QTest::currentTestFailed())
                    QFAIL(qPrintable(QString("batch norm %1, shift %2").arg(norm.id).arg(shift)));
            }
    }

    // Breaks where the size of what a bias is made of is below the bias itself: bounds on rounding would be too tight.
    void magnitudesBoundTheBiases() {
        for (const BatchNormRow& norm : batchNormTable()) {
            const Sample sample = draw(*findActivation("relu"), norm.kind, 0.7, 99);
            const Network<float> network(sample.spec);
            Folded folded;
            fold(network, sample.parameters.data(), folded);
            for (int layer = 1; layer <= network.hiddenLayers(); ++layer) {
                const Block& bias = network.layout().block(layer, BlockKind::Bias);
                for (int j = 0; j < bias.rows; ++j)
                    QVERIFY2(folded.magnitude[static_cast<std::size_t>(layer - 1)][static_cast<std::size_t>(j)] >=
                                 0.99999F * std::abs(folded.parameters[bias.at(j, 0)]),
                             norm.id);
            }
        }
    }

    // Breaks where reused memory keeps something of the network before.
    void memoryIsReusedCleanly() {
        const Sample first = draw(*findActivation("relu"), BatchNorm::AfterActivation, 0.7, 1);
        const Sample second = draw(*findActivation("relu"), BatchNorm::AfterActivation, 0.0, 2);
        const Network<float> network(second.spec);
        Folded reused;
        fold(Network<float>(first.spec), first.parameters.data(), reused);
        fold(network, second.parameters.data(), reused);
        Folded fresh;
        fold(network, second.parameters.data(), fresh);
        QCOMPARE(reused.parameters, fresh.parameters);
        QCOMPARE(reused.magnitude, fresh.magnitude);
    }
};

QTEST_GUILESS_MAIN(FoldedTest)
#include "folded_test.moc"
