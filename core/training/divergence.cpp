#include "core/training/divergence.h"

#include "core/base/number_text.h"

#include <algorithm>
#include <cmath>

namespace flatline {
namespace {

bool allFinite(std::span<const float> values) {
    return Eigen::Map<const Eigen::ArrayXf>(values.data(), static_cast<Eigen::Index>(values.size())).allFinite();
}

} // namespace

std::optional<NonFinitePlace> findNonFinite(const LossSum& loss, const Pass<float>& pass,
                                            std::span<const float> gradient, std::span<const float> next,
                                            const Layout& layout) {
    // A layer that is silent hides what is not finite before it: the pre-activations are looked at, too.
    const bool forward = std::all_of(pass.preActivations.begin(), pass.preActivations.end(),
                                     [](const Batch<float>& z) { return z.allFinite(); });
    if (forward && std::isfinite(loss.sum) && allFinite(next) && allFinite(gradient))
        return std::nullopt;
    for (std::size_t k = 0; k < pass.preActivations.size(); ++k)
        if (!pass.preActivations[k].allFinite())
            return NonFinitePlace{static_cast<int>(k) + 1, "pre-activation"};
    if (!pass.outputs.allFinite())
        return NonFinitePlace{layout.layers(), "pre-activation"};
    if (!std::isfinite(loss.sum))
        return NonFinitePlace{layout.layers(), "loss"};
    for (auto block = layout.blocks().rbegin(); block != layout.blocks().rend(); ++block)
        if (!gradient.empty() && !allFinite(gradient.subspan(block->offset, block->size())))
            return NonFinitePlace{block->layer, "gradient"};
    for (const Block& block : layout.blocks())
        if (!allFinite(next.subspan(block.offset, block.size())))
            return NonFinitePlace{block.layer, "parameter"};
    return std::nullopt;
}

Error divergenceError(std::int64_t step, const NonFinitePlace& place) {
    return {ErrorKind::Diverged,
            {},
            {FLATLINE_TEXT("the training diverged at step %1: a %2 of layer %3 is not finite; "
                           "the state before that step is kept"),
             {toText(step), place.what, toText(std::int64_t{place.layer})}}};
}

} // namespace flatline
