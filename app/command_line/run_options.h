#pragma once

#include "app/command_line/landscape_options.h"
#include "app/command_line/options.h"
#include "app/experiments/open_experiment.h"
#include "app/exports/export_table.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace flatline {

/// A file that a run is to leave. No export row: the screenshot.
struct Output {
    const ExportRow* kind = nullptr;
    QString path;
};

/// What `flatline run` was asked for.
struct RunOptions {
    QString experiment;
    SettingTexts changes;
    std::int64_t steps = 1000;
    std::optional<std::int64_t> epochs; ///< instead of steps
    std::int64_t every = 10;
    bool quiet = false;
    QString folder; ///< of --out; empty: none
    std::vector<Output> outputs;
    LandscapeView landscape; ///< how the landscape is cut
    QString sharpness;       ///< the file for it; empty: not asked for

    [[nodiscard]] bool wantsScreenshot() const;
};

[[nodiscard]] std::vector<OptionRow> runOptionTable();
[[nodiscard]] Result<RunOptions> readRunOptions(const ParsedOptions& given);

} // namespace flatline
