#pragma once

#include "core/inspection/replay.h"

#include <atomic>
#include <memory>
#include <optional>

namespace flatline {

/// Looks closely at one neuron after another. Keeps what is dear and does not change between snapshots. One thread.
class Inspector {
public:
    /// The snapshot must have a network with that neuron. Null where it was cancelled.
    [[nodiscard]] std::shared_ptr<const Inspection> inspect(const Snapshot& snapshot, NeuronPlace place, BeatsOf which,
                                                            const std::atomic<bool>* cancelled = nullptr);

private:
    struct Remembered { ///< of one death
        std::uint64_t run = 0;
        NeuronPlace place;
        std::shared_ptr<const Certificate> death;
        std::optional<LastLife> before;
        std::optional<RateCurve> rates;
    };
    void lookAtDeath(const Snapshot& snapshot, Evaluator& evaluator, Inspection& found,
                     const std::atomic<bool>* cancelled);
    [[nodiscard]] std::optional<RateCurve> deathCurve(const Snapshot& snapshot, const MadeStep& made,
                                                      Evaluator& evaluator, NeuronPlace place,
                                                      const std::atomic<bool>* cancelled);
    void lookAtNext(const Snapshot& snapshot, const Network<float>& network, Evaluator& evaluator, Inspection& found);
    void replayBeats(const Snapshot& snapshot, Inspection& found, const std::atomic<bool>* cancelled);

    Replay m_replay;
    std::optional<Remembered> m_remembered;
};

} // namespace flatline
