#include "core/analysis/hessian_pass.h"

#include "core/network/folded.h"

#include <algorithm>

namespace flatline {
namespace {

void takeSamples(const Split& split, Eigen::Index first, Eigen::Index count, HessianPass& pass) {
    pass.features = split.features.middleRows(first, count).cast<double>();
    if (split.targets.values.size() > 0)
        pass.targets.values = split.targets.values.middleRows(first, count).cast<double>();
    if (!split.targets.labels.empty())
        pass.targets.labels.assign(split.targets.labels.begin() + first, split.targets.labels.begin() + first + count);
}

/// f'(z) into slopes and d loss / d f(z) * f''(z) into bends.
void differentiateTwice(const Network<double>& network, const double* parameters, std::size_t layer,
                        HessianPass& pass) {
    const Batch<double>& z = pass.values.preActivations[layer];
    Batch<double>& slopes = pass.slopes[layer];
    Batch<double>& bends = pass.bends[layer];
    slopes.resize(z.rows(), z.cols());
    bends.resize(z.rows(), z.cols());
    const ElementFunctions<double>& f = network.spec().activation->twice;
    const auto rows = static_cast<std::size_t>(z.rows());
    for (Eigen::Index j = 0; j < z.cols(); ++j) {
        const ActivationParameters own = network.neuronParameters(parameters, layer, static_cast<std::size_t>(j));
        f.derivative(z.col(j).data(), slopes.col(j).data(), rows, own);
        f.curvature(z.col(j).data(), bends.col(j).data(), rows, own);
    }
    bends.array() *= pass.above[layer].array();
}

} // namespace

NormScales normScales(const NetworkSpec& spec, const Layout& layout, std::span<const float> parameters) {
    NormScales scales;
    scales.before.resize(spec.hidden.size());
    scales.after.resize(spec.hidden.size());
    if (spec.batchNorm == BatchNorm::None)
        return scales;
    auto& there = spec.batchNorm == BatchNorm::BeforeActivation ? scales.before : scales.after;
    for (std::size_t k = 0; k < there.size(); ++k) {
        there[k].resize(spec.hidden[k]);
        for (int j = 0; j < spec.hidden[k]; ++j)
            there[k][j] = normScale(layout, parameters.data(), k, static_cast<std::size_t>(j)).scale;
    }
    return scales;
}

void scaleColumns(Batch<double>& values, const Eigen::RowVectorXd& scale) {
    if (scale.size() > 0)
        values.array().rowwise() *= scale.array();
}

Eigen::Index samplesPerPass(const NetworkSpec& spec) {
    Eigen::Index units = spec.inputs + Eigen::Index{4} * spec.outputs;
    for (const int width : spec.hidden)
        units += Eigen::Index{12} * width; // up to five of the values, four of the pass, three of the tangents
    constexpr Eigen::Index most = 8'000'000;
    return std::max<Eigen::Index>(8, most / units);
}

// With g_k = d loss / d x_k:  d loss / d (what layer k-1 hands on) = g_k W_k;  through batch norm's scale to
// d loss / d f(z);  times f'(z), and through batch norm's scale, to g_(k-1).
void fillPass(const Network<double>& network, const double* parameters, const NormScales& scales, const Split& split,
              Eigen::Index first, Eigen::Index count, HessianPass& pass) {
    takeSamples(split, first, count, pass);
    network.forward(parameters, pass.features, pass.values);
    const auto hidden = static_cast<std::size_t>(network.hiddenLayers());
    pass.slopes.resize(hidden);
    pass.above.resize(hidden);
    pass.bends.resize(hidden);
    pass.gradients.resize(hidden + 1);
    pass.loss = network.spec().objective->twice.loss(pass.values.outputs, pass.targets, 1.0 / split.samples(),
                                                     &pass.gradients[hidden]);
    for (std::size_t k = hidden; k > 0; --k) {
        Batch<double>& above = pass.above[k - 1];
        above.noalias() = pass.gradients[k] *
                          matrixOf(parameters, network.layout().block(static_cast<int>(k) + 1, BlockKind::Weight));
        scaleColumns(above, scales.after[k - 1]);
        differentiateTwice(network, parameters, k - 1, pass);
        pass.gradients[k - 1] = (above.array() * pass.slopes[k - 1].array()).matrix();
        scaleColumns(pass.gradients[k - 1], scales.before[k - 1]);
    }
}

} // namespace flatline
