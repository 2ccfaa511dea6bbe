#pragma once

#include "core/landscape/landscape_worker.h"
#include "ui/views/view.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace flatline {

[[nodiscard]] bool needsNeuron(const PlaneChoice& choice);
/// The same plane; the neuron counts only where the plane is a neuron's.
[[nodiscard]] bool samePlane(const PlaneChoice& a, const PlaneChoice& b);
[[nodiscard]] bool hasHiddenNeuron(const NetworkSpec& spec, NeuronId id);

/// The classes between which chance decides, for a cross-entropy of ln(classes); 0 for other losses.
[[nodiscard]] int chanceClasses(const Snapshot& snapshot);
[[nodiscard]] std::optional<std::int64_t> latestKick(const Snapshot& snapshot);

/// "a 2-D slice of a space of 114 dimensions"; empty where there are no parameters.
[[nodiscard]] QString sliceNote(const Snapshot& snapshot);
/// What a surface shows: step, neuron, whether it is coarser or another one than wished.
[[nodiscard]] QString surfaceText(const Surface& surface, const LandscapeView& wish, NeuronId selected);
[[nodiscard]] QString computingText();
/// For a screen reader: the loss in the middle, the range, the axes.
[[nodiscard]] QString surfaceSummary(const Surface& surface, const QString& note);

} // namespace flatline
