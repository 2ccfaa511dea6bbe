#include "core/postmortem/health_scan.h"

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

constexpr int mostLooks = 256;
constexpr float rounding = 1e-5F; // relative room for two different orders of summation

} // namespace

HealthScan::HealthScan(const Split& train)
    : m_train(&train) {}

// z of those neurons on all samples, and what the bound needs.
void HealthScan::gather(Network<float>& network, const NetworkMoment& moment, const std::vector<NeuronPlace>& places) {
    if (!m_evaluator)
        m_evaluator.emplace(network.spec(), *m_train);
    network.setBiasShift(moment.biasShift);
    m_values.assign(places.size(), {});
    m_inputNorms.assign(network.spec().hidden.size(), 0.0F);
    m_evaluator->forEachTile(network, moment.parameters.data(), TileKeep::States,
                             [&](TilePass& pass, const TileSamples& tile, int) {
                                 for (std::size_t k = 0; k < m_inputNorms.size(); ++k)
                                     m_inputNorms[k] = std::max(m_inputNorms[k], pass.greatestInputNorm(tile, k));
                                 for (std::size_t i = 0; i < places.size(); ++i) {
                                     const float* z = pass.preActivations(places[i].layer) +
                                                      static_cast<std::ptrdiff_t>(places[i].neuron) * pass.stride();
                                     m_values[i].insert(m_values[i].end(), z, z + tile.samples);
                                 }
                             });
    fold(network, moment.parameters.data(), m_then);
}

std::vector<HealthScan::Hold> HealthScan::holds(Network<float>& network, const NetworkMoment& moment,
                                                const std::vector<NeuronPlace>& places) {
    gather(network, moment, places);
    const ActivationRow& activation = *network.spec().activation;
    std::vector<Hold> result;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const std::vector<float>& z = m_values[i];
        m_slopes = z;
        if (!activation.reluLike) {
            activation.single.derivative(
                z.data(), m_slopes.data(), z.size(),
                network.neuronParameters(moment.parameters.data(), places[i].layer, places[i].neuron));
            for (float& slope : m_slopes)
                slope = std::abs(slope);
        }
        const auto best = std::max_element(m_slopes.begin(), m_slopes.end()) - m_slopes.begin();
        result.push_back({static_cast<int>(best), static_cast<double>(z[static_cast<std::size_t>(best)])});
    }
    return result;
}

void HealthScan::look(Network<float>& network, const NetworkMoment& moment, std::vector<Open>& open, std::size_t number,
                      std::vector<std::size_t>& found) {
    std::vector<NeuronPlace> places;
    places.reserve(open.size());
    for (const Open& one : open)
        places.push_back(one.place);
    gather(network, moment, places);
    const auto needed = static_cast<std::size_t>(enough(m_train->samples()));
    const ActivationRow& activation = *network.spec().activation;
    std::vector<Open> still;
    for (std::size_t i = 0; i < open.size(); ++i) {
        std::vector<float>& z = m_values[i];
        m_slopes.resize(z.size());
        activation.single.derivative(
            z.data(), m_slopes.data(), z.size(),
            network.neuronParameters(moment.parameters.data(), places[i].layer, places[i].neuron));
        const auto zero = static_cast<std::size_t>(std::count(m_slopes.begin(), m_slopes.end(), 0.0F));
        if (z.size() - zero >= needed) {
            found[open[i].index] = number;
            continue;
        }
        const auto place = z.begin() + static_cast<std::ptrdiff_t>(needed) - 1;
        std::nth_element(z.begin(), place, z.end(), std::greater<>{});
        still.push_back(open[i]);
        still.back().reach = -static_cast<double>(*place);
    }
    open = std::move(still);
}

// |dz| <= |dw| H + |db| + |w| D, D of the next layer at most the norm of the layer's own |dz| (see DeathWatch).
bool HealthScan::mayBeHealthy(Network<float>& network, const NetworkMoment& moment, const std::vector<Open>& open) {
    if (!network.spec().activation->reluLike || network.spec().activation->learntSlope)
        return true;
    network.setBiasShift(moment.biasShift);
    fold(network, moment.parameters.data(), m_now);
    std::size_t last = 0;
    for (const Open& one : open)
        last = std::max(last, one.place.layer);
    const double steep = std::max(1.0, std::abs(network.spec().activationParameters.alpha));
    double inputShift = 0.0;
    for (std::size_t k = 0; k <= last; ++k) {
        const Block& weights = network.layout().block(static_cast<int>(k) + 1, BlockKind::Weight);
        const Block& bias = network.layout().block(static_cast<int>(k) + 1, BlockKind::Bias);
        double squares = 0.0;
        for (int j = 0; j < weights.rows; ++j) {
            const Eigen::Map<const Eigen::VectorXf> now(m_now.parameters.data() + weights.at(j, 0), weights.columns);
            const Eigen::Map<const Eigen::VectorXf> then(m_then.parameters.data() + weights.at(j, 0), weights.columns);
            const std::size_t b = bias.at(j, 0);
            const auto size = static_cast<double>(now.norm());
            const double shift = static_cast<double>((now - then).norm() * m_inputNorms[k]) +
                                 std::abs(static_cast<double>(m_now.parameters[b] - m_then.parameters[b])) +
                                 size * inputShift;
            const double room =
                static_cast<double>(rounding) * (size * static_cast<double>(m_inputNorms[k]) +
                                                 static_cast<double>(m_now.magnitude[k][static_cast<std::size_t>(j)]));
            squares += steep * steep * shift * shift;
            for (const Open& one : open)
                if (one.place == NeuronPlace{k, static_cast<std::size_t>(j)} && !(shift + room < one.reach))
                    return true;
        }
        inputShift = std::sqrt(squares);
    }
    return false;
}

std::vector<std::size_t> HealthScan::lastHealthy(Network<float>& network, const Moments& moment, std::size_t last,
                                                 const std::vector<NeuronPlace>& places) {
    std::vector<std::size_t> found(places.size(), 0);
    std::vector<Open> open;
    for (std::size_t i = 0; i < places.size(); ++i)
        open.push_back({i, places[i], 0.0});
    int looks = 0;
    if (last > 1 && !open.empty())
        look(network, moment(last), open, last, found);
    for (std::size_t number = last; number-- > 1 && !open.empty() && looks < mostLooks;)
        if (mayBeHealthy(network, moment(number), open)) {
            look(network, moment(number), open, number, found);
            ++looks;
        }
    return found;
}

} // namespace flatline
