#pragma once

#include "core/lessons/verified.h"
#include "ui/lessons/lesson_document.h"

#include <memory>
#include <optional>

namespace flatline {

/// What the last full check found of a claim of that lesson; nothing where it was not checked.
using VerifiedFigures = std::function<std::optional<VerifiedClaim>(const Lesson& lesson, const std::string& claim)>;

/// {held ID} as "97 of 100 runs", {share ID} as "97 % (92 to 99 %)", {median ID} as the number. What was not checked is
/// said to be so.
[[nodiscard]] FigureText figureTextOf(VerifiedFigures verified, std::shared_ptr<const Lesson> lesson);

} // namespace flatline
