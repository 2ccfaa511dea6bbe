#pragma once

#include "core/training/snapshot.h"
#include "core/training/trainer.h"

namespace flatline {

/// A step is checked on its batch alone. Where the last look at all samples met a value that is not finite, the run
/// has diverged, too: the snapshot gets the error that names step and layer, and the event.
void markOverflow(const Trainer& trainer, Snapshot& snapshot);

} // namespace flatline
