#pragma once

#include "app/command_line/options.h"
#include "core/landscape/landscape_worker.h"

#include <vector>

namespace flatline {

/// --plane, --extent and --side: how the landscape is cut.
[[nodiscard]] std::vector<OptionRow> landscapeOptionTable();
/// What is left out is as the window shows it first. Errors: Usage; whether the network has the neuron is asked later.
[[nodiscard]] Result<LandscapeView> readLandscapeOptions(const ParsedOptions& given);

} // namespace flatline
