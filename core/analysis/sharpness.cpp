#include "core/analysis/sharpness.h"

#include "core/analysis/hessian.h"
#include "core/analysis/lanczos.h"
#include "core/base/random.h"

#include <cmath>

namespace flatline {
namespace {

/// Normal draws where the loss is differentiated, 0 elsewhere. Substreams 0 and 1 are those of the landscape's planes.
Eigen::VectorXd startVector(const Layout& layout) {
    Eigen::VectorXd start = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(layout.size()));
    RandomStream stream(0, StreamId::Directions, 2);
    for (const Block& block : layout.blocks())
        if (isDifferentiated(block.kind))
            for (std::size_t i = 0; i < block.size(); ++i)
                start[static_cast<Eigen::Index>(block.offset + i)] = stream.normal();
    return start;
}

} // namespace

std::optional<Sharpness> computeSharpness(const NetworkSpec& spec, const Dataset& dataset,
                                          std::span<const float> parameters, const SharpnessOptions& options,
                                          const std::atomic<bool>* cancelled) {
    TrainingHessian hessian(spec, dataset.train, parameters);
    const std::optional<LossSlope> slope = hessian.slope(cancelled);
    if (!slope || !std::isfinite(slope->loss))
        return std::nullopt;
    const SymmetricProduct product = [&](const Eigen::VectorXd& v, Eigen::VectorXd& image) {
        image.resize(v.size());
        return hessian.multiply(v.data(), image.data(), cancelled) && image.allFinite();
    };
    const std::optional<Eigenpair> largest =
        largestEigenpair(product, startVector(hessian.layout()), {options.maximumIterations, options.tolerance});
    if (!largest)
        return std::nullopt;
    return Sharpness{largest->value,
                     {largest->vector.data(), largest->vector.data() + largest->vector.size()},
                     largest->iterations,
                     largest->converged};
}

} // namespace flatline
