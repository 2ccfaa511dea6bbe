#include "core/analysis/lethal_rates.h"

#include "core/diagnosis/evaluation.h"
#include "core/network/folded.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace flatline {
namespace {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Row = Eigen::RowVectorXf;
template <class Plain>
using Map = Eigen::Map<const Plain>;

/// Batch norm of one layer as s h + t, and how the move changes s and t (its running figures stay).
struct NormMove {
    Row scale;
    Row shift;
    Row scaleMove;
    Row shiftMove;
};

NormMove normMove(const Layout& layout, std::span<const float> parameters, std::span<const float> move,
                  std::size_t layer, int units) {
    NormMove norm{Row::Ones(units), Row::Zero(units), Row::Zero(units), Row::Zero(units)};
    const int number = static_cast<int>(layer) + 1;
    if (layout.find(number, BlockKind::Gamma) == nullptr)
        return norm;
    const auto values = [&](std::span<const float> from, BlockKind kind) {
        return Map<Row>(from.data() + layout.block(number, kind).offset, units);
    };
    const Row inverse = (values(parameters, BlockKind::RunningVariance).array() + static_cast<float>(batchNormEpsilon))
                            .sqrt()
                            .inverse()
                            .matrix();
    const auto mean = values(parameters, BlockKind::RunningMean);
    norm.scale = values(parameters, BlockKind::Gamma).cwiseProduct(inverse);
    norm.shift = values(parameters, BlockKind::Beta) - norm.scale.cwiseProduct(mean);
    norm.scaleMove = values(move, BlockKind::Gamma).cwiseProduct(inverse);
    norm.shiftMove = values(move, BlockKind::Beta) - norm.scaleMove.cwiseProduct(mean);
    return norm;
}

void scaleAndShift(const NormMove& norm, const Batch<float>& values, Batch<float>& tangent) {
    tangent.array().rowwise() *= norm.scale.array();
    tangent.array() += values.array().rowwise() * norm.scaleMove.array();
    tangent.rowwise() += norm.shiftMove;
}

/// The bounds of one neuron, narrowed sample by sample.
struct Bounds {
    double low = 0.0;
    double high = std::numeric_limits<double>::infinity();
    bool possible = true;

    // z - lr d <= 0
    void narrow(float z, float d) {
        if (!std::isfinite(z) || !std::isfinite(d))
            possible = false;
        else if (d > 0.0F)
            low = std::max(low, static_cast<double>(z) / static_cast<double>(d));
        else if (d < 0.0F)
            high = std::min(high, static_cast<double>(z) / static_cast<double>(d));
        else
            possible = possible && z <= 0.0F;
    }
    [[nodiscard]] std::optional<LethalRates> rates() const {
        return possible && low <= high && high > 0.0 ? std::optional(LethalRates{low, high}) : std::nullopt;
    }
};

/// The change of f(z) by that of z, and by that of a learnt slope.
void throughActivation(const Network<float>& network, std::span<const float> parameters, std::span<const float> move,
                       std::size_t layer, const Batch<float>& z, Batch<float>& tangent) {
    const ActivationRow& activation = *network.spec().activation;
    std::vector<float> slopes(static_cast<std::size_t>(z.rows()));
    const Block* alpha = network.layout().find(static_cast<int>(layer) + 1, BlockKind::Alpha);
    for (Eigen::Index j = 0; j < z.cols(); ++j) {
        activation.single.derivative(z.col(j).data(), slopes.data(), slopes.size(),
                                     network.neuronParameters(parameters.data(), layer, static_cast<std::size_t>(j)));
        tangent.col(j).array() *= Map<Eigen::ArrayXf>(slopes.data(), z.rows());
        if (alpha != nullptr)
            tangent.col(j) += move[alpha->at(static_cast<int>(j), 0)] * z.col(j).cwiseMin(0.0F);
    }
}

} // namespace

std::vector<std::vector<std::optional<LethalRates>>> lethalRates(const Network<float>& network,
                                                                 std::span<const float> parameters,
                                                                 std::span<const float> move, const Split& train) {
    const NetworkSpec& spec = network.spec();
    std::vector<std::vector<Bounds>> bounds;
    std::vector<NormMove> norms;
    for (std::size_t k = 0; k < spec.hidden.size(); ++k) {
        bounds.emplace_back(static_cast<std::size_t>(spec.hidden[k]));
        norms.push_back(normMove(network.layout(), parameters, move, k, spec.hidden[k]));
    }
    const auto weightsOf = [&](std::span<const float> from, const Block& block) {
        return Map<Matrix>(from.data() + block.offset, block.rows, block.columns);
    };
    Evaluator evaluator(spec, train);
    evaluator.forEachPiece(network, parameters.data(),
                           [&](Pass<float>& pass, const Batch<float>& features, const Targets<float>&, Eigen::Index) {
                               Batch<float> below; // how the layer's inputs change
                               for (std::size_t k = 0; k < bounds.size(); ++k) {
                                   const Block& weights =
                                       network.layout().block(static_cast<int>(k) + 1, BlockKind::Weight);
                                   const Block& bias = network.layout().block(static_cast<int>(k) + 1, BlockKind::Bias);
                                   const Batch<float>& input = k == 0 ? features : pass.output(k - 1);
                                   Batch<float> tangent = input * weightsOf(move, weights).transpose();
                                   if (k > 0)
                                       tangent.noalias() += below * weightsOf(parameters, weights).transpose();
                                   tangent.rowwise() += Map<Row>(move.data() + bias.offset, bias.rows);
                                   if (spec.batchNorm == BatchNorm::BeforeActivation) {
                                       Batch<float> sums = input * weightsOf(parameters, weights).transpose();
                                       sums.rowwise() += Map<Row>(parameters.data() + bias.offset, bias.rows);
                                       for (Eigen::Index j = 0; j < sums.cols(); ++j)
                                           sums.col(j).array() +=
                                               static_cast<float>(spec.biasShift.of(k, static_cast<std::size_t>(j)));
                                       scaleAndShift(norms[k], sums, tangent);
                                   }
                                   const Batch<float>& z = pass.preActivations[k];
                                   for (Eigen::Index j = 0; j < z.cols(); ++j)
                                       for (Eigen::Index i = 0; i < z.rows(); ++i)
                                           bounds[k][static_cast<std::size_t>(j)].narrow(z(i, j), -tangent(i, j));
                                   throughActivation(network, parameters, move, k, z, tangent);
                                   if (spec.batchNorm == BatchNorm::AfterActivation)
                                       scaleAndShift(norms[k], pass.activations[k], tangent);
                                   below = std::move(tangent);
                               }
                           });
    std::vector<std::vector<std::optional<LethalRates>>> rates;
    for (const auto& layer : bounds) {
        rates.emplace_back();
        for (const Bounds& one : layer)
            rates.back().push_back(one.rates());
    }
    return rates;
}

} // namespace flatline
