#pragma once

#include "core/analysis/analysis_worker.h"
#include "core/inspection/inspection.h"
#include "core/landscape/landscape_worker.h"
#include "core/training/snapshot.h"

#include <cstddef>
#include <memory>
#include <vector>

/// What the window draws, handed to whatever draws it.
namespace flatline {

/// A hidden neuron, from 1. layer 0: none.
struct NeuronId {
    int layer = 0;
    int neuron = 0;
    bool operator==(const NeuronId&) const = default;
};

/// All that a view draws. It cannot tell whether it is live or past.
struct Frame {
    std::shared_ptr<const Snapshot> snapshot; ///< never null
    std::shared_ptr<const Surface> surface;   ///< null before the first one is done
    NeuronId selected;
    std::shared_ptr<const Analysis> analysis = nullptr; ///< null before the first one is done; may be some steps behind
    /// Of the selected neuron, or the one before; null as long as nobody inspects, and before the first one is done.
    std::shared_ptr<const Inspection> inspection = nullptr;
    /// All runs of a comparison, A first; empty where there is only one. `snapshot` is the chosen one.
    std::vector<std::shared_ptr<const Snapshot>> twins = {};
    std::size_t chosen = 0;
    bool predictionsHidden = false; ///< the class is to guess first: whatever foretells keeps it to itself
};

} // namespace flatline
