#include "core/postmortem/health_scan.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace flatline {
namespace {

/// Some T >= 0, about the largest, such that fewer than that many of the values are -T or more. 0 where there is none,
/// too.
double reachOf(std::span<const float> values, std::size_t fewer) {
    const auto enoughFrom = [&](float level) {
        std::int32_t count = 0; // as wide as a float: vectors count faster
        for (const float value : values)
            count += value >= level ? 1 : 0;
        return static_cast<std::size_t>(count) >= fewer;
    };
    float known = 0.0F;
    if (values.empty() || enoughFrom(known))
        return 0.0;
    float limit = Eigen::Map<const Eigen::ArrayXf>(values.data(), static_cast<Eigen::Index>(values.size())).minCoeff();
    constexpr int halvings = 8;
    for (int i = 0; i < halvings; ++i) {
        const float middle = 0.5F * (known + limit);
        (enoughFrom(middle) ? limit : known) = middle;
    }
    return -static_cast<double>(known);
}

void moveTo(Network<float>& network, const BiasShift& shift) {
    if (network.spec().biasShift != shift)
        network.setBiasShift(shift);
}

} // namespace

HealthScan::HealthScan(const Split& train)
    : m_train(&train)
    , m_sieve(train) {}

// z of those neurons on all samples, and what the bound needs.
void HealthScan::gather(Network<float>& network, const NetworkMoment& moment, const std::vector<NeuronPlace>& places,
                        bool norms) {
    if (!m_evaluator)
        m_evaluator.emplace(network.spec(), *m_train);
    moveTo(network, moment.biasShift);
    m_values.resize(std::max(m_values.size(), places.size()));
    std::size_t last = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        m_values[i].resize(static_cast<std::size_t>(m_train->samples()));
        last = std::max(last, places[i].layer);
    }
    m_inputNorms.assign(last + 1, 0.0F);
    m_evaluator->forEachTileBefore(last, network, moment.parameters.data(),
                                   [&](TilePass& pass, const TileSamples& tile, int first) {
                                       for (std::size_t k = 0; norms && k <= last; ++k)
                                           m_inputNorms[k] = std::max(m_inputNorms[k], pass.greatestInputNorm(tile, k));
                                       for (std::size_t i = 0; i < places.size(); ++i)
                                           std::copy_n(pass.preActivation(tile, places[i].layer, places[i].neuron),
                                                       tile.samples, m_values[i].begin() + first);
                                   });
}

std::vector<HealthScan::Hold> HealthScan::holds(Network<float>& network, const NetworkMoment& moment,
                                                const std::vector<NeuronPlace>& places) {
    gather(network, moment, places, false);
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

/// Samples on which the neuron has a slope.
std::int64_t HealthScan::active(const Network<float>& network, const NetworkMoment& moment, NeuronPlace place,
                                std::span<const float> z) {
    m_slopes.resize(z.size());
    network.spec().activation->single.derivative(
        z.data(), m_slopes.data(), z.size(),
        network.neuronParameters(moment.parameters.data(), place.layer, place.neuron));
    return static_cast<std::int64_t>(z.size()) - std::count(m_slopes.begin(), m_slopes.end(), 0.0F);
}

std::vector<std::size_t> HealthScan::lastHealthy(Network<float>& network, const Moments& moment, std::size_t last,
                                                 const std::vector<NeuronPlace>& places, const Known& known) {
    std::vector<Sought> sought;
    for (const NeuronPlace place : places)
        sought.push_back({place});
    const std::vector<std::size_t> numbers = openMoments(known, last, sought);
    bool plain = MomentSieve::serves(network.spec());
    for (const std::size_t number : numbers)
        plain = plain && moment(number).biasShift.none();
    if (plain && !numbers.empty()) {
        moveTo(network, moment(numbers.front()).biasShift);
        m_sieve.search(network, moment, numbers, enough(m_train->samples()), sought);
    } else if (!numbers.empty()) {
        goBack(network, moment, last, numbers, sought);
    }
    std::vector<std::size_t> found;
    for (const Sought& one : sought)
        found.push_back(one.found);
    return found;
}

/// Those that must be looked at for somebody. Takes down the latest that are known to be healthy.
std::vector<std::size_t> HealthScan::openMoments(const Known& known, std::size_t last,
                                                 std::vector<Sought>& sought) const {
    std::vector<char> open(last, 0);
    for (Sought& one : sought)
        for (std::size_t number = last; --number > 0;) {
            const std::optional<bool> healthy = known ? known(number, one.place) : std::nullopt;
            if (!healthy)
                open[number] = 1;
            else if (*healthy) {
                one.found = number;
                break;
            }
        }
    std::vector<std::size_t> numbers;
    for (std::size_t number = 0; number < open.size(); ++number)
        if (open[number] != 0)
            numbers.push_back(number);
    return numbers;
}

void HealthScan::goBack(Network<float>& network, const Moments& moment, std::size_t last,
                        const std::vector<std::size_t>& numbers, std::vector<Sought>& sought) {
    std::vector<Open> open;
    for (Sought& one : sought)
        open.push_back({&one});
    look(network, moment(last), last, open);
    m_bound.start(network, moment(last).parameters.data(), m_inputNorms,
                  std::max(1.0, std::abs(network.spec().activationParameters.alpha)));
    for (auto number = numbers.rbegin(); number != numbers.rend(); ++number) {
        std::erase_if(open, [&](const Open& one) { return one.sought->found >= *number; });
        if (open.empty())
            return;
        scan(network, moment(*number), *number, open);
    }
}

// The bound goes on from the moment at which somebody was looked at, so that it stays near.
void HealthScan::scan(Network<float>& network, const NetworkMoment& moment, std::size_t number,
                      std::vector<Open>& open) {
    const bool bounded = network.spec().activation->reluLike && !network.spec().activation->learntSlope;
    if (!bounded) {
        look(network, moment, number, open);
        return;
    }
    moveTo(network, moment.biasShift);
    m_bound.compare(network, moment.parameters.data());
    std::vector<double> shifts;
    for (Open& one : open) {
        shifts.push_back(m_bound.of(one.sought->place.layer, one.sought->place.neuron));
        one.lost = shifts.back() != 0.0 && !(shifts.back() < one.reach); // unmoved: as it was found
    }
    if (std::ranges::none_of(open, &Open::lost))
        return;
    for (std::size_t i = 0; i < open.size(); ++i)
        if (!open[i].lost)
            open[i].reach -= shifts[i];
    look(network, moment, number, open);
    m_bound.goOn(network, moment.parameters.data(), m_inputNorms);
}

/// At those that are lost.
void HealthScan::look(Network<float>& network, const NetworkMoment& moment, std::size_t number,
                      std::vector<Open>& open) {
    std::vector<NeuronPlace> places;
    for (const Open& one : open)
        if (one.lost)
            places.push_back(one.sought->place);
    gather(network, moment, places, true);
    std::size_t i = 0;
    for (Open& one : open) {
        if (!one.lost)
            continue;
        const std::vector<float>& z = m_values[i++];
        if (active(network, moment, one.sought->place, z) >= enough(m_train->samples()))
            one.sought->found = number;
        one.reach = reachOf(z, static_cast<std::size_t>(enough(m_train->samples())));
    }
}

} // namespace flatline
