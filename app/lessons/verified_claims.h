#pragma once

#include "core/base/result.h"
#include "core/lessons/lesson.h"
#include "core/lessons/verified.h"
#include "core/settings/settings.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace flatline {

/// The hash of a claim whose runs have these experiments, with their changes: their seed and name do not count.
[[nodiscard]] std::string hashOf(const Claim& claim, std::span<const Settings> experiments);

/// What the check that came with the program found of that lesson's claim; nothing where it is not among them, or has
/// changed since.
[[nodiscard]] std::optional<VerifiedClaim> verifiedFigures(const Lesson& lesson, const std::string& claim);

} // namespace flatline
