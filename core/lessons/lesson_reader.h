#pragma once

#include "core/base/result.h"
#include "core/lessons/lesson.h"

#include <string>
#include <string_view>

namespace flatline {

/// The lesson that a file holds; `file` is its path, which also gives the id. What names a view, a control or an
/// experiment is not looked up. Errors: BadInput, "FILE:LINE: key: what is wrong and what would be right".
[[nodiscard]] Result<Lesson> readLesson(std::string_view text, const std::string& file);

/// "lessons/07-one-step-too-far.md" -> "one-step-too-far".
[[nodiscard]] std::string lessonId(std::string_view file);

} // namespace flatline
