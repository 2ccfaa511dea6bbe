#include "core/postmortem/health_scan.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace flatline {
namespace {

constexpr int mostLooks = 256;
constexpr std::size_t mostPicked = 2;      // of how many samples one at most is picked: else a look at all is as cheap
constexpr std::size_t atOnce = 64;         // moments that are tried at once
constexpr std::size_t fewAtOnce = 4;       // fewer are not
constexpr std::size_t fewParameters = 512; // of more, most are not asked for by the bound of a neuron
constexpr std::size_t together = 4;        // moments whose parameters are read in one go

/// Several moments' parameters, into the lowest and highest of each.
void widen(const float* const (&values)[together], std::vector<float>& lowest, std::vector<float>& highest) {
    using Values = Eigen::Map<const Eigen::Array4f>;
    std::size_t i = 0;
    for (; i + 4 <= lowest.size(); i += 4) {
        const Values a(values[0] + i), b(values[1] + i), c(values[2] + i), d(values[3] + i);
        Eigen::Map<Eigen::Array4f> low(lowest.data() + i), high(highest.data() + i);
        low = low.min(a.min(b)).min(c.min(d));
        high = high.max(a.max(b)).max(c.max(d));
    }
    for (; i < lowest.size(); ++i)
        for (const float* one : values) {
            lowest[i] = std::min(lowest[i], one[i]);
            highest[i] = std::max(highest[i], one[i]);
        }
}

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
    : m_train(&train) {}

// z of those neurons on all samples, and what the bound needs.
void HealthScan::gather(Network<float>& network, const NetworkMoment& moment, const std::vector<NeuronPlace>& places) {
    if (!m_evaluator)
        m_evaluator.emplace(network.spec(), *m_train);
    moveTo(network, moment.biasShift);
    m_values.assign(places.size(), {});
    std::size_t last = 0;
    for (const NeuronPlace place : places)
        last = std::max(last, place.layer);
    m_inputNorms.assign(last + 1, 0.0F);
    m_evaluator->forEachTileBefore(last, network, moment.parameters.data(),
                                   [&](TilePass& pass, const TileSamples& tile, int) {
                                       for (std::size_t k = 0; k <= last; ++k)
                                           m_inputNorms[k] = std::max(m_inputNorms[k], pass.greatestInputNorm(tile, k));
                                       for (std::size_t i = 0; i < places.size(); ++i) {
                                           const float* z = pass.preActivation(tile, places[i].layer, places[i].neuron);
                                           m_values[i].insert(m_values[i].end(), z, z + tile.samples);
                                       }
                                   });
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

/// At those that are lost.
void HealthScan::look(Network<float>& network, const NetworkMoment& moment, std::size_t number, std::vector<Open>& open,
                      std::vector<std::size_t>& found) {
    std::vector<NeuronPlace> places;
    for (const Open& one : open)
        if (one.known == Open::Lost)
            places.push_back(one.place);
    gather(network, moment, places);
    const auto needed = static_cast<std::size_t>(enough(m_train->samples()));
    std::size_t i = 0;
    std::erase_if(open, [&](Open& one) {
        if (one.known != Open::Lost)
            return false;
        const std::vector<float>& z = m_values[i++];
        if (active(network, moment, one.place, z) >= needed) {
            found[one.index] = number;
            return true;
        }
        note(z.data(), one);
        return false;
    });
    pick(open);
}

/// Samples on which the neuron has a slope.
std::size_t HealthScan::active(const Network<float>& network, const NetworkMoment& moment, NeuronPlace place,
                               std::span<const float> z) {
    m_slopes.resize(z.size());
    network.spec().activation->single.derivative(
        z.data(), m_slopes.data(), z.size(),
        network.neuronParameters(moment.parameters.data(), place.layer, place.neuron));
    return z.size() - static_cast<std::size_t>(std::count(m_slopes.begin(), m_slopes.end(), 0.0F));
}

// A z of twice the reach is taken to stay above 0.
void HealthScan::note(const float* z, Open& one) {
    const auto samples = static_cast<std::size_t>(m_train->samples());
    const auto needed = static_cast<std::size_t>(enough(m_train->samples()));
    one.reach = reachOf({z, samples}, needed);
    one.far = one.reach;
    one.assumed = 0;
    one.near.clear();
    if (m_known <= fewParameters)
        return;
    one.far = reachOf({z, samples}, needed + 32 + samples / 16);
    const auto lowest = static_cast<float>(-one.far);
    const auto highest = static_cast<float>(2.0 * one.reach);
    for (std::size_t s = 0; s < samples; ++s)
        if (z[s] > highest)
            ++one.assumed;
        else if (z[s] >= lowest)
            one.near.push_back(static_cast<int>(s));
}

void HealthScan::pick(std::vector<Open>& open) {
    m_picked.clear();
    if (m_known <= fewParameters)
        return;
    m_pickedAt.assign(static_cast<std::size_t>(m_train->samples()), -1);
    std::vector<int> picked;
    for (const Open& one : open)
        for (const int sample : one.near)
            if (int& at = m_pickedAt[static_cast<std::size_t>(sample)]; at < 0) {
                at = static_cast<int>(picked.size());
                picked.push_back(sample);
            }
    if (!picked.empty() && picked.size() * mostPicked <= m_pickedAt.size())
        m_picked.pick(*m_train, picked);
}

/// What the bound and the near samples tell of each.
void HealthScan::judge(Network<float>& network, const NetworkMoment& moment, std::vector<Open>& open) {
    moveTo(network, moment.biasShift);
    m_bound.compare(network, moment.parameters.data());
    std::size_t last = 0;
    bool close = false;
    for (Open& one : open) {
        one.shift = m_bound.of(one.place.layer, one.place.neuron);
        one.known = one.shift == 0.0 || one.shift < one.reach     ? Open::Ill // unmoved: as it was found
                    : m_picked.count() > 0 && one.shift < one.far ? Open::Close
                                                                  : Open::Lost;
        if (one.known != Open::Close)
            continue;
        close = true;
        last = std::max(last, one.place.layer);
    }
    if (close)
        m_picked.runBefore(last, network, moment.parameters.data());
    for (Open& one : open)
        if (one.known == Open::Close && nearMakeHealthy(network, moment, one))
            one.known = Open::Lost;
}

/// Whether those and the samples on which it is taken to be active are enough.
bool HealthScan::nearMakeHealthy(const Network<float>& network, const NetworkMoment& moment, Open& one) {
    const auto needed = static_cast<std::size_t>(enough(m_train->samples()));
    const float* z = m_picked.preActivations(one.place);
    m_near.clear();
    for (const int sample : one.near)
        m_near.push_back(z[m_pickedAt[static_cast<std::size_t>(sample)]]);
    if (one.assumed + active(network, moment, one.place, m_near) >= needed)
        return true;
    one.reach = reachOf(m_near, needed - one.assumed);
    return false;
}

// The bound goes on from the moment at which somebody was looked at, so that it stays near.
void HealthScan::goOn(const Network<float>& network, const NetworkMoment& moment, std::vector<Open>& open) {
    for (Open& one : open) {
        if (one.known == Open::Lost)
            continue;
        one.far -= one.shift;
        one.reach = one.known == Open::Close ? std::min(one.reach, one.far) : one.reach - one.shift;
    }
    m_bound.goOn(network, moment.parameters.data(), m_inputNorms);
    refer(moment);
}

void HealthScan::refer(const NetworkMoment& moment) {
    if (m_known <= fewParameters)
        m_reference.assign(moment.parameters.begin(), moment.parameters.begin() + static_cast<std::ptrdiff_t>(m_known));
}

/// The same for all of the moments first ... last at once, by how far each parameter was away at most.
bool HealthScan::noneHealthy(const Moments& moment, std::size_t first, std::size_t last, const Network<float>& network,
                             const std::vector<Open>& open) {
    const NetworkSpec& spec = network.spec();
    if (!spec.activation->reluLike || spec.activation->learntSlope || spec.batchNorm != BatchNorm::None ||
        m_known > fewParameters)
        return false;
    m_lowest = m_reference;
    m_highest = m_reference;
    const std::size_t count = m_reference.size();
    for (std::size_t number = first; number <= last; number += together) {
        const float* values[together];
        for (std::size_t i = 0; i < together; ++i) {
            const NetworkMoment one = moment(std::min(number + i, last));
            if (!one.biasShift.none())
                return false;
            values[i] = one.parameters.data();
        }
        widen(values, m_lowest, m_highest);
    }
    for (std::size_t i = 0; i < count; ++i)
        m_highest[i] = std::max(m_highest[i] - m_reference[i], m_reference[i] - m_lowest[i]);
    return m_bound.compareAll(m_highest.data()) &&
           std::ranges::none_of(open, [this](const Open& one) { return reaches(one); });
}

bool HealthScan::reaches(const Open& one) {
    const double shift = m_bound.of(one.place.layer, one.place.neuron);
    return shift != 0.0 && !(shift < one.reach); // unmoved: as it was found
}

std::vector<std::size_t> HealthScan::lastHealthy(Network<float>& network, const Moments& moment, std::size_t last,
                                                 const std::vector<NeuronPlace>& places) {
    std::vector<std::size_t> found(places.size(), 0);
    if (last < 2 || places.empty())
        return found;
    std::vector<Open> open;
    std::size_t deepest = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        open.push_back({.index = i, .place = places[i], .known = Open::Lost});
        deepest = std::max(deepest, places[i].layer);
    }
    const Block& end = network.layout().block(static_cast<int>(deepest) + 1, BlockKind::Bias);
    m_known = end.offset + end.size();
    look(network, moment(last), last, open, found);
    m_bound.start(network, moment(last).parameters.data(), m_inputNorms,
                  std::max(1.0, std::abs(network.spec().activationParameters.alpha)));
    refer(moment(last));
    int looks = 0;
    std::size_t number = last - 1;
    while (number > 0 && !open.empty() && looks < mostLooks) {
        const std::size_t first = number - std::min(number, atOnce) + 1;
        if (number - first + 1 >= fewAtOnce && noneHealthy(moment, first, number, network, open)) {
            number = first - 1;
            continue;
        }
        for (; number >= first && !open.empty() && looks < mostLooks; --number)
            looks += scan(network, moment(number), number, open, found) ? 1 : 0;
    }
    return found;
}

/// One moment. Returns whether it took a look at all samples.
bool HealthScan::scan(Network<float>& network, const NetworkMoment& moment, std::size_t number, std::vector<Open>& open,
                      std::vector<std::size_t>& found) {
    const bool bounded = network.spec().activation->reluLike && !network.spec().activation->learntSlope;
    if (bounded)
        judge(network, moment, open);
    const bool lost = std::ranges::any_of(open, [](const Open& one) { return one.known == Open::Lost; });
    const bool close = std::ranges::any_of(open, [](const Open& one) { return one.known == Open::Close; });
    m_inputNorms.clear();
    if (lost)
        look(network, moment, number, open, found);
    if (bounded && (lost || close))
        goOn(network, moment, open);
    return lost;
}

} // namespace flatline
