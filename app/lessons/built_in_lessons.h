#pragma once

#include "core/base/result.h"
#include "core/lessons/lesson.h"
#include "core/settings/settings.h"

#include <QString>
#include <QStringList>

#include <string>
#include <vector>

namespace flatline {

/// The lessons that come with the program, resources/lessons/NN-id.md, in the order of their numbers.
[[nodiscard]] QStringList lessonIds();

/// The lesson of a file or, where there is none of that name, the built-in one with that id. Errors: File where there
/// is neither; what readLesson says.
[[nodiscard]] Result<Lesson> openLesson(const QString& pathOrId);

/// An experiment that a lesson names, a file beside it or a built-in experiment, with changes. `line`: where the lesson
/// names it, for errors; 0: unknown. Errors: BadInput at "FILE:LINE: key", File, what is wrong in the experiment's
/// file.
[[nodiscard]] Result<Settings> openLessonExperiment(const Lesson& lesson, const std::string& name,
                                                    const std::vector<TextChange>& changes, int line = 0);

} // namespace flatline
