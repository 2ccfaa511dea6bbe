#pragma once

#include "ui/fields/cell.h"
#include "ui/fields/frame.h"

#include <QString>

#include <array>

namespace flatline {

/// The snapshot has a diagnosis and lives of this neuron (layers and neurons from 1).
[[nodiscard]] bool hasNeuron(const Snapshot& snapshot, NeuronId id);
[[nodiscard]] CellLook lookOf(const Snapshot& snapshot, NeuronId id);
[[nodiscard]] const NeuronDiagnosis& diagnosisOf(const Snapshot& snapshot, NeuronId id); ///< one that is there
[[nodiscard]] const NeuronLife& lifeOf(const Snapshot& snapshot, NeuronId id);           ///< one that is there
using LookCounts = std::array<int, 6>;                                                   ///< in the order of CellLook
[[nodiscard]] LookCounts countLooks(const Snapshot& snapshot);

[[nodiscard]] int countDormant(const Snapshot& snapshot); ///< of those that are not dead

[[nodiscard]] QString neuronName(NeuronId id);                              ///< "L1·3"
[[nodiscard]] QString captionText(const Snapshot& snapshot, NeuronId id);   ///< "38 %", "dead"
[[nodiscard]] QString lookCountText(CellLook look, int count);              ///< "2 alive"
[[nodiscard]] QString dormantCountText(int count);                          ///< "2 dormant"
[[nodiscard]] QString stateText(const Snapshot& snapshot, NeuronId id);     ///< "dead since step 203", "alive"
[[nodiscard]] QString nameAndState(const Snapshot& snapshot, NeuronId id);  ///< "L1·1: dead since step 203"
[[nodiscard]] QString selectionText(const Snapshot& snapshot, NeuronId id); ///< "Selected: L1·1, dead since step 203"
/// State, since when and why, active share, margin, dormancy, parameters, what may become of it: a line each.
[[nodiscard]] QString neuronTip(const Frame& frame, NeuronId id);
/// For a screen reader: all counts, and the selected neuron.
[[nodiscard]] QString stripSummary(const Snapshot& snapshot, NeuronId selected);

} // namespace flatline
