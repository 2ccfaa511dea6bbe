#include "core/analysis/hessian.h"

#include "core/network/objective_curvature.h"

#include <algorithm>
#include <cassert>

namespace flatline {
namespace {

bool isCancelled(const std::atomic<bool>* cancelled) {
    return cancelled != nullptr && cancelled->load(std::memory_order_relaxed);
}

const Block& blockOf(const Layout& layout, std::size_t layer, BlockKind kind) {
    return layout.block(static_cast<int>(layer) + 1, kind);
}

/// Adds the gradient that the pass holds. A learnt slope alpha:  d f / d alpha = min(z, 0).
void addGradient(const Layout& layout, const HessianPass& pass, double* gradient) {
    for (std::size_t k = 0; k < pass.gradients.size(); ++k) {
        const Batch<double>& g = pass.gradients[k];
        matrixOf(gradient, blockOf(layout, k, BlockKind::Weight)).noalias() += g.transpose() * pass.input(k);
        columnOf(gradient, blockOf(layout, k, BlockKind::Bias)) += g.colwise().sum().transpose();
        if (const Block* alpha = layout.find(static_cast<int>(k) + 1, BlockKind::Alpha))
            columnOf(gradient, *alpha) += (pass.above[k].array() * pass.values.preActivations[k].array().min(0.0))
                                              .colwise()
                                              .sum()
                                              .matrix()
                                              .transpose();
    }
}

} // namespace

bool isDifferentiated(BlockKind kind) {
    return kind == BlockKind::Weight || kind == BlockKind::Bias || kind == BlockKind::Alpha;
}

TrainingHessian::TrainingHessian(const NetworkSpec& spec, const Split& train, std::span<const float> parameters)
    : m_network(spec)
    , m_train(&train)
    , m_parameters(parameters.begin(), parameters.end())
    , m_scales(normScales(spec, m_network.layout(), parameters))
    , m_rows(std::min<Eigen::Index>(samplesPerPass(spec), train.samples()))
    , m_pieces((train.samples() + m_rows - 1) / m_rows) {
    assert(parameters.size() == layout().size());
    m_tangents.inner.resize(spec.hidden.size());
    m_tangents.output.resize(spec.hidden.size());
}

const HessianPass& TrainingHessian::passOf(Eigen::Index piece) {
    if (m_passed != piece) {
        const Eigen::Index first = piece * m_rows;
        fillPass(m_network, m_parameters.data(), m_scales, *m_train, first,
                 std::min<Eigen::Index>(m_rows, m_train->samples() - first), m_pass);
        m_passed = piece;
    }
    return m_pass;
}

std::optional<LossSlope> TrainingHessian::slope(const std::atomic<bool>* cancelled) {
    LossSlope slope;
    slope.gradient.assign(m_parameters.size(), 0.0);
    LossSum loss;
    for (Eigen::Index piece = 0; piece < m_pieces; ++piece) {
        const HessianPass& pass = passOf(piece);
        loss += pass.loss;
        addGradient(layout(), pass, slope.gradient.data());
        if (isCancelled(cancelled))
            return std::nullopt;
    }
    slope.loss = loss.mean(m_train->samples());
    return slope;
}

bool TrainingHessian::multiply(const double* direction, double* product, const std::atomic<bool>* cancelled) {
    std::fill(product, product + m_parameters.size(), 0.0);
    for (Eigen::Index piece = 0; piece < m_pieces; ++piece) {
        const HessianPass& pass = passOf(piece);
        forwardTangents(pass, direction);
        backwardTangents(pass, direction, product);
        if (isCancelled(cancelled))
            return false;
    }
    return true;
}

// R{.} is the derivative along the direction V, v, a of weights, biases and slopes; s is batch norm's scale:
//   R{x_k} = R{o_(k-1)} W_k^T + o_(k-1) V_k^T + v_k,   o_(k-1) what layer k-1 hands on, R{features} = 0
//   R{z_k} = s R{x_k},   R{f(z_k)} = f'(z_k) R{z_k} + a min(z_k, 0),   R{o_k} = s R{f(z_k)}
void TrainingHessian::forwardTangents(const HessianPass& pass, const double* direction) {
    const std::size_t hidden = pass.slopes.size();
    for (std::size_t k = 0; k <= hidden; ++k) {
        const Block& weights = blockOf(layout(), k, BlockKind::Weight);
        Batch<double>& x = k == hidden ? m_tangents.outputs : m_tangents.inner[k];
        x.noalias() = pass.input(k) * matrixOf(direction, weights).transpose();
        if (k > 0)
            x.noalias() += m_tangents.output[k - 1] * matrixOf(m_parameters.data(), weights).transpose();
        x.rowwise() += columnOf(direction, blockOf(layout(), k, BlockKind::Bias)).transpose();
        if (k == hidden)
            return;
        scaleColumns(x, m_scales.before[k]);
        Batch<double>& output = m_tangents.output[k];
        output = (pass.slopes[k].array() * x.array()).matrix();
        if (const Block* alpha = layout().find(static_cast<int>(k) + 1, BlockKind::Alpha))
            output.array() += pass.values.preActivations[k].array().min(0.0).rowwise() *
                              columnOf(direction, *alpha).transpose().array();
        scaleColumns(output, m_scales.after[k]);
    }
}

// With g_k = d loss / d x_k and c_k = d loss / d f(z_k), H_out the objective's second derivative:
//   R{g_out} = H_out R{outputs},   R{dW_k} = R{g_k}^T o_(k-1) + g_k^T R{o_(k-1)},   R{db_k} = sum of R{g_k}
//   R{c_(k-1)} = s (R{g_k} W_k + g_k V_k)
void TrainingHessian::backwardTangents(const HessianPass& pass, const double* direction, double* product) {
    const std::size_t hidden = pass.slopes.size();
    Batch<double>& gradient = m_tangents.gradient;
    outputCurvature (*m_network.spec().objective)(pass.values.outputs, pass.targets, 1.0 / m_train->samples(),
                                                  m_tangents.outputs, gradient);
    for (std::size_t k = hidden;; --k) {
        const Block& weights = blockOf(layout(), k, BlockKind::Weight);
        matrixOf(product, weights).noalias() += gradient.transpose() * pass.input(k);
        columnOf(product, blockOf(layout(), k, BlockKind::Bias)) += gradient.colwise().sum().transpose();
        if (k == 0)
            return;
        matrixOf(product, weights).noalias() += pass.gradients[k].transpose() * m_tangents.output[k - 1];
        Batch<double>& above = m_tangents.above;
        above.noalias() = gradient * matrixOf(m_parameters.data(), weights);
        above.noalias() += pass.gradients[k] * matrixOf(direction, weights);
        scaleColumns(above, m_scales.after[k - 1]);
        differentiateTangents(pass, k - 1, direction, product);
    }
}

//   R{g_k} = s (f'(z_k) R{c_k} + c_k f''(z_k) R{z_k} + c_k a [z_k <= 0])
//   R{da_k} = sum of R{c_k} min(z_k, 0) + c_k R{z_k} [z_k <= 0]
void TrainingHessian::differentiateTangents(const HessianPass& pass, std::size_t layer, const double* direction,
                                            double* product) {
    const Batch<double>& z = pass.values.preActivations[layer];
    const Batch<double>& inner = m_tangents.inner[layer];
    const Batch<double>& above = m_tangents.above;
    Batch<double>& gradient = m_tangents.gradient;
    gradient = (pass.slopes[layer].array() * above.array() + pass.bends[layer].array() * inner.array()).matrix();
    if (const Block* alpha = layout().find(static_cast<int>(layer) + 1, BlockKind::Alpha)) {
        auto slopes = columnOf(product, *alpha);
        for (Eigen::Index j = 0; j < z.cols(); ++j) {
            const auto own = (z.col(j).array() <= 0.0).select(pass.above[layer].col(j).array(), 0.0).eval();
            gradient.col(j).array() += direction[alpha->offset + static_cast<std::size_t>(j)] * own;
            slopes[j] += (above.col(j).array() * z.col(j).array().min(0.0) + own * inner.col(j).array()).sum();
        }
    }
    scaleColumns(gradient, m_scales.before[layer]);
}

} // namespace flatline
