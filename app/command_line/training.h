#pragma once

#include "app/command_line/run_options.h"
#include "core/export/sharpness_file.h"
#include "core/training/recorder.h"

#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace flatline {

/// Where runs get their data and starting parameters from.
struct RunInputs {
    std::function<Result<std::shared_ptr<const Dataset>>(const Settings&)> dataset;
    std::function<Result<std::vector<float>>(const std::string& file, const Layout&)> parameters;
};

/// What one run starts from.
struct RunStart {
    std::shared_ptr<const Dataset> dataset;
    std::vector<float> parameters; ///< empty: they are drawn
};

/// Errors: data or parameters that cannot be read, an output that does not fit the data.
[[nodiscard]] Result<RunStart> loadStart(const Settings& settings, const RunInputs& inputs);

/// The error with the experiment's name before the key at fault, which is all that core knows.
[[nodiscard]] Error inExperiment(const QString& experiment, Error error);

/// A run at step 0: data and starting parameters loaded. Errors in a setting's value name the experiment first.
[[nodiscard]] Result<Recorder> prepare(const Settings& settings, const RunOptions& options);

/// Trains as far as the options say, or until a step diverges or a row of the trace is not finite. The sharpness of
/// each row of the trace, where the options ask for it.
std::vector<SharpnessRow> train(Recorder& recorder, const RunOptions& options);

/// "circles, 8+8 relu, seed 7: 1000 steps, train loss 0.044, test loss 0.024, 7 of 16 dead"
[[nodiscard]] QString summary(const Snapshot& snapshot);

} // namespace flatline
