#include "core/training/overflow.h"

#include "core/base/number_text.h"
#include "core/diagnosis/evaluation.h"
#include "core/training/divergence.h"

namespace flatline {
namespace {

std::optional<NonFinitePlace> findIn(const Split& split, const Trainer& trainer) {
    const Network<float>& network = trainer.network();
    const std::vector<float>& parameters = trainer.parameters();
    std::optional<NonFinitePlace> found;
    if (split.samples() == 0)
        return found;
    Evaluator evaluator(network.spec(), split);
    evaluator.forEachPiece(network, parameters.data(),
                           [&](Pass<float>& pass, const Batch<float>&, const Targets<float>& targets, Eigen::Index) {
                               const auto& objective = network.spec().objective->functions<float>();
                               if (!found)
                                   found = findNonFinite(objective.loss(pass.outputs, targets, 1.0F, nullptr), pass, {},
                                                         parameters, network.layout());
                           });
    if (found)
        return found;
    std::vector<float> gradient(parameters.size(), 0.0F); // with batch norm, by what it is folded into
    const float scale = 1.0F / static_cast<float>(split.samples());
    evaluator.forEachTile(network, parameters.data(), TileKeep::Gradient,
                          [&](TilePass& pass, const TileSamples& tile, int) {
                              pass.addLoss(tile, scale);
                              pass.backward(tile, gradient.data());
                          });
    return findNonFinite({}, {}, gradient, parameters, network.layout());
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
