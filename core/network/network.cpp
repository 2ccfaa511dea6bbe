#include "core/network/network.h"

#include "core/base/number_text.h"

#include <cassert>

namespace flatline {
namespace {

template <class Scalar>
using Weights = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
template <class Scalar>
using Vector = Eigen::Matrix<Scalar, Eigen::Dynamic, 1>;

template <class Scalar>
auto weightsOf(Scalar* parameters, const Block& block) {
    using Plain = Weights<std::remove_const_t<Scalar>>;
    using Mapped = std::conditional_t<std::is_const_v<Scalar>, const Plain, Plain>;
    return Eigen::Map<Mapped>(parameters + block.offset, block.rows, block.columns);
}

template <class Scalar>
auto biasOf(Scalar* parameters, const Block& block) {
    using Plain = Vector<std::remove_const_t<Scalar>>;
    using Mapped = std::conditional_t<std::is_const_v<Scalar>, const Plain, Plain>;
    return Eigen::Map<Mapped>(parameters + block.offset, block.rows);
}

std::vector<int> widthsOf(const NetworkSpec& spec) {
    std::vector<int> widths{spec.inputs};
    widths.insert(widths.end(), spec.hidden.begin(), spec.hidden.end());
    widths.push_back(spec.outputs);
    return widths;
}

Result<int> outputsFor(std::string_view objective, const Dataset& dataset) {
    const std::string key = "network.output";
    if (objective == "linear")
        return static_cast<int>(dataset.train.targets.values.cols());
    if (dataset.task == Task::Regression)
        return badInput(key, FLATLINE_TEXT("'%1' needs classes, but the target of '%2' is a number; choose 'linear'"),
                        {std::string(objective), dataset.name});
    if (objective == "sigmoid") {
        if (dataset.classes() != 2)
            return badInput(key, FLATLINE_TEXT("'sigmoid' needs exactly 2 classes, but '%1' has %2; choose 'softmax'"),
                            {dataset.name, toText(std::int64_t{dataset.classes()})});
        return 1;
    }
    return dataset.classes();
}

} // namespace

Result<NetworkSpec> makeNetworkSpec(const Settings& settings, const Dataset& dataset) {
    const std::string objective =
        settings.network.output.empty() ? defaultObjective(dataset.task) : settings.network.output;
    const Result<int> outputs = outputsFor(objective, dataset);
    if (!outputs)
        return outputs.error();
    NetworkSpec spec;
    spec.inputs = dataset.features();
    spec.hidden = settings.network.hidden;
    spec.outputs = outputs.value();
    spec.activation = findActivation(settings.network.activation);
    spec.objective = findObjective(objective);
    assert(spec.activation != nullptr && spec.objective != nullptr);
    spec.activationParameters =
        activationParameters(*spec.activation, settings.network.alpha, settings.network.slopeAtZero);
    return spec;
}

template <class Scalar>
Network<Scalar>::Network(NetworkSpec spec)
    : m_spec(std::move(spec))
    , m_layout(widthsOf(m_spec)) {}

template <class Scalar>
void Network<Scalar>::setActivation(const ActivationRow& activation, ActivationParameters parameters) {
    m_spec.activation = &activation;
    m_spec.activationParameters = parameters;
}

template <class Scalar>
void Network<Scalar>::forward(const Scalar* parameters, const Batch<Scalar>& features, Pass<Scalar>& pass) const {
    const std::size_t hidden = m_spec.hidden.size();
    pass.preActivations.resize(hidden);
    pass.activations.resize(hidden);
    const auto& f = m_spec.activation->functions<Scalar>();
    const Batch<Scalar>* input = &features;
    for (std::size_t k = 0; k <= hidden; ++k) {
        const int layer = static_cast<int>(k) + 1;
        Batch<Scalar>& z = k < hidden ? pass.preActivations[k] : pass.outputs;
        z.noalias() = *input * weightsOf(parameters, m_layout.block(layer, BlockKind::Weight)).transpose();
        z.rowwise() += biasOf(parameters, m_layout.block(layer, BlockKind::Bias)).transpose();
        if (k == hidden)
            return;
        Batch<Scalar>& h = pass.activations[k];
        h.resize(z.rows(), z.cols());
        f.value(z.data(), h.data(), static_cast<std::size_t>(z.size()), m_spec.activationParameters);
        input = &h;
    }
}

// With G_k = d loss / d z_k:  dW_k = G_k^T h_(k-1),  db_k = sum over the samples of G_k,
//                             G_(k-1) = (G_k W_k) * f'(z_(k-1)).
template <class Scalar>
void Network<Scalar>::backward(const Scalar* parameters, const Batch<Scalar>& features, Pass<Scalar>& pass,
                               Scalar* gradient) const {
    const std::size_t hidden = m_spec.hidden.size();
    pass.gradients.resize(hidden);
    const auto& f = m_spec.activation->functions<Scalar>();
    for (std::size_t k = hidden + 1; k-- > 0;) {
        const int layer = static_cast<int>(k) + 1;
        const Batch<Scalar>& g = k < hidden ? pass.gradients[k] : pass.outputGradient;
        const Batch<Scalar>& input = k > 0 ? pass.activations[k - 1] : features;
        weightsOf(gradient, m_layout.block(layer, BlockKind::Weight)).noalias() += g.transpose() * input;
        biasOf(gradient, m_layout.block(layer, BlockKind::Bias)) += g.colwise().sum().transpose();
        if (k == 0)
            return;
        const Batch<Scalar>& z = pass.preActivations[k - 1];
        pass.slopes.resize(z.rows(), z.cols());
        f.derivative(z.data(), pass.slopes.data(), static_cast<std::size_t>(z.size()), m_spec.activationParameters);
        Batch<Scalar>& below = pass.gradients[k - 1];
        below.noalias() = g * weightsOf(parameters, m_layout.block(layer, BlockKind::Weight));
        below.array() *= pass.slopes.array();
    }
}

template class Network<float>;
template class Network<double>;

} // namespace flatline
