#pragma once

#include "core/lessons/lesson.h"
#include "ui/lessons/lesson_player.h"

#include <QString>

namespace flatline {

/// Stands alone in its paragraph where the figure belongs.
constexpr ushort sheetFigurePlace = 0xF8FF;

/// A lesson as a teacher needs it on paper, in Markdown: goal, time, the pages step by step with what the lab does,
/// each question with the answer that is expected, the claims with {held ID} figures, and the notes.
[[nodiscard]] QString sheetText(const Lesson& lesson, const LessonPlace& place);

} // namespace flatline
