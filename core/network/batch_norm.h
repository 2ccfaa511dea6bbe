#pragma once

#include "core/data/batch.h"

#include <span>
#include <string_view>

namespace flatline {

/// Where batch normalization stands in a hidden layer.
enum class BatchNorm { None, BeforeActivation, AfterActivation };

struct BatchNormRow {
    BatchNorm kind;
    const char* id;    ///< the contract's name
    const char* label; ///< translatable
    const char* note;  ///< translatable
};
[[nodiscard]] std::span<const BatchNormRow> batchNormTable();
[[nodiscard]] const BatchNormRow* findBatchNorm(std::string_view id);

/// Batch normalization of one layer (Ioffe and Szegedy 2015, with PyTorch's conventions): for each unit
///   y = gamma u + beta,   u = (x - mean) / sqrt(variance + epsilon)
/// In training, mean and (biased) variance are the batch's; in evaluation they are running averages,
///   running = 0.9 running + 0.1 of the batch's mean or unbiased variance.
inline constexpr double batchNormEpsilon = 1e-5;
inline constexpr double batchNormMomentum = 0.1;

/// One layer's parameters, one entry a unit.
template <class Scalar>
struct BatchNormParameters {
    const Scalar* gamma;
    const Scalar* beta;
    const Scalar* runningMean;
    const Scalar* runningVariance;
};

/// What a pass keeps of one layer for the way back.
template <class Scalar>
struct BatchNormPass {
    using Row = Eigen::Matrix<Scalar, 1, Eigen::Dynamic>;
    Batch<Scalar> normalized; ///< u
    Row mean;                 ///< of the batch; training only
    Row variance;             ///< of the batch, biased; training only
    Row scale;                ///< 1 / sqrt(variance + epsilon), as used
    bool training = false;
};

/// Fills the pass, and `output` with y. A batch of one sample is its own mean: u is 0.
template <class Scalar>
void normalize(const Batch<Scalar>& input, const BatchNormParameters<Scalar>& parameters, bool training,
               BatchNormPass<Scalar>& pass, Batch<Scalar>& output);

/// gradient: d loss / d y in, d loss / d x out. Adds to the gradients of gamma and beta.
///   dgamma = sum g u,  dbeta = sum g;  evaluation: dx = gamma scale g;
///   training: dx = gamma scale (g - mean(g) - u mean(g u)), means over the batch
template <class Scalar>
void normalizeBackward(const BatchNormPass<Scalar>& pass, const Scalar* gamma, Batch<Scalar>& gradient,
                       Scalar* gammaGradient, Scalar* betaGradient);

/// The running figures after this batch. A batch of one sample has no unbiased variance and leaves it as it was.
template <class Scalar>
void updateRunning(const BatchNormPass<Scalar>& pass, Scalar* runningMean, Scalar* runningVariance);

} // namespace flatline
