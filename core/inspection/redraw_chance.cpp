#include "core/inspection/redraw_chance.h"

#include "core/diagnosis/evaluation.h"
#include "core/network/initialization.h"

#include <algorithm>

namespace flatline {
namespace {

constexpr std::size_t trials = 1000;
constexpr std::size_t mostRows = 2000; // of the samples: beyond, evenly picked ones

/// What the layer gets from the one before, a column a sample.
Batch<float> inputsOf(const Network<float>& network, std::span<const float> parameters, const Split& train,
                      std::size_t layer) {
    const auto samples = static_cast<std::size_t>(train.samples());
    const std::size_t stride = (samples + mostRows - 1) / mostRows;
    std::vector<Eigen::Index> rows;
    for (std::size_t i = 0; i < samples; i += stride)
        rows.push_back(static_cast<Eigen::Index>(i));
    const Batch<float> features = train.features(rows, Eigen::all);
    if (layer == 0)
        return features.transpose();
    Pass<float> pass;
    network.forward(parameters.data(), features, pass);
    return pass.output(layer - 1).transpose();
}

} // namespace

std::optional<double> redrawChance(const Network<float>& network, std::span<const float> parameters, const Split& train,
                                   NeuronPlace place, const InitializationSettings& initialization, std::int64_t seed) {
    const NetworkSpec& spec = network.spec();
    if (spec.batchNorm != BatchNorm::None || !spec.activation->reluLike || train.samples() == 0)
        return std::nullopt;
    const Batch<float> inputs = inputsOf(network, parameters, train, place.layer);
    const int number = static_cast<int>(place.layer) + 1;
    const int width = spec.hidden[place.layer];
    // A network of the one layer: its inputs, its units, and as many outputs as the layer that follows has.
    const int fanOut = place.layer + 1 < spec.hidden.size() ? spec.hidden[place.layer + 1] : spec.outputs;
    const Layout alone({static_cast<int>(inputs.rows()), width, fanOut});
    const Block& weights = alone.block(1, BlockKind::Weight);
    const Block& bias = alone.block(1, BlockKind::Bias);
    const auto warmth = static_cast<float>(spec.biasShift.of(place.layer, place.neuron));
    std::size_t done = 0;
    std::size_t woken = 0;
    for (std::uint32_t draw = 0; done < trials; ++draw) {
        const std::vector<float> fresh = drawnParameters(alone, initialization, 0.0, [&](int layer) {
            const auto substream = 1'000'000U * static_cast<std::uint32_t>(number + 1) + 2U * draw;
            return RandomStream(static_cast<std::uint64_t>(seed), StreamId::Chances,
                                substream + static_cast<std::uint32_t>(layer));
        });
        for (int row = 0; row < width; ++row, ++done) {
            const Eigen::Map<const Eigen::RowVectorXf> w(fresh.data() + weights.at(row, 0), weights.columns);
            woken += (w * inputs).maxCoeff() + fresh[bias.at(row, 0)] + warmth > 0.0F ? 1U : 0U;
        }
    }
    return static_cast<double>(woken) / static_cast<double>(done);
}

} // namespace flatline
