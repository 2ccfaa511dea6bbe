#pragma once

#include "core/lessons/lesson.h"

#include <QString>

namespace flatline {

/// A lesson is written with 1,000 and 0.5; on the screen numbers are those of the locale (QLocale's default). Grouped
/// thousands and decimals are replaced wherever they stand in prose: not in `code`, in {held ID} and the like, nor in
/// formula blocks, which see to it themselves.
[[nodiscard]] QString withLocalNumbers(const QString& markdown);

/// All that is read of the lesson, so.
[[nodiscard]] Lesson withLocalNumbers(Lesson lesson);

} // namespace flatline
