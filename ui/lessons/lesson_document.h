#pragma once

#include "core/base/result.h"
#include "core/lessons/lesson.h"

#include <QFont>
#include <QString>
#include <QStringList>

#include <functional>

class QTextDocument;

namespace flatline {

struct Theme;

/// What stands for {held ID}, {share ID} or {median ID} in a lesson's text: kind "held", and so on.
using FigureText = std::function<QString(QStringView kind, QStringView id)>;

/// Fills a document with a lesson's Markdown: formula blocks as formulas, figures by `figures` (as they stand where
/// that is empty), no HTML. What is wrong in a formula is said in its place.
void fillLessonDocument(QTextDocument& document, const QString& markdown, const QFont& font, const Theme& theme,
                        const FigureText& figures = {});

/// The text with what its formulas say aloud.
[[nodiscard]] QString readingOf(const QTextDocument& document);

/// The formulas of a Markdown text.
[[nodiscard]] QStringList formulasOf(const QString& markdown);
/// Whether all formulas of the lesson can be read. Errors: BadInput, "FILE:LINE: formula: …" with the page's line.
[[nodiscard]] Result<void> checkFormulas(const Lesson& lesson);

} // namespace flatline
