#pragma once

#include "app/command_line/run_options.h"
#include "core/training/recorder.h"

#include <QString>

namespace flatline {

/// A run at step 0: data and starting parameters loaded. Errors in a setting's value name the experiment first.
[[nodiscard]] Result<Recorder> prepare(const Settings& settings, const RunOptions& options);

/// Trains as far as the options say, or until a step diverges or a row of the trace is not finite.
void train(Recorder& recorder, const RunOptions& options);

/// "circles, 8+8 relu, seed 7: 1000 steps, train loss 0.044, test loss 0.024, 7 of 16 dead"
[[nodiscard]] QString summary(const Snapshot& snapshot);

} // namespace flatline
