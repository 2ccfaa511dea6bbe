#pragma once

#include "core/base/result.h"
#include "core/lessons/claim.h"

#include <iosfwd>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace flatline {

/// What the last full check found of a claim: a row of resources/lessons/verified.csv, which `flatline verify --csv`
/// writes. From it come the figures in a lesson's text; none is typed.
struct VerifiedClaim {
    std::string id;
    int seeds = 0;
    int held = 0;          ///< on so many of the seeds: "97 of 100 runs"
    double low = 0.0;      ///< of the share's 95 % interval, 0 to 1
    double high = 1.0;     ///< likewise
    double promised = 1.0; ///< 0 to 1
    double median = 0.0;   ///< of the measured quantity; may be infinite or not a number
    std::string hash;      ///< of what was checked: claimHash
    [[nodiscard]] double share() const { return seeds > 0 ? static_cast<double>(held) / seeds : 0.0; }
    bool operator==(const VerifiedClaim&) const = default;
};

/// Errors: BadInput at FILE:LINE:COLUMN.
[[nodiscard]] Result<std::vector<VerifiedClaim>> readVerified(std::string_view text, const std::string& fileName);
void writeVerified(std::ostream& out, std::span<const VerifiedClaim> claims);

/// The figures of that claim; null where it was not checked, or is another one by now.
[[nodiscard]] const VerifiedClaim* findVerified(std::span<const VerifiedClaim> claims, std::string_view id,
                                                std::string_view hash);

/// 16 hexadecimal digits of all that decides a claim's figures: runs, steps, measure, comparison, and the experiments,
/// one a run with its changes, as texts. Its wording, the share promised and its place in the file do not count.
[[nodiscard]] std::string claimHash(const Claim& claim, std::span<const std::string> experiments);

} // namespace flatline
