#pragma once

#include "core/training/trainer.h"
#include "core/training/worker.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>

namespace flatline {

/// A moment of a run from which others can be started: what leads there, exactly.
struct Fork {
    std::uint64_t run = 0; ///< the snapshot's
    std::int64_t step = 0;
    std::shared_ptr<const Dataset> dataset;
    /// As it was started, with what had been done by hand up to this moment, and what is planned for later.
    Settings experiment;
    std::size_t acted = 0;                ///< how many of its interventions have acted
    Settings now;                         ///< in force at this moment
    std::shared_ptr<const Keyframe> from; ///< the nearest one before
};

/// The moment that the snapshot shows. It must have a network and a path.
[[nodiscard]] Fork forkOf(const Snapshot& snapshot);

/// A trainer at that moment, bit by bit. Events and causes of death begin there. Nothing where it was cancelled.
[[nodiscard]] std::optional<Trainer> trainerAt(const Fork& fork, const TrainerOptions& options,
                                               const std::atomic<bool>& cancelled);

/// An experiment from its start, that many steps far. Stops early where it was cancelled (then there is nothing) or
/// diverged.
[[nodiscard]] Result<std::optional<Trainer>> trainFromStart(const Settings& experiment, std::int64_t steps,
                                                            std::shared_ptr<const Dataset> dataset,
                                                            const ParameterLoader& parameters,
                                                            const std::atomic<bool>& cancelled);

/// Steps until that step; false where it was cancelled. Stops where the run diverges.
[[nodiscard]] bool trainUntil(Trainer& trainer, std::int64_t step, const std::atomic<bool>& cancelled);

} // namespace flatline
