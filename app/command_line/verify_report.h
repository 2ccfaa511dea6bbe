#pragma once

#include "app/command_line/verify_runner.h"
#include "core/lessons/verified.h"

#include <QString>

#include <vector>

namespace flatline {

/// The table that `flatline verify` prints: each claim with its sentence, the share that it held in with its 95 %
/// interval, the share promised, the measure with its median, pass or fail. `onlyFailed`: leaves the others out.
[[nodiscard]] QString verifyTable(const std::vector<LessonClaim>& claims, const std::vector<ClaimTally>& tallies,
                                  bool onlyFailed);

/// "41 of 42 claims held on 100 seeds"
[[nodiscard]] QString verifySummary(const std::vector<LessonClaim>& claims, const std::vector<ClaimTally>& tallies,
                                    int seeds);

/// The same figures as rows of verified.csv.
[[nodiscard]] std::vector<VerifiedClaim> verifiedRows(const std::vector<LessonClaim>& claims,
                                                      const std::vector<ClaimTally>& tallies);

} // namespace flatline
