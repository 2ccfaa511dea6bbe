#pragma once

#include "core/landscape/landscape_worker.h"
#include "ui/fields/frame.h"

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

/// "a 2-D slice of a space of 114 dimensions", or with the surface's remark on its plane "2-D slice of 114-D · no path
/// yet: random directions"; the remark alone where there are no parameters.
[[nodiscard]] QString sliceNote(const Snapshot& snapshot, const Surface& surface);
/// The same in few words, for a narrow picture: "2-D slice of 114-D", or the remark.
[[nodiscard]] QString shortSliceNote(const Snapshot& snapshot, const Surface& surface);
/// The axes' names, with the share of the path's variance where the plane knows it: "principal direction 1 (81 %)".
/// "first direction" where a remark says that an axis is not what the plane's name promises.
[[nodiscard]] QString firstAxisText(const Surface& surface);
[[nodiscard]] QString secondAxisText(const Surface& surface);

/// "sharpness 66.1 · 2/η 66.7"; a dash where it has not been computed, no edge for an optimizer that has none.
[[nodiscard]] QString sharpnessText(const Frame& frame);
/// The widest such text to be expected with these settings.
[[nodiscard]] QString widestSharpnessText(const Settings& settings);
[[nodiscard]] QString sharpnessHelp(const Frame& frame);
/// What a surface shows: step, neuron, whether it is coarser or another one than wished.
[[nodiscard]] QString surfaceText(const Surface& surface, const LandscapeView& wish, NeuronId selected);
[[nodiscard]] QString computingText();
/// For a screen reader: the loss in the middle, the range, the axes.
[[nodiscard]] QString surfaceSummary(const Surface& surface, const QString& note);

} // namespace flatline
