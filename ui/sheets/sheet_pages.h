#pragma once

#include "ui/lessons/lesson_document.h"
#include "ui/lessons/lesson_player.h"
#include "ui/sheets/lesson_still.h"

#include <QByteArray>

#include <memory>
#include <optional>
#include <vector>

class QTextDocument;

namespace flatline {

/// A teacher's sheet for one lesson.
struct TeacherSheet {
    std::shared_ptr<const Lesson> lesson;
    LessonPlace place = {};
    FigureText figures = {}; ///< for {held ID} and the like
    std::optional<LessonFigure> figure = {};
};

/// The sheet's content, light, in points of paper: laid out for pages by sheetsPdf.
[[nodiscard]] std::unique_ptr<QTextDocument> sheetDocument(const TeacherSheet& sheet);
/// The sheets one after the other, each from a page of its own: A4, lines and texts, with page numbers; the foot names
/// the program's version, and the seed and step of the figure.
[[nodiscard]] QByteArray sheetsPdf(const std::vector<TeacherSheet>& sheets, const QString& title);

} // namespace flatline
