#pragma once

#include "app/command_line/sweep_inputs.h"
#include "app/command_line/verify_options.h"
#include "core/lessons/lesson.h"
#include "core/verify/claim_check.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace flatline {

/// A lesson's claim, ready to be checked.
struct LessonClaim {
    std::shared_ptr<const Lesson> lesson;
    ClaimCheck check;
    std::string hash; ///< hashOf
};

/// All claims of the lessons asked for, in their order. Errors: what openLesson and ClaimCheck::create say.
[[nodiscard]] Result<std::vector<LessonClaim>> findClaims(const VerifyOptions& options);

/// How far a check came.
struct VerifyOutcome {
    std::vector<ClaimTally> tallies; ///< of the claims that all seeds have been tried on, in their order
    std::optional<Error> error;
};

/// Checks every claim on the seeds 1 to options.seeds; the same whatever the number of threads. Ends early where a run
/// has an error, or a StopRequest was received.
[[nodiscard]] VerifyOutcome runVerify(const std::vector<LessonClaim>& claims, const VerifyOptions& options);

} // namespace flatline
