#pragma once

#include "core/inspection/inspection.h"
#include "core/training/trainer.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace flatline {

/// A training step that was made.
struct MadeStep {
    Network<float> network;    ///< as it was in that step, what warming adds included
    std::vector<float> before; ///< the parameters that it set out from
    std::vector<float> after;
    double learningRate = 0.0;
};

/// Makes steps of a snapshot's run once more, from its nearest keyframe, to see what nobody wrote down: the run itself
/// is neither slowed down nor needs to remember each neuron. Exact to the bit. Goes on from where it stands where that
/// is nearer; memory: one trainer. One thread. `cancelled` may be null.
class Replay {
public:
    /// The beats of the steps first .. last, as far as the run got; fewer where it was cancelled.
    [[nodiscard]] std::vector<Beat> beats(const Snapshot& run, NeuronPlace place, std::int64_t first, std::int64_t last,
                                          const std::atomic<bool>* cancelled);
    /// Nothing where the run has no such step, or it was cancelled.
    [[nodiscard]] std::optional<MadeStep> step(const Snapshot& run, std::int64_t number,
                                               const std::atomic<bool>* cancelled);
    /// The parameters after that many steps, before any intervention at that step; with a network of that moment.
    struct State {
        Network<float> network;
        std::vector<float> parameters;
    };
    [[nodiscard]] std::optional<State> after(const Snapshot& run, std::int64_t steps,
                                             const std::atomic<bool>* cancelled);
    /// A trainer that stands there, to be gone on with otherwise than the run did.
    [[nodiscard]] std::optional<Trainer> branch(const Snapshot& run, std::int64_t steps,
                                                const std::atomic<bool>* cancelled);

private:
    [[nodiscard]] bool prepare(const Snapshot& run);
    [[nodiscard]] bool goTo(const Snapshot& run, std::int64_t step, const std::atomic<bool>* cancelled);
    [[nodiscard]] Beat beatOf(NeuronPlace place);

    std::optional<Trainer> m_trainer;
    Settings m_experiment; ///< the trainer's, as the snapshot has it
    Batch<float> m_features;
    Pass<float> m_pass;
    std::vector<Beat> m_beats; ///< the last ones asked for, of m_place
    NeuronPlace m_place;
};

} // namespace flatline
