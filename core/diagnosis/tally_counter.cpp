#include "core/diagnosis/tally_counter.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string_view>

namespace flatline {
namespace {

template <class Value, class Better>
Value bestOf(const Value (&lanes)[8], Better better) {
    Value best = lanes[0];
    for (const Value lane : lanes)
        best = better(lane, best) ? lane : best;
    return best;
}

std::int64_t sumOf(const std::int32_t (&lanes)[8]) {
    std::int64_t sum = 0;
    for (const std::int32_t lane : lanes)
        sum += lane;
    return sum;
}
double sumOf(const double (&lanes)[8]) {
    return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

} // namespace

TallyRange rangeOf(const kernels::Tally& tally, std::int64_t samples) {
    constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();
    if (sumOf(tally.number) < samples)
        return {notANumber, notANumber};
    return {bestOf(tally.minimum, std::less<>{}), bestOf(tally.maximum, std::greater<>{})};
}

void TallyCounter::begin(const NetworkSpec& spec) {
    m_layers.resize(spec.hidden.size());
    for (std::size_t k = 0; k < m_layers.size(); ++k)
        m_layers[k].resize(static_cast<std::size_t>(spec.hidden[k]));
    m_samples = 0;
    m_isRelu = std::string_view(spec.activation->id) == "relu";
}

void TallyCounter::add(const TilePass& pass) {
    if (m_samples == 0)
        for (std::vector<kernels::Tally>& layer : m_layers)
            pass.kernels().tallies.clear(layer.data(), static_cast<int>(layer.size()));
    for (std::size_t k = 0; k < m_layers.size(); ++k) {
        m_hasSlopes = pass.slopes(k) != nullptr;
        pass.kernels().tallies.add({pass.preActivations(k), pass.activations(k), pass.slopes(k), pass.stride(),
                                    static_cast<int>(m_layers[k].size()), pass.samples()},
                                   m_layers[k].data());
    }
    m_samples += pass.samples();
}

// Without slopes of its own, a function is the identity or ReLU with slope 0 at 0.
void TallyCounter::finish(Tallies& tallies) const {
    tallies.resize(m_layers.size());
    for (std::size_t k = 0; k < m_layers.size(); ++k) {
        tallies[k].clear();
        for (const kernels::Tally& tally : m_layers[k]) {
            const TallyRange z = rangeOf(tally, m_samples);
            NeuronTally neuron{z.maximum, z.minimum, sumOf(tally.positive), 0, 0.0F, sumOf(tally.absolute)};
            if (m_hasSlopes) {
                neuron.zeroSlope = sumOf(tally.zeroSlope);
                neuron.greatestSlope = bestOf(tally.greatestSlope, std::greater<>{});
            } else {
                neuron.zeroSlope = m_isRelu ? sumOf(tally.number) - neuron.active : 0;
                neuron.greatestSlope = neuron.zeroSlope < m_samples ? 1.0F : 0.0F;
            }
            tallies[k].push_back(neuron);
        }
    }
}

bool TallyCounter::allFinite() const {
    return std::ranges::all_of(m_layers, [this](const auto& layer) {
        return std::ranges::all_of(layer, [this](const kernels::Tally& tally) {
            const TallyRange z = rangeOf(tally, m_samples);
            return std::isfinite(z.minimum) && std::isfinite(z.maximum);
        });
    });
}

} // namespace flatline
