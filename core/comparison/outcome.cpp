#include "core/comparison/outcome.h"

namespace flatline {

DetailedOutcome outcomeOf(Trainer& trainer) {
    const Examination now = trainer.examine(1.0F, 1);
    DetailedOutcome result;
    for (const LayerDiagnosis& layer : now.diagnosis.layers) {
        auto& flags = result.dead.emplace_back();
        for (const NeuronDiagnosis& neuron : layer.neurons)
            flags.push_back(neuron.state == NeuronState::Dead);
    }
    const Observation& row = now.observation;
    result.outcome = {row.neurons(),
                      row.dead(),
                      row.trainLoss,
                      row.testLoss,
                      row.trainAccuracy,
                      row.testAccuracy,
                      trainer.divergence().has_value() || !row.finite()};
    return result;
}

} // namespace flatline
