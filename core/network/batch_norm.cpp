#include "core/network/batch_norm.h"

#include "core/base/result.h"

#include <array>

namespace flatline {
namespace {

const std::array table{
    BatchNormRow{BatchNorm::None, "none", FLATLINE_TEXT("None"), FLATLINE_TEXT("No batch normalization.")},
    BatchNormRow{BatchNorm::BeforeActivation, "before-activation", FLATLINE_TEXT("Before the activation"),
                 FLATLINE_TEXT("Each neuron's inputs are centred before the bend: about half of them stay positive.")},
    BatchNormRow{BatchNorm::AfterActivation, "after-activation", FLATLINE_TEXT("After the activation"),
                 FLATLINE_TEXT("The bend comes first: what is dead by then is only normalized to a constant.")},
};

template <class Scalar>
using Row = Eigen::Matrix<Scalar, 1, Eigen::Dynamic>;
template <class Scalar>
using In = Eigen::Map<const Row<Scalar>>;
template <class Scalar>
using Out = Eigen::Map<Row<Scalar>>;

} // namespace

std::span<const BatchNormRow> batchNormTable() {
    return table;
}

const BatchNormRow* findBatchNorm(std::string_view id) {
    for (const BatchNormRow& row : table)
        if (id == row.id)
            return &row;
    return nullptr;
}

template <class Scalar>
void normalize(const Batch<Scalar>& input, const BatchNormParameters<Scalar>& parameters, bool training,
               BatchNormPass<Scalar>& pass, Batch<Scalar>& output) {
    const Eigen::Index units = input.cols();
    pass.training = training;
    if (training) {
        pass.mean = input.colwise().mean();
        pass.normalized = input.rowwise() - pass.mean;
        pass.variance = pass.normalized.array().square().colwise().mean().matrix();
    } else {
        pass.mean = In<Scalar>(parameters.runningMean, units);
        pass.variance = In<Scalar>(parameters.runningVariance, units);
        pass.normalized = input.rowwise() - pass.mean;
    }
    pass.scale = (pass.variance.array() + static_cast<Scalar>(batchNormEpsilon)).sqrt().inverse().matrix();
    pass.normalized.array().rowwise() *= pass.scale.array();
    output = (pass.normalized.array().rowwise() * In<Scalar>(parameters.gamma, units).array()).matrix();
    output.rowwise() += In<Scalar>(parameters.beta, units);
}

template <class Scalar>
void normalizeBackward(const BatchNormPass<Scalar>& pass, const Scalar* gamma, Batch<Scalar>& gradient,
                       Scalar* gammaGradient, Scalar* betaGradient) {
    const Eigen::Index units = gradient.cols();
    const Row<Scalar> sums = gradient.colwise().sum();
    const Row<Scalar> products = (gradient.array() * pass.normalized.array()).colwise().sum().matrix();
    Out<Scalar>(gammaGradient, units) += products;
    Out<Scalar>(betaGradient, units) += sums;
    if (pass.training) {
        const auto count = static_cast<Scalar>(gradient.rows());
        gradient.rowwise() -= (sums / count).eval();
        gradient.array() -= pass.normalized.array().rowwise() * (products / count).array();
    }
    gradient.array().rowwise() *= In<Scalar>(gamma, units).array() * pass.scale.array();
}

template <class Scalar>
void updateRunning(const BatchNormPass<Scalar>& pass, Scalar* runningMean, Scalar* runningVariance) {
    const auto momentum = static_cast<Scalar>(batchNormMomentum);
    const Eigen::Index units = pass.mean.size();
    const auto count = static_cast<Scalar>(pass.normalized.rows());
    Out<Scalar> mean(runningMean, units);
    mean = (Scalar(1) - momentum) * mean + momentum * pass.mean;
    if (pass.normalized.rows() < 2)
        return;
    Out<Scalar> variance(runningVariance, units);
    variance = (Scalar(1) - momentum) * variance + momentum * (count / (count - Scalar(1))) * pass.variance;
}

template void normalize(const Batch<float>&, const BatchNormParameters<float>&, bool, BatchNormPass<float>&,
                        Batch<float>&);
template void normalize(const Batch<double>&, const BatchNormParameters<double>&, bool, BatchNormPass<double>&,
                        Batch<double>&);
template void normalizeBackward(const BatchNormPass<float>&, const float*, Batch<float>&, float*, float*);
template void normalizeBackward(const BatchNormPass<double>&, const double*, Batch<double>&, double*, double*);
template void updateRunning(const BatchNormPass<float>&, float*, float*);
template void updateRunning(const BatchNormPass<double>&, double*, double*);

} // namespace flatline
