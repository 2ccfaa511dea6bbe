#pragma once

#include "ui/fields/landscape_state.h"
#include "ui/fields/neuron_report.h"

#include <vector>

namespace flatline {

/// What is known of the ball's place: loss, slope, the watched neuron's gradient, margin and way to life, the lowest
/// loss in view. Empty where there is no surface.
[[nodiscard]] std::vector<Fact> hereFacts(const LandscapeState& state);
/// What the picture means, in a sentence or two.
[[nodiscard]] QString landscapeExplanation(const LandscapeState& state);

} // namespace flatline
