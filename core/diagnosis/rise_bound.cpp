#include "core/diagnosis/rise_bound.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace flatline {
namespace {

constexpr double ofCasts = 1e-6; // relative room: from double to float

/// Norm of what is farther from 0 of two.
double norm(const std::vector<float>& a, const std::vector<float>& b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto greater = static_cast<double>(std::max(std::abs(a[i]), std::abs(b[i])));
        sum += greater * greater;
    }
    return std::sqrt(sum);
}

} // namespace

InputRanges emptyRanges(int inputs) {
    kernels::LaneRange none;
    std::ranges::fill(none.lowest, std::numeric_limits<float>::infinity());
    std::ranges::fill(none.highest, -std::numeric_limits<float>::infinity());
    return InputRanges(static_cast<std::size_t>(inputs), none);
}

void RiseBound::start(const Network<float>& network, const float* parameters, const std::vector<InputRanges>& ranges,
                      const std::vector<Dead>& dead) {
    m_foldsThen = foldsAnything(network.spec());
    m_exactThen = passesFoldedBits(network.spec());
    if (m_foldsThen)
        fold(network, parameters, m_then);
    else
        m_then.parameters.assign(parameters, parameters + network.layout().size());
    m_layers.resize(ranges.size());
    for (std::size_t k = 0; k < m_layers.size(); ++k) {
        Layer& layer = m_layers[k];
        static_cast<RowsPlace&>(layer) = rowsPlace(network.layout(), k);
        const auto units = static_cast<std::size_t>(layer.units);
        const auto padded = static_cast<std::size_t>(kernels::padded(layer.inputs));
        layer.lowest.assign(padded, 0.0F);
        layer.highest.assign(padded, 0.0F);
        for (std::size_t i = 0; i < ranges[k].size(); ++i) {
            layer.lowest[i] = *std::ranges::min_element(ranges[k][i].lowest);
            layer.highest[i] = *std::ranges::max_element(ranges[k][i].highest);
        }
        layer.inputSize = norm(layer.lowest, layer.highest);
        layer.slope.assign(units, network.spec().activationParameters.alpha);
        for (std::size_t j = 0; j < units && network.spec().activation->learntSlope; ++j)
            layer.slope[j] = network.neuronParameters(parameters, k, j).alpha;
        layer.top.assign(units, std::numeric_limits<float>::infinity());
    }
    for (const Dead& one : dead)
        if (one.place.layer < m_layers.size())
            m_layers[one.place.layer].top[one.place.neuron] = one.highest;
}

void RiseBound::compare(const Network<float>& network, const float* parameters) {
    m_known = 0;
    m_folds = foldsAnything(network.spec());
    m_exact = m_exactThen && passesFoldedBits(network.spec());
    m_new = parameters;
    if (!m_folds)
        return;
    fold(network, parameters, m_now);
    m_new = m_now.parameters.data();
}

double RiseBound::of(std::size_t index, std::size_t neuron) {
    know(index);
    const Layer& layer = m_layers[index];
    move(layer, neuron, 1);
    return moveOf(layer, index, neuron, m_rows[0]).up;
}

/// Rows of the layer, into m_rows.
void RiseBound::move(const Layer& layer, std::size_t first, int neurons) {
    const std::size_t place = layer.weights + first * static_cast<std::size_t>(layer.inputs);
    m_rows.resize(std::max(m_rows.size(), static_cast<std::size_t>(neurons)));
    const bool stay = layer.inputsStay;
    kernels::chosen().moves({then() + place, m_new + place, neurons, layer.inputs, layer.lowest.data(),
                             layer.highest.data(), stay ? nullptr : layer.down.data(),
                             stay ? nullptr : layer.up.data()},
                            m_rows.data());
}

/// The changes of the inputs of that layer and of those before it; the samples' features stay.
void RiseBound::know(std::size_t index) {
    for (; m_known <= index; ++m_known) {
        Layer& layer = m_layers[m_known];
        layer.inputsStay = true;
        layer.shiftSize = 0.0;
        if (m_known == 0)
            continue;
        layer.down.assign(layer.lowest.size(), 0.0F);
        layer.up.assign(layer.lowest.size(), 0.0F);
        const Layer& below = m_layers[m_known - 1];
        move(below, 0, below.units);
        for (std::size_t i = 0; i < static_cast<std::size_t>(layer.inputs); ++i) {
            const Move move = handedOn(below, i, moveOf(below, m_known - 1, i, m_rows[i]), layer.highest[i]);
            layer.down[i] = static_cast<float>((1.0 + ofCasts) * move.down);
            layer.up[i] = static_cast<float>((1.0 + ofCasts) * move.up);
            layer.inputsStay = layer.inputsStay && move.none();
        }
        layer.shiftSize = norm(layer.down, layer.up);
    }
}

RiseBound::Move RiseBound::moveOf(const Layer& layer, std::size_t index, std::size_t neuron,
                                  const kernels::RowMove& row) const {
    const auto oldBias = static_cast<double>(then()[layer.biases + neuron]);
    const auto bias = static_cast<double>(m_new[layer.biases + neuron]);
    if (m_exact && layer.inputsStay && !row.changed && oldBias == bias)
        return {};
    const double terms = (m_folds ? static_cast<double>(m_now.magnitude[index][neuron]) : std::abs(bias)) +
                         (m_foldsThen ? static_cast<double>(m_then.magnitude[index][neuron]) : std::abs(oldBias));
    const double weights =
        smallestRoom + std::sqrt(static_cast<double>(row.size)) + std::sqrt(static_cast<double>(row.change));
    // Infinite inputs make room infinite or NaN, whatever became of them in the sums.
    const double room =
        roomOfSums * std::abs(bias - oldBias) +
        roomOfOrder(layer.inputs) * ((1.0 + roomOfSums) * weights * (layer.inputSize + layer.shiftSize) + terms);
    return {bias - oldBias + (1.0 + roomOfSums) * static_cast<double>(row.fall) - room,
            bias - oldBias + (1.0 + roomOfSums) * static_cast<double>(row.rise) + room};
}

/// `highest`: of what came out then.
RiseBound::Move RiseBound::handedOn(const Layer& layer, std::size_t neuron, const Move& move, float highest) const {
    const double slope = layer.slope[neuron];
    if (move.none())
        return {};
    if (slope < 0.0 || slope > 1.0) {
        const double most = std::max(1.0, std::abs(slope)) * std::max(std::abs(move.down), std::abs(move.up));
        return {-most, most};
    }
    if (slope == 0.0 && static_cast<double>(layer.top[neuron]) + move.up < 0.0)
        return {};
    const double least = slope == 0.0 ? -static_cast<double>(highest) : -std::numeric_limits<double>::infinity();
    // NaN, being first, stays
    return {std::max(std::min(move.down, 0.0), std::min(least, 0.0)), std::max(move.up, 0.0)};
}

} // namespace flatline
