#pragma once

#include "app/command_line/sweep_options.h"

namespace flatline {

/// Reads --set and --seeds: the changes, the axes and the seeds of the options. Each value is one that its setting can
/// have; what only values together make wrong is found later. Errors: Usage.
Result<void> readSweepValues(const ParsedOptions& given, SweepOptions& options);

} // namespace flatline
