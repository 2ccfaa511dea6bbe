#include "core/base/random.h"
#include "core/diagnosis/evaluation.h"
#include "core/diagnosis/witnesses.h"

#include <QTest>

#include <cmath>

using namespace flatline;

class WitnessesTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a witness says of a neuron what a look at all samples does not say of that sample: then a death is
    // missed. All activations, more and fewer witnesses, one that takes another's place.
    void sayWhatAllSamplesSay() {
        for (const ActivationRow& row : activationTable()) {
            NetworkSpec spec;
            spec.inputs = 3;
            spec.hidden = {9, 4};
            spec.outputs = 1;
            spec.activation = &row;
            spec.activationParameters = activationParameters(row, std::nullopt, 0.0);
            spec.objective = findObjective("linear");
            RandomStream stream(37, StreamId::Data, 1);
            const Network<float> network(spec);
            std::vector<float> parameters(network.layout().size());
            for (float& x : parameters)
                x = static_cast<float>(stream.normal());
            Split split;
            split.features.resize(60, 3);
            for (float& x : split.features.reshaped())
                x = static_cast<float>(stream.normal());
            split.targets.values = Batch<float>::Zero(60, 1);
            Evaluator evaluator(spec, split);
            Witnesses witnesses;
            std::vector<int> samples;
            for (int i = 0; i < Witnesses::most; ++i) {
                samples.push_back((7 * i) % 60);
                witnesses.set(i, split, samples.back());
                if (i == 5) {
                    samples[2] = 59;
                    witnesses.set(2, split, samples[2]);
                }
                if (i % 6 == 5)
                    compare(witnesses, samples, network, parameters, evaluator);
            }
        }
    }

private:
    static void compare(Witnesses& witnesses, const std::vector<int>& samples, const Network<float>& network,
                        const std::vector<float>& parameters, Evaluator& evaluator) {
        QCOMPARE(witnesses.count(), static_cast<int>(samples.size()));
        witnesses.run(network, parameters.data());
        Holds holds;
        evaluator.forEachTile(
            network, parameters.data(), TileKeep::States,
            [&](const TilePass& pass, const TileSamples& tile, int first) {
                QCOMPARE(first, 0);
                for (const NeuronPlace place : {NeuronPlace{0, 8}, NeuronPlace{1, 0}, NeuronPlace{1, 3}}) {
                    const float* z =
                        pass.preActivations(place.layer) + static_cast<std::ptrdiff_t>(place.neuron) * pass.stride();
                    const float* all =
                        holds.of(network, parameters.data(), place, z, static_cast<std::size_t>(tile.samples));
                    int found = -1;
                    for (int i = witnesses.count(); i-- > 0;) {
                        const float hold = all[samples[static_cast<std::size_t>(i)]];
                        QCOMPARE(witnesses.holds(place, i), hold > 0.0F);
                        QCOMPARE(std::max(0.0F, witnesses.all(place)[i]), std::max(0.0F, hold));
                        found = hold > 0.0F ? i : found;
                    }
                    QCOMPARE(witnesses.find(place), found);
                }
            });
    }
};

QTEST_GUILESS_MAIN(WitnessesTest)
#include "witnesses_test.moc"
