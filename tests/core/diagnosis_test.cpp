#include "core/base/random.h"
#include "core/diagnosis/evaluation.h"
#include "core/network/initialization.h"
#include "tests/core/fixtures.h"
#include "tests/core/samples.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

NetworkSpec specOf(const char* activation, std::vector<int> hidden, int inputs = 1) {
    NetworkSpec spec;
    spec.inputs = inputs;
    spec.hidden = std::move(hidden);
    spec.activation = findActivation(activation);
    spec.activationParameters = activationParameters(*spec.activation, std::nullopt, 0.0);
    spec.objective = findObjective("linear");
    return spec;
}

/// One neuron on given values of z: w = 1, b = 0, and the samples are the values.
NeuronDiagnosis diagnose(const char* activation, const std::vector<float>& z, double slopeAtZero = 0.0) {
    NetworkSpec spec = specOf(activation, {1});
    spec.activationParameters.slopeAtZero = slopeAtZero;
    Split split;
    split.features = Eigen::Map<const Eigen::VectorXf>(z.data(), static_cast<Eigen::Index>(z.size()));
    split.targets.values = Batch<float>::Zero(split.features.rows(), 1);
    const Network<float> network(spec);
    const std::vector<float> parameters{1.0F, 0.0F, 1.0F, 0.0F};
    Evaluator evaluator(spec, split);
    Tallies tallies;
    evaluator.forEachPiece(network, parameters.data(),
                           [&](Pass<float>& pass, const Batch<float>&, const Targets<float>&, Eigen::Index first) {
                               addToTallies(network, parameters.data(), pass, first == 0, tallies);
                           });
    return diagnoseLayers(tallies, spec, split.samples())[0].neurons[0];
}

std::vector<float> repeated(float value, std::size_t count, std::initializer_list<float> others) {
    std::vector<float> z(count, value);
    z.insert(z.end(), others);
    return z;
}

} // namespace

class DiagnosisTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a state is not what the README defines.
    void states_data() {
        QTest::addColumn<QString>("activation");
        QTest::addColumn<QList<float>>("z");
        QTest::addColumn<QString>("state");
        const auto row = [](const char* name, const char* activation, const std::vector<float>& z, const char* state) {
            QTest::newRow(name) << activation << QList<float>(z.begin(), z.end()) << state;
        };
        row("negative everywhere", "relu", repeated(-1.0F, 10, {}), "dead");
        row("zero counts as silent", "relu", repeated(-1.0F, 10, {0.0F}), "dead");
        row("one sample in 40", "relu", repeated(-1.0F, 39, {1.0F}), "at-risk");
        row("one sample in 20 is enough", "relu", repeated(-1.0F, 19, {1.0F}), "alive");
        row("a leaky one is not dead", "leaky-relu", repeated(-1.0F, 10, {}), "alive");
        row("a leaky one can be at risk", "leaky-relu", repeated(-1.0F, 39, {1.0F}), "at-risk");
        row("a saturated sigmoid sleeps", "sigmoid", repeated(9.0F, 10, {-9.0F}), "comatose");
        row("a steep spot wakes it", "sigmoid", repeated(9.0F, 39, {1.0F}), "alive");
        row("far enough down it is dead", "sigmoid", repeated(-200.0F, 10, {}), "dead");
        row("a deep ELU sleeps", "elu", repeated(-6.0F, 10, {}), "comatose");
        row("deeper still its slope is 0", "elu", repeated(-150.0F, 10, {}), "dead");
    }
    void states() {
        QFETCH(QString, activation);
        QFETCH(QList<float>, z);
        QFETCH(QString, state);
        QCOMPARE(neuronStateId(diagnose(qPrintable(activation), {z.begin(), z.end()}).state), qPrintable(state));
    }

    // Breaks where margin, share or the slope at zero is wrong.
    void figures() {
        const NeuronDiagnosis neuron = diagnose("relu", {-3.0F, -0.25F, -7.0F, -1.0F});
        QCOMPARE(neuron.margin, -0.25F);
        QCOMPARE(neuron.minimum, -7.0F);
        QCOMPARE(neuron.activeFraction, 0.0F);
        QCOMPARE(neuron.zeroSlopeFraction, 1.0F);
        QCOMPARE(diagnose("relu", {-1.0F, 2.0F, 3.0F, 0.0F}).activeFraction, 0.5F);
        QCOMPARE(diagnose("relu", {-1.0F, 0.0F}, 1.0).state, NeuronState::Alive);
    }

    // Breaks where a dormancy is not mean |f(z)| relative to the layer's mean of that (Sokar et al. 2023). By hand, on
    // x = -1, 2, 3 and without biases: weights 1, 2 and -1 give means 5/3, 10/3 and 1/3, the layer's is 16/9.
    void dormancyByHand() {
        const auto dormancies = [](const char* activation, std::vector<float> weights, float bias) {
            Settings settings;
            settings.network.hidden = {static_cast<int>(weights.size())};
            settings.network.activation = activation;
            settings.network.alpha = 0.5;
            weights.insert(weights.end(), weights.size(), bias);
            weights.insert(weights.end(), weights.size() / 2 + 1, 1.0F);
            Result<Trainer> made = Trainer::create(settings, fixtures::points({-1.0F, 2.0F, 3.0F}), weights);
            std::vector<float> result;
            const Diagnosis diagnosis = made.value().examine(6.0F).diagnosis;
            for (const NeuronDiagnosis& neuron : diagnosis.layers[0].neurons)
                result.push_back(neuron.dormancy);
            return result;
        };
        QCOMPARE(dormancies("relu", {1.0F, 2.0F, -1.0F}, 0.0F), (std::vector<float>{0.9375F, 1.875F, 0.1875F}));
        // With a leak of 1/2: sums 1/2 + 5, 1 + 10 and 1 + 5/2, in all 20, the mean 20/3.
        QCOMPARE(dormancies("leaky-relu", {1.0F, 2.0F, -1.0F}, 0.0F), (std::vector<float>{0.825F, 1.65F, 0.525F}));
        QCOMPARE(dormancies("relu", {4.0F}, 0.0F), std::vector<float>{1.0F});                // alone it is the average
        QCOMPARE(dormancies("relu", {0.1F, 0.2F}, -5.0F), (std::vector<float>{0.0F, 0.0F})); // a silent layer
        const std::vector<float> faint = dormancies("relu", {0.01F, 1.0F}, 0.0F);
        QVERIFY(faint[0] <= dormantBelow && faint[1] > dormantBelow); // 2 / 101
    }

    // Breaks where a value is counted in no bin, in two, or an exact zero hides in one.
    void histogramCountsEveryValueOnce() {
        Histogram histogram = emptyHistogram(2.0F, 4);
        const std::vector<float> values{-2.5F, -2.0F, -1.01F, -1.0F, 0.0F,  -0.0F,         1e-30F,
                                        0.99F, 1.0F,  1.999F, 2.0F,  1e30F, std::nanf(""), INFINITY};
        addToHistogram(values, histogram);
        QCOMPARE(histogram.bins, (std::vector<std::int64_t>{2, 1, 2, 2}));
        QCOMPARE(histogram.below, 1);
        QCOMPARE(histogram.above, 2);
        QCOMPARE(histogram.zeros, 2);
        QCOMPARE(histogram.nonFinite, 2);
        QCOMPARE(histogram.count, static_cast<std::int64_t>(values.size()));
    }

    // Breaks where a set too large for one piece is evaluated differently from one that is not.
    void piecesMakeNoDifference() {
        Settings settings;
        settings.data.samples = 30000;
        settings.network.hidden = {256, 256};
        const auto data = fixtures::dataset(settings);
        const NetworkSpec spec = makeNetworkSpec(settings, *data).value();
        const Network<float> network(spec);
        const std::vector<float> parameters = initialParameters(network.layout(), settings.initialization, 0.0, 1);
        Evaluator evaluator(spec, data->train);
        int pieces = 0;
        Eigen::Index seen = 0;
        evaluator.forEachPiece(network, parameters.data(),
                               [&](Pass<float>& pass, const Batch<float>&, const Targets<float>&, Eigen::Index first) {
                                   QCOMPARE(first, seen);
                                   seen += pass.outputs.rows();
                                   ++pieces;
                               });
        QVERIFY(pieces > 1);
        QCOMPARE(seen, Eigen::Index{15000});
        Pass<float> whole;
        network.forward(parameters.data(), data->train.features, whole);
        const double expected = spec.objective->single.loss(whole.outputs, data->train.targets, 1.0F, nullptr).sum;
        QVERIFY(std::abs(evaluator.evaluate(network, parameters.data()).loss - expected / 15000.0) < 1e-7);
    }

    // Breaks where the share of single zero-bias neurons that are dead on N symmetric points is not 2^-N.
    void zeroBiasNeuronsDieWithProbabilityTwoToTheMinusN() {
        for (const int n : {2, 4}) {
            RandomStream stream(9, StreamId::Data, static_cast<std::uint32_t>(n));
            constexpr int trials = 20000;
            int dead = 0;
            for (int t = 0; t < trials; ++t) {
                std::vector<float> z;
                for (int i = 0; i < n; ++i)
                    z.push_back(static_cast<float>(stream.normal()));
                dead += diagnose("relu", z).state == NeuronState::Dead ? 1 : 0;
            }
            const double p = std::pow(2.0, -n);
            QVERIFY(std::abs(dead / double{trials} - p) < 4.0 * std::sqrt(p * (1.0 - p) / trials));
        }
    }

    // Breaks where the half of all pre-activations is not negative at the start (He normal, zero bias).
    void atTheStartHalfOfAllPreActivationsAreNegative() {
        for (const int width : {16, 64, 256}) {
            Settings settings;
            settings.network.hidden = {width};
            Trainer trainer = fixtures::trainer(settings);
            QVERIFY(std::abs(trainer.observe().layers[0].inactiveShare - 0.5) < 0.05);
        }
    }
};

QTEST_GUILESS_MAIN(DiagnosisTest)
#include "diagnosis_test.moc"
