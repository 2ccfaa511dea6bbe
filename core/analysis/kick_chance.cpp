#include "core/analysis/kick_chance.h"

#include "core/base/random.h"
#include "core/diagnosis/evaluation.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace flatline {
namespace {

using Matrix = Batch<float>;

constexpr double mostWork = 2e9; // comparisons: about a second
constexpr int mostDraws = 2000;
constexpr int fewestDraws = 200;
constexpr Eigen::Index rowsAtOnce = 1024; // keeps a block of products within some 8 MB

double scaleOf(const Network<float>& network, std::span<const float> parameters, NeuronPlace place) {
    return network.spec().batchNorm == BatchNorm::BeforeActivation
               ? normScale(network.layout(), parameters.data(), place.layer, place.neuron).scale
               : 1.0;
}

/// The neurons of one layer, and which of the draws have woken each so far.
struct LayerTrial {
    std::size_t layer = 0;
    std::vector<std::size_t> index; ///< in the list of the dead
    std::vector<NeuronPlace> places;
    std::vector<float> scales;
    Matrix weights; ///< a column a draw: xi
    Eigen::RowVectorXf biases;
    std::vector<std::vector<char>> woken; ///< [neuron][draw]
};

LayerTrial trialOf(const Network<float>& network, std::size_t layer, const ThermalKick& kick, int draws,
                   std::int64_t seed) {
    LayerTrial trial;
    trial.layer = layer;
    const int inputs = network.layout().block(static_cast<int>(layer) + 1, BlockKind::Weight).columns;
    trial.weights.resize(inputs, draws);
    trial.biases.resize(draws);
    RandomStream stream(static_cast<std::uint64_t>(seed), StreamId::Chances, static_cast<std::uint32_t>(layer));
    const auto strength = static_cast<float>(kick.strength);
    for (int draw = 0; draw < draws; ++draw) {
        for (int i = 0; i < inputs; ++i)
            trial.weights(i, draw) = strength * static_cast<float>(stream.normal());
        const auto bias = static_cast<float>(stream.normal());
        trial.biases[draw] = kick.parameters == KickedParameters::Weights ? 0.0F : strength * bias;
    }
    return trial;
}

void addSamples(const Matrix& inputs, const Matrix& z, LayerTrial& trial) {
    for (Eigen::Index first = 0; first < inputs.rows(); first += rowsAtOnce) {
        const Eigen::Index count = std::min(rowsAtOnce, inputs.rows() - first);
        Matrix moves = inputs.middleRows(first, count) * trial.weights;
        moves.rowwise() += trial.biases;
        for (std::size_t n = 0; n < trial.places.size(); ++n) {
            const auto own = z.col(static_cast<Eigen::Index>(trial.places[n].neuron)).segment(first, count).array();
            for (Eigen::Index draw = 0; draw < moves.cols(); ++draw) {
                char& woken = trial.woken[n][static_cast<std::size_t>(draw)];
                if (woken == 0 && (own + trial.scales[n] * moves.col(draw).array()).maxCoeff() > 0.0F)
                    woken = 1;
            }
        }
    }
}

std::vector<LayerTrial> trialsOf(const Network<float>& network, std::span<const float> parameters, const Split& train,
                                 const std::vector<NeuronPlace>& dead, const ThermalKick& kick, std::int64_t seed) {
    const double work =
        static_cast<double>(train.samples()) * static_cast<double>(std::max<std::size_t>(1, dead.size()));
    const int draws = std::clamp(static_cast<int>(mostWork / work), fewestDraws, mostDraws);
    std::vector<LayerTrial> trials;
    for (std::size_t i = 0; i < dead.size(); ++i) {
        if (trials.empty() || trials.back().layer != dead[i].layer)
            trials.push_back(trialOf(network, dead[i].layer, kick, draws, seed));
        LayerTrial& trial = trials.back();
        trial.index.push_back(i);
        trial.places.push_back(dead[i]);
        trial.scales.push_back(static_cast<float>(scaleOf(network, parameters, dead[i])));
        trial.woken.emplace_back(static_cast<std::size_t>(draws), 0);
    }
    return trials;
}

} // namespace

std::vector<double> kickChances(const Network<float>& network, std::span<const float> parameters, const Split& train,
                                const std::vector<NeuronPlace>& dead, const std::vector<double>& margins,
                                const ThermalKick& kick, std::int64_t seed) {
    std::vector<double> chances(dead.size(), 0.0);
    if (dead.empty() || kick.strength == 0.0)
        return chances;
    if (kick.parameters == KickedParameters::Bias) {
        for (std::size_t i = 0; i < dead.size(); ++i) {
            const double width = kick.strength * std::abs(scaleOf(network, parameters, dead[i]));
            chances[i] = width > 0.0 ? 0.5 * std::erfc(-margins[i] / (width * std::numbers::sqrt2)) : 0.0;
        }
        return chances;
    }
    std::vector<LayerTrial> trials = trialsOf(network, parameters, train, dead, kick, seed);
    Evaluator evaluator(network.spec(), train);
    evaluator.forEachPiece(network, parameters.data(),
                           [&](Pass<float>& pass, const Batch<float>& features, const Targets<float>&, Eigen::Index) {
                               for (LayerTrial& trial : trials)
                                   addSamples(trial.layer == 0 ? features : pass.output(trial.layer - 1),
                                              pass.preActivations[trial.layer], trial);
                           });
    for (const LayerTrial& trial : trials)
        for (std::size_t n = 0; n < trial.index.size(); ++n)
            chances[trial.index[n]] = static_cast<double>(std::count(trial.woken[n].begin(), trial.woken[n].end(), 1)) /
                                      static_cast<double>(trial.woken[n].size());
    return chances;
}

} // namespace flatline
