#include "core/base/random.h"
#include "core/diagnosis/evaluation.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace flatline;

namespace {

/// Values on and beside every border, of every size and kind.
std::vector<float> trickyValues(float range, int bins) {
    std::vector<float> values{0.0F,
                              -0.0F,
                              1e-30F,
                              -1e-30F,
                              1e-45F,
                              -1e-45F,
                              1e30F,
                              -1e30F,
                              NAN,
                              -NAN,
                              INFINITY,
                              -INFINITY,
                              std::numeric_limits<float>::max()};
    for (int i = 0; i <= bins; ++i) {
        const float border = -range + 2.0F * range * static_cast<float>(i) / static_cast<float>(bins);
        for (const float value : {border, std::nextafter(border, -1e9F), std::nextafter(border, 1e9F)})
            values.push_back(value);
    }
    RandomStream stream(5, StreamId::Data, 1);
    for (int i = 0; i < 1000; ++i)
        values.push_back(static_cast<float>(static_cast<double>(range) * stream.normal()));
    return values;
}

/// One neuron whose z are these values: w = 1, b = 0.
struct OneNeuron {
    NetworkSpec spec;
    Split split;
    std::vector<float> parameters{1.0F, 0.0F, 0.0F, 0.0F};

    OneNeuron(const char* activation, const std::vector<float>& z) {
        spec.hidden = {1};
        spec.activation = findActivation(activation);
        spec.activationParameters = activationParameters(*spec.activation, std::nullopt, 0.0);
        spec.objective = findObjective("linear");
        split.features = Eigen::Map<const Eigen::VectorXf>(z.data(), static_cast<Eigen::Index>(z.size()));
        split.targets.values = Batch<float>::Zero(split.features.rows(), 1);
        parameters.resize(layoutOf(spec).size(), 0.25F);
    }
};

} // namespace

class HistogramCounterTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a value is counted elsewhere than one by one: borders, both zeros, infinities, NaN, any number of
    // bins; or where the outputs' histogram, which ReLU and the identity take from that of their inputs, is another.
    void countsLikeTheReference_data() {
        QTest::addColumn<QString>("activation");
        for (const char* activation : {"relu", "identity", "leaky-relu", "prelu", "tanh"})
            QTest::newRow(activation) << activation;
    }
    void countsLikeTheReference() {
        QFETCH(QString, activation);
        for (const kernels::Kernels* kernels : kernels::available())
            for (const float range : {6.0F, 1.0F, 0.37F})
                for (const int bins : {1, 2, 63, 64}) {
                    const OneNeuron one(qPrintable(activation), trickyValues(range, bins));
                    const Network<float> network(one.spec);
                    Evaluator evaluator(one.spec, one.split, *kernels);
                    HistogramCounter counter;
                    counter.begin(one.spec, range, bins);
                    Histogram before = emptyHistogram(range, bins);
                    Histogram after = before;
                    evaluator.forEachTile(network, one.parameters.data(), TileKeep::States,
                                          [&](TilePass& pass, const TileSamples& tile, int) {
                                              counter.add(pass);
                                              const auto count = static_cast<std::size_t>(tile.samples);
                                              addToHistogram({pass.preActivations(0), count}, before);
                                              addToHistogram({pass.activations(0), count}, after);
                                          });
                    std::vector<LayerDiagnosis> layers(1);
                    counter.finish(layers);
                    QVERIFY(before.nonFinite > 0 && before.above > 0 && before.below > 0 && before.zeros > 0);
                    QVERIFY(layers[0].preActivations == before);
                    QVERIFY(layers[0].activations == after);
                }
    }
};

QTEST_GUILESS_MAIN(HistogramCounterTest)
#include "histogram_counter_test.moc"
