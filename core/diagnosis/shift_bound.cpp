#include "core/diagnosis/shift_bound.h"

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

using Vector = Eigen::Map<const Eigen::VectorXf>;

constexpr double ofNorms = 1e-4; // relative room: norms of many floats are rounded themselves

/// Relative room for two different orders of so many sums, at both moments.
double rounding(int terms) {
    return 1e-5 + 1.2e-7 * terms;
}

double squareOf(const float* values, int count) {
    return static_cast<double>(Vector(values, count).squaredNorm());
}
double squareOfDifference(const float* a, const float* b, int count) {
    return static_cast<double>((Vector(a, count) - Vector(b, count)).squaredNorm());
}
bool same(const float* a, const float* b, int count) {
    return std::equal(a, a + count, b);
}

} // namespace

void ShiftBound::start(const Network<float>& network, const float* parameters, const std::vector<float>& inputNorms,
                       double steep) {
    fold(network, parameters, m_then);
    m_exactThen = exact(network.spec());
    m_inputNorms = inputNorms;
    m_steep = steep;
    m_layers.resize(inputNorms.size());
    for (std::size_t k = 0; k < m_layers.size(); ++k) {
        const Block& weights = network.layout().block(static_cast<int>(k) + 1, BlockKind::Weight);
        const Block& biases = network.layout().block(static_cast<int>(k) + 1, BlockKind::Bias);
        m_layers[k] = {weights.offset, biases.offset, weights.columns, weights.rows};
    }
}

void ShiftBound::compare(const Network<float>& network, const float* parameters) {
    m_shifts.assign(1, 0.0); // the samples' features stay
    m_folds = network.spec().batchNorm != BatchNorm::None || !network.spec().biasShift.none();
    m_exact = m_exactThen && exact(network.spec());
    m_new = parameters;
    if (!m_folds)
        return;
    fold(network, parameters, m_now);
    m_new = m_now.parameters.data();
}

// A pass adds a shift of all biases itself, in float.
bool ShiftBound::exact(const NetworkSpec& spec) {
    return spec.batchNorm != BatchNorm::None || !spec.biasShift.own.empty() || spec.biasShift.none();
}

double ShiftBound::of(std::size_t layer, std::size_t neuron) {
    const Place& place = m_layers[layer];
    const std::size_t row = place.weights + neuron * static_cast<std::size_t>(place.inputs);
    const float* then = m_then.parameters.data();
    const double shift = inputShift(layer);
    const float bias = m_new[place.biases + neuron];
    const float biasThen = then[place.biases + neuron];
    if (m_exact && shift == 0.0 && bias == biasThen && same(m_new + row, then + row, place.inputs))
        return 0.0;
    const auto norm = static_cast<double>(m_inputNorms[layer]);
    const double size = std::sqrt(squareOf(m_new + row, place.inputs));
    const double moved = std::sqrt(squareOfDifference(m_new + row, then + row, place.inputs));
    const double biasMoved = std::abs(static_cast<double>(bias) - static_cast<double>(biasThen));
    const double terms = static_cast<double>(m_folds ? m_now.magnitude[layer][neuron] : std::abs(bias)) +
                         static_cast<double>(m_then.magnitude[layer][neuron]);
    return (1.0 + ofNorms) * (moved * norm + biasMoved + size * shift) +
           rounding(place.inputs) * ((size + moved) * (norm + shift) + terms);
}

double ShiftBound::inputShift(std::size_t layer) {
    while (m_shifts.size() <= layer)
        m_shifts.push_back(outputShift(m_shifts.size() - 1, m_shifts.back()));
    return m_shifts[layer];
}

double ShiftBound::outputShift(std::size_t layer, double shift) const {
    const Place& place = m_layers[layer];
    const float* then = m_then.parameters.data();
    const int weights = place.inputs * place.units;
    if (m_exact && shift == 0.0 && same(m_new + place.weights, then + place.weights, weights) &&
        same(m_new + place.biases, then + place.biases, place.units))
        return 0.0;
    const auto norm = static_cast<double>(m_inputNorms[layer]);
    const double moved = std::sqrt(squareOfDifference(m_new + place.weights, then + place.weights, weights) +
                                   squareOfDifference(m_new + place.biases, then + place.biases, place.units));
    const double size = std::sqrt(squareOf(m_new + place.weights, weights));
    const std::vector<float>& magnitude = m_then.magnitude[layer];
    double terms = squareOf(magnitude.data(), place.units);
    terms += m_folds ? squareOf(m_now.magnitude[layer].data(), place.units)
                     : squareOf(m_new + place.biases, place.units);
    return m_steep * ((1.0 + ofNorms) * (moved * std::sqrt(norm * norm + 1.0) + size * shift) +
                      rounding(place.inputs) * ((size + moved) * (norm + shift) + 2.0 * std::sqrt(terms)));
}

} // namespace flatline
