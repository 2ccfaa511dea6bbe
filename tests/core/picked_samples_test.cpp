#include "core/base/random.h"
#include "core/diagnosis/evaluation.h"
#include "core/diagnosis/picked_samples.h"

#include <QTest>

using namespace flatline;

class PickedSamplesTest : public QObject {
    Q_OBJECT
private slots:
    // Breaks where a picked sample gets other bits than in a pass over all samples: then a moment is misjudged. Few and
    // many samples, fewer after more, a copy, batch norm.
    void haveTheBitsOfAllSamples() {
        for (const BatchNorm norm : {BatchNorm::None, BatchNorm::BeforeActivation, BatchNorm::AfterActivation}) {
            NetworkSpec spec;
            spec.inputs = 3;
            spec.hidden = {9, 4, 6};
            spec.outputs = 1;
            spec.activation = findActivation("relu");
            spec.objective = findObjective("linear");
            spec.batchNorm = norm;
            const Network<float> network(spec);
            RandomStream stream(41, StreamId::Data, 1);
            std::vector<float> parameters(network.layout().size());
            for (const Block& block : network.layout().blocks())
                for (std::size_t i = block.offset; i < block.offset + block.size(); ++i)
                    parameters[i] =
                        static_cast<float>(block.kind == BlockKind::RunningVariance ? 1.5 : stream.normal());
            Split split;
            split.features.resize(130, 3);
            for (float& x : split.features.reshaped())
                x = static_cast<float>(stream.normal());
            split.targets.values = Batch<float>::Zero(130, 1);
            PickedSamples picked;
            QCOMPARE(picked.count(), 0);
            for (const int count : {5, 1, 64, 90, 16}) {
                std::vector<int> samples;
                for (int i = 0; i < count; ++i)
                    samples.push_back((37 * i + count) % 130);
                picked.pick(split, samples);
                compare(picked, samples, network, parameters, split);
                PickedSamples copy = picked;
                picked.pick(split, {3});
                compare(copy, samples, network, parameters, split);
            }
            picked.clear();
            QCOMPARE(picked.count(), 0);
        }
    }

private:
    static void compare(PickedSamples& picked, const std::vector<int>& samples, const Network<float>& network,
                        const std::vector<float>& parameters, const Split& split) {
        QCOMPARE(picked.count(), static_cast<int>(samples.size()));
        const std::vector<int>& hidden = network.spec().hidden;
        Evaluator evaluator(network.spec(), split);
        std::vector<std::vector<float>> values(hidden.size()); // neuron after neuron
        for (std::size_t k = 0; k < hidden.size(); ++k)
            for (int j = 0; j < hidden[k]; ++j)
                evaluator.forEachTile(network, parameters.data(), TileKeep::States,
                                      [&](const TilePass& pass, const TileSamples& tile, int) {
                                          const float* z = pass.preActivations(k) + j * pass.stride();
                                          values[k].insert(values[k].end(), z, z + tile.samples);
                                      });
        picked.runBefore(hidden.size() - 1, network, parameters.data());
        const auto same = [&](const float* z, std::size_t k, std::size_t j) {
            for (std::size_t s = 0; s < samples.size(); ++s)
                QCOMPARE(z[s], values[k][j * 130 + static_cast<std::size_t>(samples[s])]);
        };
        for (std::size_t k = 0; k < hidden.size(); ++k) {
            const auto units = static_cast<std::size_t>(hidden[k]);
            for (std::size_t j = 0; j < units; ++j)
                same(picked.preActivations({k, j}), k, j);
            const std::vector<std::vector<std::size_t>> several{{units - 1}, {0, units - 1}, {units - 1, 1, 2, 0}};
            for (const std::vector<std::size_t>& neurons : several) {
                const float* z = picked.preActivations(k, neurons);
                for (std::size_t i = 0; i < neurons.size(); ++i, z += picked.stride())
                    same(z, k, neurons[i]);
            }
        }
    }
};

QTEST_GUILESS_MAIN(PickedSamplesTest)
#include "picked_samples_test.moc"
