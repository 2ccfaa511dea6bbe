#include "core/training/overflow.h"

#include "core/base/number_text.h"
#include "core/diagnosis/evaluation.h"
#include "core/training/divergence.h"

namespace flatline {
namespace {

std::optional<NonFinitePlace> findIn(const Split& split, const Trainer& trainer) {
    const Network<float>& network = trainer.network();
    const std::vector<float>& parameters = trainer.parameters();
    std::vector<float> gradient(parameters.size(), 0.0F);
    std::optional<NonFinitePlace> found;
    if (split.samples() == 0)
        return found;
    const float scale = 1.0F / static_cast<float>(split.samples());
    Evaluator(network.spec(), split)
        .forEachPiece(
            network, parameters.data(),
            [&](Pass<float>& pass, const Batch<float>& features, const Targets<float>& targets, Eigen::Index) {
                if (found)
                    return;
                const auto& objective = network.spec().objective->functions<float>();
                const LossSum loss = objective.loss(pass.outputs, targets, scale, &pass.outputGradient);
                network.backward(parameters.data(), features, pass, gradient.data());
                found = findNonFinite(loss, pass, gradient, parameters, network.layout());
            });
    return found;
}

} // namespace

void markOverflow(const Trainer& trainer, Snapshot& snapshot) {
    if (snapshot.error)
        return;
    std::optional<NonFinitePlace> place = findIn(trainer.dataset()->train, trainer);
    if (!place)
        place = findIn(trainer.dataset()->test, trainer);
    if (!place && !snapshot.now.finite()) // every sample is finite, and their sum is not
        place = NonFinitePlace{trainer.network().layout().layers(), "loss"};
    if (!place)
        return;
    const std::int64_t step = snapshot.now.step;
    snapshot.error = Error{ErrorKind::Diverged,
                           {},
                           {FLATLINE_TEXT("the training diverged at step %1: over all samples, a %2 of layer %3 is "
                                          "not finite"),
                            {toText(step), place->what, toText(std::int64_t{place->layer})}}};
    snapshot.events.append({step, place->layer, 0, EventKind::Diverged, {}, place->what});
}

} // namespace flatline
