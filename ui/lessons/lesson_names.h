#pragma once

#include "core/base/result.h"
#include "core/lessons/lesson.h"

#include <functional>
#include <string>

namespace flatline {

/// Whether the window has every view, control and part that the lesson names; the reader of lessons cannot know.
/// Errors: BadInput, "FILE:LINE: key: what is wrong and what would be right".
[[nodiscard]] Result<void> checkNames(const Lesson& lesson, const std::function<bool(const std::string&)>& hasControl);

} // namespace flatline
