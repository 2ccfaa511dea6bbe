#pragma once

#include "app/command_line/sweep_grid.h"
#include "app/command_line/sweep_options.h"
#include "app/command_line/training.h"
#include "app/files/row_file.h"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_set>

namespace flatline {

/// How far a sweep came.
struct SweepOutcome {
    std::int64_t runs = 0;     ///< of this shard
    std::int64_t finished = 0; ///< of these, in their order
    std::int64_t added = 0;    ///< the rows that were not in the file before
    std::int64_t diverged = 0; ///< of these
    std::optional<Error> error;

    [[nodiscard]] bool complete() const { return finished == runs; }
};

/// Makes the shard's runs that are not among the keys already done, and adds their rows in the order of the runs,
/// whatever the number of threads. Ends early where a run or the file has an error, or a StopRequest was received.
[[nodiscard]] SweepOutcome runSweep(const SweepGrid& grid, const SweepOptions& options, const RunInputs& inputs,
                                    const std::unordered_set<std::string>& done, RowFile& file);

} // namespace flatline
