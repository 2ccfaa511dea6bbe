#include "core/diagnosis/shift_bound.h"

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

using Vector = Eigen::Map<const Eigen::VectorXf>;

template <class Values>
double norm(const Values& values) {
    return std::sqrt(static_cast<double>(values.squaredNorm()));
}
bool same(const float* a, const float* b, int count) {
    return std::equal(a, a + count, b);
}

} // namespace

void ShiftBound::start(const Network<float>& network, const float* parameters, const std::vector<float>& inputNorms,
                       double steep) {
    m_steep = steep;
    m_layers.resize(inputNorms.size());
    for (std::size_t k = 0; k < m_layers.size(); ++k) {
        Layer& layer = m_layers[k];
        static_cast<RowsPlace&>(layer) = rowsPlace(network.layout(), k);
        layer.inputNorm = static_cast<double>(inputNorms[k]);
    }
    begin(network, parameters);
    m_lent = nullptr;
    if (!m_foldsThen)
        m_then.parameters.assign(parameters, parameters + network.layout().size());
}

void ShiftBound::goOn(const Network<float>& network, const float* parameters, const std::vector<float>& inputNorms) {
    compare(network, parameters);
    if (inputNorms.size() < m_layers.size())
        (void)inputShift(m_layers.size() - 1); // before any norm changes
    for (std::size_t k = 0; k < m_layers.size(); ++k)
        m_layers[k].inputNorm = k < inputNorms.size() ? static_cast<double>(inputNorms[k])
                                                      : m_layers[k].inputNorm + (1.0 + roomOfSums) * m_shifts[k];
    begin(network, parameters);
    m_lent = m_foldsThen ? nullptr : parameters;
}

void ShiftBound::begin(const Network<float>& network, const float* parameters) {
    m_foldsThen = foldsAnything(network.spec());
    m_exactThen = passesFoldedBits(network.spec());
    if (m_foldsThen)
        fold(network, parameters, m_then);
    for (Layer& layer : m_layers) {
        layer.size = -1.0;
        layer.sizes.assign(static_cast<std::size_t>(layer.units), -1.0);
    }
}

void ShiftBound::compare(const Network<float>& network, const float* parameters) {
    m_shifts.assign(1, 0.0); // the samples' features stay
    m_folds = foldsAnything(network.spec());
    m_exact = m_exactThen && passesFoldedBits(network.spec());
    m_new = parameters;
    if (!m_folds)
        return;
    fold(network, parameters, m_now);
    m_new = m_now.parameters.data();
}

bool ShiftBound::compareAll(const float* differences) {
    m_shifts.assign(1, 0.0);
    m_folds = false;
    m_exact = m_exactThen;
    m_new = nullptr;
    m_differences = differences;
    m_knownOutputs = 0;
    m_outputShifts.resize(m_layers.size());
    return !m_foldsThen;
}

/// Norm of the change of parameters that lie next to each other; 0 only where none has changed.
double ShiftBound::moveOf(std::size_t offset, int count) const {
    const float* old = then() + offset;
    if (m_new != nullptr)
        return same(m_new + offset, old, count)
                   ? 0.0
                   : smallestRoom + norm(Vector(m_new + offset, count) - Vector(old, count));
    const float* moved = m_differences + offset;
    return std::all_of(moved, moved + count, [](float move) { return move == 0.0F; })
               ? 0.0
               : smallestRoom + norm(Vector(moved, count));
}

double ShiftBound::sizeThen(Layer& layer, std::size_t neuron) const {
    double& size = layer.sizes[neuron];
    if (size < 0.0)
        size = norm(Vector(then() + layer.weights + neuron * static_cast<std::size_t>(layer.inputs), layer.inputs));
    return size;
}

double ShiftBound::of(std::size_t index, std::size_t neuron) {
    if (m_new == nullptr)
        return ofMany(index, neuron);
    Layer& layer = m_layers[index];
    const double shift = inputShift(index);
    const double moved = moveOf(layer.weights + neuron * static_cast<std::size_t>(layer.inputs), layer.inputs);
    const double biasMoved = moveOf(layer.biases + neuron, 1);
    if (m_exact && shift == 0.0 && moved == 0.0 && biasMoved == 0.0)
        return 0.0;
    const double size = sizeThen(layer, neuron) + moved;
    const auto bias = std::abs(static_cast<double>(then()[layer.biases + neuron]));
    const double terms = (m_folds ? static_cast<double>(m_now.magnitude[index][neuron]) : bias + biasMoved) +
                         (m_foldsThen ? static_cast<double>(m_then.magnitude[index][neuron]) : bias);
    return (1.0 + roomOfSums) * (moved * layer.inputNorm + biasMoved + size * shift) +
           roomOfOrder(layer.inputs) * (size * (layer.inputNorm + shift) + terms);
}

double ShiftBound::ofMany(std::size_t index, std::size_t neuron) {
    for (; m_knownOutputs < index; ++m_knownOutputs) {
        std::vector<double>& shifts = m_outputShifts[m_knownOutputs];
        shifts.resize(static_cast<std::size_t>(m_layers[m_knownOutputs].units));
        for (std::size_t j = 0; j < shifts.size(); ++j)
            shifts[j] = m_steep * ofMany(m_knownOutputs, j);
    }
    Layer& layer = m_layers[index];
    const auto inputs = static_cast<std::size_t>(layer.inputs);
    const std::size_t row = layer.weights + neuron * inputs;
    const double moved = moveOf(row, layer.inputs);
    const double biasMoved = moveOf(layer.biases + neuron, 1);
    double through = 0.0;
    double shift = 0.0; // of the inputs, all together
    for (std::size_t i = 0; index > 0 && i < inputs; ++i) {
        const double own = m_outputShifts[index - 1][i];
        shift += own;
        through += own * static_cast<double>(std::abs(then()[row + i]) + m_differences[row + i]);
    }
    if (m_exact && shift == 0.0 && moved == 0.0 && biasMoved == 0.0)
        return 0.0;
    const double terms = 2.0 * static_cast<double>(std::abs(then()[layer.biases + neuron])) + biasMoved;
    return (1.0 + roomOfSums) * (moved * layer.inputNorm + biasMoved + through) +
           roomOfOrder(layer.inputs) * ((sizeThen(layer, neuron) + moved) * (layer.inputNorm + shift) + terms);
}

double ShiftBound::inputShift(std::size_t layer) {
    while (m_shifts.size() <= layer)
        m_shifts.push_back(outputShift(m_shifts.size() - 1, m_shifts.back()));
    return m_shifts[layer];
}

double ShiftBound::outputShift(std::size_t index, double shift) {
    Layer& layer = m_layers[index];
    const double weightsMoved = moveOf(layer.weights, layer.inputs * layer.units);
    const double biasesMoved = moveOf(layer.biases, layer.units);
    if (m_exact && shift == 0.0 && weightsMoved == 0.0 && biasesMoved == 0.0)
        return 0.0;
    if (layer.size < 0.0) {
        layer.size = norm(Vector(then() + layer.weights, layer.inputs * layer.units));
        layer.terms = norm(Vector(m_foldsThen ? m_then.magnitude[index].data() : then() + layer.biases, layer.units));
    }
    const double moved = std::sqrt(weightsMoved * weightsMoved + biasesMoved * biasesMoved);
    const double size = layer.size + moved;
    const double terms = m_folds ? norm(Vector(m_now.magnitude[index].data(), layer.units)) : layer.terms + biasesMoved;
    return m_steep * ((1.0 + roomOfSums) * (moved * std::sqrt(layer.inputNorm * layer.inputNorm + 1.0) + size * shift) +
                      roomOfOrder(layer.inputs) * (size * (layer.inputNorm + shift) + layer.terms + terms));
}

} // namespace flatline
