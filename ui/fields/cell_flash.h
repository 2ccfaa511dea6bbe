#pragma once

#include "ui/fields/frame.h"

#include <vector>

namespace flatline {

/// A neuron whose frame lights up: it has died, or a kick or a reset has struck it.
struct CellFlash {
    NeuronId id;
    bool died = false;
};

/// Deaths, kicks and resets between two snapshots of one run; nothing between two runs.
[[nodiscard]] std::vector<CellFlash> flashesBetween(const Snapshot& before, const Snapshot& after);

} // namespace flatline
