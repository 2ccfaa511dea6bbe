#include "core/analysis/output_reading.h"
#include "tests/core/fixtures.h"

#include <QTest>

#include <cmath>

using namespace flatline;

namespace {

Targets<float> labelled(int label) {
    Targets<float> target;
    target.labels = {label};
    return target;
}

} // namespace

class OutputReadingTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a gradient is not the slope of the loss beside it.
    void gradientsAreTheSlopesOfTheLosses() {
        const std::vector<float> outputs{0.75F, -0.5F, 1.25F};
        Targets<float> values;
        values.values = Batch<float>::Constant(1, 3, 0.25F);
        for (const char* id : {"softmax", "relu-normalized", "linear"}) {
            const ObjectiveRow& objective = *findObjective(id);
            const Targets<float> target = std::string_view(id) == "linear" ? values : labelled(2);
            const OutputReading reading = readOutput(objective, outputs, target);
            double norm = 0.0;
            for (std::size_t k = 0; k < outputs.size(); ++k) {
                constexpr float h = 1.0F / 4096.0F; // a float exactly
                auto more = outputs;
                auto less = outputs;
                more[k] += h;
                less[k] -= h;
                const double slope =
                    (readOutput(objective, more, target).loss - readOutput(objective, less, target).loss) /
                    (2.0 * static_cast<double>(h));
                QVERIFY2(std::abs(slope - reading.gradient[k]) < 1e-6, id);
                norm += slope * slope;
            }
            QVERIFY(std::abs(reading.gradientNorm() - std::sqrt(norm)) < 1e-6);
        }
    }

    void probabilitiesAreThoseOfTheFormula() {
        const OutputReading softmax =
            readOutput(*findObjective("softmax"), std::vector{0.0F, std::log(3.0F)}, labelled(1));
        QVERIFY(std::abs(softmax.predictions[1] - 0.75) < 1e-6);
        QVERIFY(std::abs(softmax.loss + std::log(0.75)) < 1e-6);
        const OutputReading shares =
            readOutput(*findObjective("relu-normalized"), std::vector{1.0F, 3.0F, -5.0F}, labelled(0));
        QVERIFY(std::abs(shares.predictions[0] - 0.25) < 1e-7);
        QCOMPARE(shares.predictions[2], 0.0);
        QVERIFY(std::abs(shares.loss - std::log(4.0)) < 1e-7);
    }

    // Breaks where a share of 0 gives a large number, a gradient, or something that is not a number.
    void noShareIsInfiniteAndSilent() {
        const OutputReading none = readOutput(*findObjective("relu-normalized"), std::vector{-1.0F, 2.0F}, labelled(0));
        QVERIFY(std::isinf(none.loss) && none.loss > 0.0);
        QCOMPARE(none.gradientNorm(), 0.0);
        const OutputReading silent =
            readOutput(*findObjective("relu-normalized"), std::vector{-1.0F, -2.0F}, labelled(1));
        QVERIFY(std::isinf(silent.loss));
        QCOMPARE(silent.predictions, (std::vector<double>{0.0, 0.0}));
        QVERIFY(std::isnan(readOutput(*findObjective("softmax"), std::vector{NAN, 1.0F}, labelled(0)).loss));
    }

    // Breaks where one sample's outputs differ from those the run is judged by.
    void outputsAreTheNetworks() {
        Trainer trainer = fixtures::trainer(fixtures::harshSettings(3));
        for (int i = 0; i < 30; ++i)
            QVERIFY(trainer.step());
        const Dataset& data = *trainer.dataset();
        const NetworkSpec& spec = trainer.network().spec();
        double loss = 0.0;
        int right = 0;
        for (int sample = 0; sample < data.train.samples(); ++sample) {
            const Batch<float> outputs = outputsFor(spec, trainer.parameters(), data.train, sample, 1);
            const std::vector<float> row(outputs.data(), outputs.data() + outputs.size());
            const Targets<float> target = targetOf(data.train, sample);
            loss += readOutput(*spec.objective, row, target).loss;
            right += misses(spec, data, row, target, 0.0) ? 0 : 1;
        }
        const Observation now = trainer.observe();
        QVERIFY(std::abs(loss / data.train.samples() - now.trainLoss) < 1e-5);
        QVERIFY(std::abs(static_cast<double>(right) / data.train.samples() - *now.trainAccuracy) < 1e-9);
    }

    void onlyObjectivesThatFitAreCompared() {
        const auto ids = [](const char* output, const char* source) {
            Settings settings;
            settings.data.source = source;
            settings.network.output = output;
            const auto data = fixtures::dataset(settings);
            std::string all;
            for (const ObjectiveRow* row : comparableObjectives(makeNetworkSpec(settings, *data).value(), *data))
                all += std::string(row->id) + ' ';
            return all;
        };
        QCOMPARE(ids("softmax", "circles"), std::string("softmax relu-normalized "));
        QCOMPARE(ids("relu-normalized", "circles"), std::string("softmax relu-normalized "));
        QCOMPARE(ids("sigmoid", "circles"), std::string("sigmoid "));
        QCOMPARE(ids("linear", "circles"), std::string("linear "));
        QCOMPARE(ids("linear", "sine"), std::string("linear "));
    }
};

QTEST_GUILESS_MAIN(OutputReadingTest)
#include "output_reading_test.moc"
