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

/// Whether the layer whose slopes are in the pass has one slope on all of the batch, at this unit.
template <class Scalar>
bool isStraight(const Pass<Scalar>& pass, Eigen::Index unit) {
    return (pass.slopes.col(unit).array() == pass.slopes(0, unit)).all();
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

Layout layoutOf(const NetworkSpec& spec) {
    return Layout(widthsOf(spec), {spec.activation->learntSlope, spec.batchNorm != BatchNorm::None});
}

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
    spec.batchNorm = findBatchNorm(settings.network.batchNorm)->kind;
    spec.activationParameters =
        activationParameters(*spec.activation, settings.network.alpha, settings.network.slopeAtZero);
    return spec;
}

template <class Scalar>
Network<Scalar>::Network(NetworkSpec spec)
    : m_spec(std::move(spec))
    , m_layout(layoutOf(m_spec)) {}

template <class Scalar>
void Network<Scalar>::setActivation(const ActivationRow& activation, ActivationParameters parameters) {
    const bool relay = activation.learntSlope != m_spec.activation->learntSlope;
    m_spec.activation = &activation;
    m_spec.activationParameters = parameters;
    if (relay)
        m_layout = layoutOf(m_spec);
}

template <class Scalar>
ActivationParameters Network<Scalar>::neuronParameters(const Scalar* parameters, std::size_t layer,
                                                       std::size_t neuron) const {
    ActivationParameters own = m_spec.activationParameters;
    if (m_spec.activation->learntSlope)
        own.alpha = static_cast<double>(
            parameters[m_layout.block(static_cast<int>(layer) + 1, BlockKind::Alpha).offset + neuron]);
    return own;
}

template <class Scalar>
void Network<Scalar>::activate(const Scalar* parameters, std::size_t layer, Pass<Scalar>& pass) const {
    const Batch<Scalar>& z = pass.preActivations[layer];
    Batch<Scalar>& h = pass.activations[layer];
    h.resize(z.rows(), z.cols());
    const auto& f = m_spec.activation->functions<Scalar>();
    if (!m_spec.activation->learntSlope) {
        f.value(z.data(), h.data(), static_cast<std::size_t>(z.size()), m_spec.activationParameters);
        return;
    }
    for (Eigen::Index j = 0; j < z.cols(); ++j)
        f.value(z.col(j).data(), h.col(j).data(), static_cast<std::size_t>(z.rows()),
                neuronParameters(parameters, layer, static_cast<std::size_t>(j)));
}

// pass.gradients[layer]: d loss / d f(z) in, d loss / d z out.
// A learnt slope alpha:  d f / d alpha = z for z <= 0, else 0.
template <class Scalar>
void Network<Scalar>::differentiate(const Scalar* parameters, std::size_t layer, Pass<Scalar>& pass,
                                    Scalar* gradient) const {
    const Batch<Scalar>& z = pass.preActivations[layer];
    Batch<Scalar>& g = pass.gradients[layer];
    pass.slopes.resize(z.rows(), z.cols());
    const auto& f = m_spec.activation->functions<Scalar>();
    if (!m_spec.activation->learntSlope) {
        f.derivative(z.data(), pass.slopes.data(), static_cast<std::size_t>(z.size()), m_spec.activationParameters);
    } else {
        const Block& alpha = m_layout.block(static_cast<int>(layer) + 1, BlockKind::Alpha);
        for (Eigen::Index j = 0; j < z.cols(); ++j) {
            f.derivative(z.col(j).data(), pass.slopes.col(j).data(), static_cast<std::size_t>(z.rows()),
                         neuronParameters(parameters, layer, static_cast<std::size_t>(j)));
            gradient[alpha.at(static_cast<int>(j), 0)] += (g.col(j).array() * z.col(j).array().min(Scalar(0))).sum();
        }
    }
    g.array() *= pass.slopes.array();
}

template <class Scalar>
void Network<Scalar>::normalizeLayer(const Scalar* parameters, std::size_t layer, const Batch<Scalar>& input,
                                     Pass<Scalar>& pass, Batch<Scalar>& output) const {
    const auto values = [&](BlockKind kind) {
        return parameters + m_layout.block(static_cast<int>(layer) + 1, kind).offset;
    };
    BatchNormPass<Scalar>& norm = pass.norms[layer];
    normalize<Scalar>(input,
                      {values(BlockKind::Gamma), values(BlockKind::Beta), values(BlockKind::RunningMean),
                       values(BlockKind::RunningVariance)},
                      norm.training, norm, output);
}

template <class Scalar>
void Network<Scalar>::normalizeLayerBack(const Scalar* parameters, std::size_t layer, const Pass<Scalar>& pass,
                                         Batch<Scalar>& gradient, Scalar* sums) const {
    const std::size_t gamma = m_layout.block(static_cast<int>(layer) + 1, BlockKind::Gamma).offset;
    const std::size_t beta = m_layout.block(static_cast<int>(layer) + 1, BlockKind::Beta).offset;
    const Vector<Scalar> betas = Eigen::Map<const Vector<Scalar>>(sums + beta, gradient.cols());
    normalizeBackward<Scalar>(pass.norms[layer], parameters + gamma, gradient, sums + gamma, sums + beta);
    for (Eigen::Index j = 0; j < betas.size(); ++j)
        if (betaCancels(pass, layer, j))
            sums[beta + static_cast<std::size_t>(j)] = betas[j];
}

template <class Scalar>
void Network<Scalar>::forward(const Scalar* parameters, const Batch<Scalar>& features, Pass<Scalar>& pass,
                              PassMode mode) const {
    const std::size_t hidden = m_spec.hidden.size();
    pass.preActivations.resize(hidden);
    pass.activations.resize(hidden);
    pass.normalized.resize(m_spec.batchNorm == BatchNorm::AfterActivation ? hidden : 0);
    pass.norms.resize(m_spec.batchNorm != BatchNorm::None ? hidden : 0);
    const auto shift = static_cast<Scalar>(m_spec.biasShift.all);
    for (std::size_t k = 0; k <= hidden; ++k) {
        const int layer = static_cast<int>(k) + 1;
        const Batch<Scalar>& input = k == 0 ? features : pass.output(k - 1);
        const bool before = k < hidden && m_spec.batchNorm == BatchNorm::BeforeActivation;
        Batch<Scalar>& x = k == hidden ? pass.outputs : (before ? pass.linear : pass.preActivations[k]);
        const auto bias = biasOf(parameters, m_layout.block(layer, BlockKind::Bias));
        x.noalias() = input * weightsOf(parameters, m_layout.block(layer, BlockKind::Weight)).transpose();
        x.rowwise() += bias.transpose();
        if (k == hidden)
            return;
        if (shift != Scalar(0))
            x.array() += shift;
        for (Eigen::Index j = 0; !m_spec.biasShift.own.empty() && j < x.cols(); ++j)
            x.col(j).array() += static_cast<Scalar>(m_spec.biasShift.own[k][static_cast<std::size_t>(j)]);
        if (!pass.norms.empty())
            pass.norms[k].training = mode == PassMode::Training;
        if (before)
            normalizeLayer(parameters, k, x, pass, pass.preActivations[k]);
        activate(parameters, k, pass);
        if (!pass.normalized.empty())
            normalizeLayer(parameters, k, pass.activations[k], pass, pass.normalized[k]);
    }
}

// A batch norm takes the batch's mean away: what only adds a constant to all samples in front of it changes nothing.
// The sums for such a bias or beta would be rounding alone, from which Adam and RMSprop, which divide by its size, make
// whole steps. That is so for a bias in front of batch norm, or with an activation between that is straight on this
// batch, and for beta where nothing but such activations stands between it and the next layer's batch norm.
template <class Scalar>
void Network<Scalar>::addBiasGradient(const Pass<Scalar>& pass, std::size_t layer, const Batch<Scalar>& gradient,
                                      Scalar* sums) const {
    const bool normed = layer < pass.norms.size() && pass.norms[layer].training;
    if (normed && m_spec.batchNorm == BatchNorm::BeforeActivation)
        return;
    for (Eigen::Index j = 0; j < gradient.cols(); ++j)
        if (!normed || !isStraight(pass, j))
            sums[j] += gradient.col(j).sum();
}

// Batch norm in front of the activation undoes the scale of a unit's weights, but for its epsilon. With d = d loss / d
// z,
//   w . dw = epsilon / (variance + epsilon) gamma sum d u
// exactly, while the terms of dw are larger by up to 1 / epsilon and leave only their rounding there, which Adam and
// RMSprop would make whole steps of, above all with a single input. That part of dw is put right.
template <class Scalar>
void Network<Scalar>::addWeightGradient(const Scalar* parameters, std::size_t layer, const Pass<Scalar>& pass,
                                        const Batch<Scalar>& gradient, const Batch<Scalar>& input, Scalar* sums) const {
    const int number = static_cast<int>(layer) + 1;
    const Block& block = m_layout.block(number, BlockKind::Weight);
    auto total = weightsOf(sums, block);
    if (m_spec.batchNorm != BatchNorm::BeforeActivation || layer >= pass.norms.size() || !pass.norms[layer].training) {
        total.noalias() += gradient.transpose() * input;
        return;
    }
    Weights<Scalar> own = gradient.transpose() * input;
    const auto weights = weightsOf(parameters, block);
    const BatchNormPass<Scalar>& norm = pass.norms[layer];
    const Scalar* gamma = parameters + m_layout.block(number, BlockKind::Gamma).offset;
    for (Eigen::Index j = 0; j < own.rows(); ++j) {
        const auto w = weights.row(j).template cast<double>();
        const double length = w.squaredNorm();
        const auto scale = static_cast<double>(norm.scale[j]);
        const double slope =
            pass.gradients[layer].col(j).template cast<double>().dot(norm.normalized.col(j).template cast<double>());
        const double radial = batchNormEpsilon * scale * scale * static_cast<double>(gamma[j]) * slope;
        if (length > 0.0)
            own.row(j) += (w * ((radial - w.dot(own.row(j).template cast<double>())) / length)).template cast<Scalar>();
    }
    total += own;
}

template <class Scalar>
bool Network<Scalar>::betaCancels(const Pass<Scalar>& pass, std::size_t layer, Eigen::Index unit) const {
    if (layer + 1 >= pass.norms.size() || !pass.norms[layer].training)
        return false;
    if (m_spec.batchNorm == BatchNorm::BeforeActivation)
        return isStraight(pass, unit); // the slopes are this layer's
    for (Eigen::Index j = 0; j < pass.slopes.cols(); ++j)
        if (!isStraight(pass, j)) // they are the next one's
            return false;
    return true;
}

// With X_k = d loss / d x_k:  dW_k = X_k^T h_(k-1),  db_k = sum over the samples of X_k,
//                             d loss / d h_(k-1) = X_k W_k, and through batch norm and f' to X_(k-1).
template <class Scalar>
void Network<Scalar>::backward(const Scalar* parameters, const Batch<Scalar>& features, Pass<Scalar>& pass,
                               Scalar* gradient) const {
    const std::size_t hidden = m_spec.hidden.size();
    pass.gradients.resize(hidden);
    for (std::size_t k = hidden + 1; k-- > 0;) {
        const int layer = static_cast<int>(k) + 1;
        const bool before = k < hidden && m_spec.batchNorm == BatchNorm::BeforeActivation;
        if (before) {
            pass.linear = pass.gradients[k]; // gradients keeps d loss / d z
            normalizeLayerBack(parameters, k, pass, pass.linear, gradient);
        }
        const Batch<Scalar>& g = k == hidden ? pass.outputGradient : (before ? pass.linear : pass.gradients[k]);
        const Batch<Scalar>& input = k > 0 ? pass.output(k - 1) : features;
        addWeightGradient(parameters, k, pass, g, input, gradient);
        addBiasGradient(pass, k, g, gradient + m_layout.block(layer, BlockKind::Bias).offset);
        if (k == 0)
            return;
        Batch<Scalar>& below = pass.gradients[k - 1];
        below.noalias() = g * weightsOf(parameters, m_layout.block(layer, BlockKind::Weight));
        if (!pass.normalized.empty())
            normalizeLayerBack(parameters, k - 1, pass, below, gradient);
        differentiate(parameters, k - 1, pass, gradient);
    }
}

template <class Scalar>
void Network<Scalar>::updateRunningFigures(const Pass<Scalar>& pass, Scalar* parameters) const {
    for (std::size_t k = 0; k < pass.norms.size(); ++k) {
        const int layer = static_cast<int>(k) + 1;
        updateRunning(pass.norms[k], parameters + m_layout.block(layer, BlockKind::RunningMean).offset,
                      parameters + m_layout.block(layer, BlockKind::RunningVariance).offset);
    }
}

template class Network<float>;
template class Network<double>;

} // namespace flatline
