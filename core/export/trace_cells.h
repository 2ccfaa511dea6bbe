#pragma once

#include "core/training/observation.h"

#include <string>
#include <vector>

namespace flatline {

/// The trace's columns for a network of so many hidden layers; three for each layer come last.
[[nodiscard]] std::vector<std::string> traceColumns(int hiddenLayers);

/// One row's finished cells, in the order of traceColumns for its own number of layers.
[[nodiscard]] std::vector<std::string> traceCells(const Observation& seen);

} // namespace flatline
