#include "core/network/objective.h"

#include "core/base/result.h"

#include <Eigen/Core>
#include <unsupported/Eigen/SpecialFunctions>

#include <array>
#include <cmath>
#include <limits>

namespace flatline {
namespace {

template <class Scalar>
int largestOutput(const Batch<Scalar>& outputs, Eigen::Index row) {
    int best = 0;
    for (int k = 1; k < outputs.cols(); ++k)
        if (outputs(row, k) > outputs(row, best))
            best = k;
    return best;
}

template <class Scalar>
int classOf(const Batch<Scalar>& outputs, Eigen::Index row) {
    return outputs.cols() == 1 ? static_cast<int>(outputs(row, 0) > Scalar(0)) : largestOutput(outputs, row);
}

template <class Scalar>
std::int64_t countCorrect(const Batch<Scalar>& outputs, const std::vector<int>& labels) {
    std::int64_t correct = 0;
    for (std::size_t i = 0; i < labels.size(); ++i)
        correct += classOf(outputs, static_cast<Eigen::Index>(i)) == labels[i] ? 1 : 0;
    return correct;
}

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

/// Cross-entropy of the softmax, y the sample's class and m = max z:
///   loss = log sum_k e^(z_k - m) - (z_y - m),   d loss / d z_k = p_k - [k = y],   p = softmax(z)
/// The largest term of the sum is exactly 1, so that log1p of the others keeps a small loss exact.
template <class Scalar>
LossSum softmaxLoss(const Batch<Scalar>& outputs, const Targets<Scalar>& targets, Scalar scale,
                    Batch<Scalar>* gradient) {
    LossSum result;
    Batch<Scalar> local;
    Batch<Scalar>& powers = gradient != nullptr ? *gradient : local;
    const Eigen::Index samples = outputs.rows();
    Eigen::Array<Scalar, Eigen::Dynamic, 1> others(samples);
    std::vector<int> best(static_cast<std::size_t>(samples));
    Eigen::Array<Scalar, Eigen::Dynamic, 1> greatest(samples);
    for (Eigen::Index i = 0; i < samples; ++i) {
        best[static_cast<std::size_t>(i)] = largestOutput(outputs, i);
        greatest[i] = outputs(i, best[static_cast<std::size_t>(i)]);
    }
    powers = (outputs.array().colwise() - greatest).exp().matrix();
    for (Eigen::Index i = 0; i < samples; ++i)
        powers(i, best[static_cast<std::size_t>(i)]) = Scalar(0);
    others = powers.rowwise().sum().array();
    const Eigen::Array<Scalar, Eigen::Dynamic, 1> logs = others.log1p();
    const bool finite = outputs.allFinite();
    for (Eigen::Index i = 0; i < samples; ++i) {
        const int label = targets.labels[static_cast<std::size_t>(i)];
        result.sum +=
            static_cast<double>(logs[i]) - (static_cast<double>(outputs(i, label)) - static_cast<double>(greatest[i]));
        result.correct += best[static_cast<std::size_t>(i)] == label ? 1 : 0;
    }
    if (gradient != nullptr) {
        for (Eigen::Index i = 0; i < samples; ++i)
            powers(i, best[static_cast<std::size_t>(i)]) = Scalar(1);
        powers.array().colwise() *= scale / (Scalar(1) + others);
        for (Eigen::Index i = 0; i < samples; ++i)
            powers(i, targets.labels[static_cast<std::size_t>(i)]) -= scale;
    }
    if (!finite) {
        result.sum = notANumber; // the vectorized exp would hide it
        if (gradient != nullptr)
            gradient->setConstant(static_cast<Scalar>(notANumber));
    }
    return result;
}

/// Binary cross-entropy of the sigmoid s:  loss = max(z, 0) - y z + log(1 + e^-|z|),  d loss / d z = s(z) - y
template <class Scalar>
LossSum sigmoidLoss(const Batch<Scalar>& outputs, const Targets<Scalar>& targets, Scalar scale,
                    Batch<Scalar>* gradient) {
    LossSum result;
    const Eigen::Array<Scalar, Eigen::Dynamic, 1> z = outputs.col(0).array();
    const Eigen::Array<Scalar, Eigen::Dynamic, 1> e = (-z.abs()).exp();
    const Eigen::Array<Scalar, Eigen::Dynamic, 1> losses = z.max(Scalar(0)) + e.log1p() + Scalar(0) * z;
    if (gradient != nullptr)
        *gradient = (scale * ((z >= Scalar(0)).select(Scalar(1), e) / (Scalar(1) + e) + Scalar(0) * z)).matrix();
    for (Eigen::Index i = 0; i < z.size(); ++i) {
        const int label = targets.labels[static_cast<std::size_t>(i)];
        result.sum += static_cast<double>(losses[i]) - label * static_cast<double>(z[i]);
        if (gradient != nullptr)
            (*gradient)(i, 0) -= scale * static_cast<Scalar>(label);
    }
    result.correct = countCorrect(outputs, targets.labels);
    return result;
}

/// Squared error, K the number of outputs:  loss = sum_k (z_k - t_k)^2 / K,  d loss / d z_k = 2 (z_k - t_k) /
/// K
template <class Scalar>
LossSum linearLoss(const Batch<Scalar>& outputs, const Targets<Scalar>& targets, Scalar scale,
                   Batch<Scalar>* gradient) {
    LossSum result;
    const auto width = static_cast<double>(outputs.cols());
    for (Eigen::Index k = 0; k < outputs.cols(); ++k)
        for (Eigen::Index i = 0; i < outputs.rows(); ++i) {
            const double error = static_cast<double>(outputs(i, k)) - static_cast<double>(targets.values(i, k));
            result.sum += error * error / width;
        }
    if (gradient != nullptr)
        *gradient = (static_cast<Scalar>(2.0 / width) * scale) * (outputs - targets.values);
    result.correct = countCorrect(outputs, targets.labels);
    return result;
}

/// Cross-entropy of p_k = r_k / S, r_k = max(z_k, 0), S = sum of r:
///   loss = ln S - ln r_y,   d loss / d z_k = [z_k > 0] / S - [k = y] / z_y
/// A sample with r_y = 0 has p_y = 0: its loss is infinite, it is counted, and it sends no gradient.
template <class Scalar>
LossSum normalizedLoss(const Batch<Scalar>& outputs, const Targets<Scalar>& targets, Scalar scale,
                       Batch<Scalar>* gradient) {
    LossSum result;
    if (gradient != nullptr)
        gradient->setZero(outputs.rows(), outputs.cols());
    if (!outputs.allFinite()) {
        result.sum = notANumber;
        return result;
    }
    for (Eigen::Index i = 0; i < outputs.rows(); ++i) {
        const int label = targets.labels[static_cast<std::size_t>(i)];
        const auto own = static_cast<double>(outputs(i, label));
        double total = 0.0;
        for (Eigen::Index k = 0; k < outputs.cols(); ++k)
            total += std::max(0.0, static_cast<double>(outputs(i, k)));
        if (own <= 0.0) {
            ++result.infinite;
            continue;
        }
        result.sum += std::log(total / own);
        if (gradient == nullptr)
            continue;
        for (Eigen::Index k = 0; k < outputs.cols(); ++k)
            if (outputs(i, k) > Scalar(0))
                (*gradient)(i, k) = static_cast<Scalar>(static_cast<double>(scale) / total);
        (*gradient)(i, label) = static_cast<Scalar>(static_cast<double>(scale) * (1.0 / total - 1.0 / own));
    }
    result.correct = countCorrect(outputs, targets.labels);
    return result;
}

void predictSoftmax(const Batch<float>& outputs, Batch<float>& predictions) {
    const Eigen::ArrayXf greatest = outputs.rowwise().maxCoeff().array();
    predictions = (outputs.array().colwise() - greatest).exp().matrix();
    const Eigen::ArrayXf sums = predictions.rowwise().sum().array();
    predictions.array().colwise() /= sums;
}

void predictSigmoid(const Batch<float>& outputs, Batch<float>& predictions) {
    predictions.resize(outputs.rows(), 2);
    predictions.col(1) = (1.0F / (1.0F + (-outputs.col(0).array()).exp())).matrix();
    predictions.col(0) = (1.0F / (1.0F + outputs.col(0).array().exp())).matrix();
}

void predictNormalized(const Batch<float>& outputs, Batch<float>& predictions) {
    predictions = outputs.cwiseMax(0.0F);
    const Eigen::ArrayXf sums = predictions.rowwise().sum().array();
    predictions.array().colwise() /= (sums > 0.0F).select(sums, 1.0F);
}

void predictLinear(const Batch<float>& outputs, Batch<float>& predictions) {
    predictions = outputs;
}

const std::array table{
    ObjectiveRow{"softmax",
                 FLATLINE_TEXT("Softmax"),
                 "p_k = e^z_k / Σ e^z_j,  loss = −ln p_y",
                 FLATLINE_TEXT("cross-entropy"),
                 {softmaxLoss<float>},
                 {softmaxLoss<double>},
                 predictSoftmax},
    ObjectiveRow{"sigmoid",
                 FLATLINE_TEXT("Sigmoid"),
                 "p = 1 / (1 + e⁻ᶻ),  loss = −ln p or −ln(1 − p)",
                 FLATLINE_TEXT("cross-entropy"),
                 {sigmoidLoss<float>},
                 {sigmoidLoss<double>},
                 predictSigmoid},
    ObjectiveRow{"linear",
                 FLATLINE_TEXT("Linear"),
                 "loss = mean of (z − t)²",
                 FLATLINE_TEXT("mean squared error"),
                 {linearLoss<float>},
                 {linearLoss<double>},
                 predictLinear},
    ObjectiveRow{"relu-normalized",
                 FLATLINE_TEXT("ReLU over sum"),
                 "p_k = relu(z_k) / Σ relu(z_j),  loss = −ln p_y",
                 FLATLINE_TEXT("cross-entropy"),
                 {normalizedLoss<float>},
                 {normalizedLoss<double>},
                 predictNormalized},
};

} // namespace

double LossSum::mean(std::int64_t samples) const {
    // An output that is no number is worse than an infinite loss, and must not hide behind one.
    const double whole = infinite > 0 && std::isfinite(sum) ? std::numeric_limits<double>::infinity() : sum;
    return whole / static_cast<double>(samples);
}

LossSum& LossSum::operator+=(const LossSum& part) {
    sum += part.sum;
    correct += part.correct;
    infinite += part.infinite;
    return *this;
}

std::span<const ObjectiveRow> objectiveTable() {
    return table;
}

const ObjectiveRow* findObjective(std::string_view id) {
    for (const ObjectiveRow& row : table)
        if (id == row.id)
            return &row;
    return nullptr;
}

const char* defaultObjective(Task task) {
    return task == Task::Classification ? "softmax" : "linear";
}

int predictedClass(const Batch<float>& outputs, Eigen::Index row, int classes) {
    return classes < 2 ? 0 : classOf(outputs, row);
}

} // namespace flatline
