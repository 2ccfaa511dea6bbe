#pragma once

#include "core/data/dataset.h"
#include "core/network/layout.h"

#include <Eigen/Core>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <vector>

namespace flatline::benchmarks {

/// How an Eigen program may lay its work out. Values are units x samples: column-major has a sample's units side by
/// side, row-major a unit's samples. Lazy: products coefficient by coefficient, which small ones are better off with.
template <int ValueOrder, int WeightOrder, bool Lazy>
struct EigenStyle {
    using Values = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, ValueOrder>;
    using Weights = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, WeightOrder>;
    static constexpr bool unitsInside = ValueOrder == Eigen::ColMajor;
    static constexpr bool lazy = Lazy;
};

/// A ReLU network of dense layers with SGD as one writes it with Eigen when it is to be fast: memory taken beforehand,
/// products without temporaries, the update in place, plain loops where Eigen 3.4 does not vectorize. One output is
/// squared loss, more are softmax.
template <class Style>
class EigenNetwork {
public:
    using Values = typename Style::Values;
    using Weights = typename Style::Weights;

    /// All that one number of samples needs.
    struct Pass {
        std::vector<Values> values;    ///< inputs, then each layer's outputs
        std::vector<Values> gradients; ///< by the layers' sums
        std::vector<int> labels;
        Values targets;
    };

    EigenNetwork(const Layout& layout, std::span<const float> parameters)
        : m_weights(static_cast<std::size_t>(layout.layers()))
        , m_biases(m_weights.size()) {
        setParameters(layout, parameters);
    }

    void setParameters(const Layout& layout, std::span<const float> parameters) {
        using Stored = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
        for (std::size_t k = 0; k < m_weights.size(); ++k) {
            const Block& weights = layout.block(static_cast<int>(k) + 1, BlockKind::Weight);
            const Block& biases = layout.block(static_cast<int>(k) + 1, BlockKind::Bias);
            m_weights[k] = Eigen::Map<const Stored>(parameters.data() + weights.offset, weights.rows, weights.columns);
            m_biases[k] = Eigen::Map<const Eigen::VectorXf>(parameters.data() + biases.offset, biases.rows);
        }
    }

    [[nodiscard]] std::vector<float> parameters(const Layout& layout) const {
        std::vector<float> result(layout.size());
        for (std::size_t k = 0; k < m_weights.size(); ++k)
            for (Eigen::Index i = 0; i < m_weights[k].rows(); ++i) {
                const Block& weights = layout.block(static_cast<int>(k) + 1, BlockKind::Weight);
                for (Eigen::Index j = 0; j < m_weights[k].cols(); ++j)
                    result[weights.at(static_cast<int>(i), static_cast<int>(j))] = m_weights[k](i, j);
                result[layout.block(static_cast<int>(k) + 1, BlockKind::Bias).at(static_cast<int>(i), 0)] =
                    m_biases[k][i];
            }
        return result;
    }

    [[nodiscard]] Pass passFor(Eigen::Index samples) const {
        Pass pass;
        pass.values.emplace_back(m_weights.front().cols(), samples);
        for (const Weights& weights : m_weights) {
            pass.values.emplace_back(weights.rows(), samples);
            pass.gradients.emplace_back(weights.rows(), samples);
        }
        pass.labels.resize(static_cast<std::size_t>(samples));
        pass.targets.resize(m_weights.back().rows() == 1 ? 1 : 0, samples);
        return pass;
    }

    void forward(Pass& pass) const {
        for (std::size_t k = 0; k < m_weights.size(); ++k) {
            Values& out = pass.values[k + 1];
            assign(out, m_weights[k], pass.values[k]);
            addBias(out, m_biases[k], k + 1 < m_weights.size());
        }
    }

    /// Summed over the samples; the gradient of their mean where `backward` is to follow.
    template <bool WithGradient>
    double loss(Pass& pass) const {
        return m_weights.back().rows() == 1 ? squaredLoss<WithGradient>(pass) : softmaxLoss<WithGradient>(pass);
    }

    /// The gradient's way back, and each layer's step as soon as nothing needs its weights any more.
    void backwardAndStep(Pass& pass, float rate) {
        for (std::size_t k = m_weights.size(); k-- > 0;) {
            const Values& gradient = pass.gradients[k];
            if (k > 0) {
                assign(pass.gradients[k - 1], m_weights[k].transpose(), gradient);
                mask(pass.gradients[k - 1], pass.values[k]);
            }
            if constexpr (Style::lazy)
                m_weights[k] -= rate * gradient.lazyProduct(pass.values[k].transpose());
            else
                m_weights[k].noalias() -= rate * (gradient * pass.values[k].transpose());
            m_biases[k] -= rate * gradient.rowwise().sum();
        }
    }

private:
    template <class Left, class Right>
    static void assign(Values& to, const Left& left, const Right& right) {
        if constexpr (Style::lazy)
            to.noalias() = left.lazyProduct(right);
        else
            to.noalias() = left * right;
    }

    static void addBias(Values& values, const Eigen::VectorXf& bias, bool rectify) {
        if constexpr (Style::unitsInside) {
            for (Eigen::Index i = 0; i < values.cols(); ++i)
                addTo(values.col(i).array(), bias.array(), rectify);
        } else {
            for (Eigen::Index j = 0; j < values.rows(); ++j)
                addTo(values.row(j).array(), bias[j], rectify);
        }
    }
    template <class Line, class Added>
    static void addTo(Line line, const Added& added, bool rectify) {
        if (rectify)
            line = (line + added).max(0.0F);
        else
            line += added;
    }

    static void mask(Values& gradient, const Values& output) {
        float* g = gradient.data();
        const float* h = output.data();
        for (Eigen::Index i = 0; i < gradient.size(); ++i)
            g[i] = h[i] > 0.0F ? g[i] : 0.0F;
    }

    template <bool WithGradient>
    double squaredLoss(Pass& pass) const {
        Values& errors = pass.gradients.back();
        errors = pass.values.back() - pass.targets;
        const double sum = static_cast<double>(errors.squaredNorm());
        if constexpr (WithGradient)
            errors *= 2.0F / static_cast<float>(errors.cols());
        return sum;
    }

    template <bool WithGradient>
    double softmaxLoss(Pass& pass) const {
        const Values& z = pass.values.back();
        Values& powers = pass.gradients.back();
        m_greatest = z.colwise().maxCoeff();
        powers = (z.rowwise() - m_greatest).array().exp().matrix();
        m_sums = powers.colwise().sum();
        double sum = static_cast<double>(m_sums.array().log().sum() + m_greatest.sum());
        for (std::size_t i = 0; i < pass.labels.size(); ++i)
            sum -= static_cast<double>(z(pass.labels[i], static_cast<Eigen::Index>(i)));
        if constexpr (WithGradient) {
            const float scale = 1.0F / static_cast<float>(z.cols());
            m_sums = scale * m_sums.array().inverse().matrix();
            powers.array().rowwise() *= m_sums.array();
            for (std::size_t i = 0; i < pass.labels.size(); ++i)
                powers(pass.labels[i], static_cast<Eigen::Index>(i)) -= scale;
        }
        return sum;
    }

    std::vector<Weights> m_weights;
    std::vector<Eigen::VectorXf> m_biases;
    mutable Eigen::RowVectorXf m_greatest;
    mutable Eigen::RowVectorXf m_sums;
};

/// Fills a pass with the chosen samples.
template <class Style>
void gather(const typename Style::Values& features, const Split& split, std::span<const int> chosen,
            typename EigenNetwork<Style>::Pass& pass) {
    typename Style::Values& to = pass.values.front();
    const auto count = static_cast<Eigen::Index>(chosen.size());
    if constexpr (Style::unitsInside) {
        for (Eigen::Index i = 0; i < count; ++i)
            to.col(i) = features.col(chosen[static_cast<std::size_t>(i)]);
    } else {
        for (Eigen::Index j = 0; j < to.rows(); ++j)
            for (Eigen::Index i = 0; i < count; ++i)
                to(j, i) = features(j, chosen[static_cast<std::size_t>(i)]);
    }
    if (pass.targets.rows() == 1)
        for (Eigen::Index i = 0; i < count; ++i)
            pass.targets(0, i) = split.targets.values(chosen[static_cast<std::size_t>(i)], 0);
    else
        for (std::size_t i = 0; i < chosen.size(); ++i)
            pass.labels[i] = split.targets.labels[static_cast<std::size_t>(chosen[i])];
}

} // namespace flatline::benchmarks
