#pragma once

#include "core/training/snapshot.h"
#include "core/training/trainer.h"

namespace flatline {

/// A step is checked on its batch alone. Where a look at all samples meets a value that is not finite, the run has
/// diverged, too, even if a silent layer keeps it from the loss: the snapshot gets the error that names step and layer,
/// and the event.
void markOverflow(const Trainer& trainer, Snapshot& snapshot);

} // namespace flatline
