#pragma once

#include "core/comparison/cures.h"
#include "core/comparison/outcome.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace flatline {

/// What a rescue is to try.
struct RescueRequest {
    Fork fork;
    CureDoses doses;
    std::int64_t steps = 1000; ///< after the fork: long enough for most runs to recover if they are going to
    int seeds = 1;             ///< the experiment's own; more: those after it, too, each with its own data and weights
    DatasetLoader data;        ///< of other seeds
    ParameterLoader parameters;
};

/// What became of one seed's run under a cure.
struct CureOutcome {
    int deadAtFork = 0;
    int recovered = 0; ///< dead at the fork and not at the end
    int diedAnew = 0;  ///< the other way round
    Outcome end;
    bool operator==(const CureOutcome&) const = default;
};

struct RescueRow {
    const CureRow* cure = nullptr;
    bool inForce = false;              ///< the run had it already: nothing was tried
    std::optional<Error> problem;      ///< why it could not be tried
    std::vector<CureOutcome> outcomes; ///< a seed each, in order
};

/// A mean of a figure over the seeds that did not diverge; nothing where one of those lacks it, or without any.
[[nodiscard]] std::optional<double> meanOf(const RescueRow& row,
                                           const std::function<std::optional<double>(const CureOutcome&)>& figure);

struct RescueReport {
    std::uint64_t run = 0;
    std::int64_t step = 0; ///< of the fork
    std::int64_t steps = 0;
    int seeds = 1;
    CureDoses doses;
    Settings now;                ///< in force at the fork
    std::vector<RescueRow> rows; ///< in the order of cureTable(), as far as they are done
    double progress = 0.0;       ///< 0 to 1
    bool done = false;
};

/// Tries all cures, one after another, from the same fork: same data, batches and raw draws. Publishes after each. A
/// pure function of the request. Blocks; returns early where it was cancelled.
void runRescue(const RescueRequest& request, const std::atomic<bool>& cancelled,
               const std::function<void(RescueReport)>& publish);

} // namespace flatline
