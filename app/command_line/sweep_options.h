#pragma once

#include "app/command_line/options.h"
#include "app/experiments/open_experiment.h"

#include <QString>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace flatline {

/// A setting that is varied, with its values as settingText writes them: no two are equal.
struct SweepAxis {
    std::string path;
    std::vector<std::string> values;
};

/// The seeds of a sweep: all from `first` to `last`, or those that are listed.
struct SeedList {
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::vector<std::int64_t> listed;

    [[nodiscard]] std::int64_t count() const;
    [[nodiscard]] std::int64_t at(std::int64_t index) const;
    [[nodiscard]] std::string text() const; ///< "1..100" or "1;5;9"
};

/// Every `count`-th run from the `index`-th, counted from 1.
struct Shard {
    std::int64_t index = 1;
    std::int64_t count = 1;
};

/// What `flatline sweep` was asked for.
struct SweepOptions {
    QString experiment;
    SettingTexts changes; ///< the same for all runs
    std::vector<SweepAxis> axes;
    std::optional<SeedList> seeds; ///< left out: the experiment's own
    std::int64_t steps = 1000;
    int jobs = 1;
    QString csv; ///< "-": standard output
    Shard shard;
    bool resume = false;
    bool quiet = false;
};

[[nodiscard]] std::vector<OptionRow> sweepOptionTable();
[[nodiscard]] Result<SweepOptions> readSweepOptions(const ParsedOptions& given);

} // namespace flatline
