#pragma once

#include "core/base/random.h"
#include "core/network/network.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

/// Random networks and batches for tests of the kernels, and the plain formulation's gradient of them.
namespace flatline::fixtures {

struct Shape {
    int inputs;
    std::vector<int> hidden;
    int outputs;
};

inline NetworkSpec specOf(const Shape& shape, const ActivationRow& activation, const ObjectiveRow& objective,
                          BatchNorm norm) {
    NetworkSpec spec;
    spec.inputs = shape.inputs;
    spec.hidden = shape.hidden;
    spec.outputs = std::string_view(objective.id) == "sigmoid" ? 1 : shape.outputs;
    spec.activation = &activation;
    spec.activationParameters = activationParameters(activation, std::nullopt, 0.0);
    spec.objective = &objective;
    spec.batchNorm = norm;
    return spec;
}

inline Split randomSplit(const NetworkSpec& spec, int samples, RandomStream& stream) {
    Split split;
    split.features.resize(samples, spec.inputs);
    for (float& x : split.features.reshaped())
        x = static_cast<float>(stream.normal());
    if (std::string_view(spec.objective->id) == "linear") {
        split.targets.values.resize(samples, spec.outputs);
        for (float& y : split.targets.values.reshaped())
            y = static_cast<float>(stream.normal());
    } else {
        for (int i = 0; i < samples; ++i)
            split.targets.labels.push_back(
                static_cast<int>(stream.below(static_cast<std::uint32_t>(std::max(2, spec.outputs)))));
    }
    return split;
}

inline std::vector<float> randomParameters(const Layout& layout, RandomStream& stream) {
    std::vector<float> parameters(layout.size());
    for (const Block& block : layout.blocks()) {
        const double size = block.kind == BlockKind::Weight ? 1.2 / std::sqrt(static_cast<double>(block.columns)) : 0.5;
        for (std::size_t i = block.offset; i < block.offset + block.size(); ++i)
            parameters[i] = static_cast<float>(size * stream.normal());
    }
    return parameters;
}

template <class Scalar>
struct Gathered {
    Batch<Scalar> features;
    Targets<Scalar> targets;
};

template <class Scalar>
Gathered<Scalar> gather(const Split& split, const std::vector<int>& chosen) {
    Gathered<Scalar> result;
    const auto count = static_cast<Eigen::Index>(chosen.size());
    result.features.resize(count, split.features.cols());
    result.targets.values.resize(split.targets.values.size() > 0 ? count : 0, split.targets.values.cols());
    for (Eigen::Index i = 0; i < count; ++i) {
        const int sample = chosen[static_cast<std::size_t>(i)];
        result.features.row(i) = split.features.row(sample).cast<Scalar>();
        if (result.targets.values.rows() > 0)
            result.targets.values.row(i) = split.targets.values.row(sample).cast<Scalar>();
        if (!split.targets.labels.empty())
            result.targets.labels.push_back(split.targets.labels[static_cast<std::size_t>(sample)]);
    }
    return result;
}

template <class Scalar>
struct Reference {
    LossSum loss;
    std::vector<Scalar> gradient;
    std::vector<Scalar> after; ///< the parameters, batch norm's running figures updated
};

/// The plain formulation, in one precision or the other.
template <class Scalar>
Reference<Scalar> reference(const NetworkSpec& spec, const Split& split, const std::vector<int>& chosen,
                            const std::vector<float>& parameters) {
    const Network<Scalar> network(spec);
    const Gathered<Scalar> batch = gather<Scalar>(split, chosen);
    Reference<Scalar> result;
    result.after.assign(parameters.begin(), parameters.end());
    result.gradient.assign(parameters.size(), Scalar(0));
    Pass<Scalar> pass;
    network.forward(result.after.data(), batch.features, pass, PassMode::Training);
    result.loss = spec.objective->functions<Scalar>().loss(
        pass.outputs, batch.targets, Scalar(1) / static_cast<Scalar>(chosen.size()), &pass.outputGradient);
    network.backward(result.after.data(), batch.features, pass, result.gradient.data());
    network.updateRunningFigures(pass, result.after.data());
    return result;
}

inline std::vector<int> drawBatch(int size, int samples, RandomStream& stream) {
    std::vector<int> chosen;
    for (int i = 0; i < size; ++i)
        chosen.push_back(static_cast<int>(stream.below(static_cast<std::uint32_t>(samples))));
    return chosen;
}

} // namespace flatline::fixtures
