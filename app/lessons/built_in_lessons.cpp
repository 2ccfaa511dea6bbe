#include "app/lessons/built_in_lessons.h"

#include "app/experiments/built_in.h"
#include "app/experiments/open_experiment.h"
#include "app/files/files.h"
#include "core/lessons/lesson_reader.h"
#include "core/lessons/lesson_scanner.h"
#include "core/settings/setting_table.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace flatline {
namespace {

constexpr qint64 largestFile = 4 << 20;
constexpr auto folder = ":/lessons";

QStringList builtInFiles() {
    return QDir(QLatin1String(folder)).entryList({QStringLiteral("*.md")}, QDir::Files, QDir::Name);
}

QString idOf(const QString& file) {
    return QString::fromStdString(lessonId(file.toStdString()));
}

Error notFound(const QString& pathOrId) {
    return {ErrorKind::File,
            pathOrId.toStdString(),
            {FLATLINE_TEXT("there is no such file and no built-in lesson of that name; built in are: %1"),
             {lessonIds().join(QStringLiteral(", ")).toStdString()}}};
}

/// The path to read for a file or an id; empty: there is neither.
QString pathOf(const QString& pathOrId) {
    if (QFileInfo(pathOrId).isFile()) // a folder may be called like a built-in one
        return pathOrId;
    for (const QString& file : builtInFiles())
        if (idOf(file) == pathOrId)
            return QLatin1String(folder) + QLatin1Char('/') + file;
    return {};
}

Result<FoundExperiment> findFor(const Lesson& lesson, const std::string& name, int line) {
    const QString wanted = QString::fromStdString(name);
    const QString beside = QFileInfo(QString::fromStdString(lesson.file)).dir().filePath(wanted);
    if (QFileInfo(beside).isFile())
        return findExperiment(beside);
    if (const BuiltInRow* row = findBuiltIn(wanted))
        return builtInExperiment(*row);
    return badInput(line > 0 ? placeIn(lesson.file, line, "experiment") : lesson.file + ": experiment",
                    FLATLINE_TEXT("there is no experiment \"%1\", neither built in nor as a file beside the lesson"),
                    {name});
}

Result<void> change(Settings& settings, const TextChange& change, const std::string& file) {
    if (change.path == "experiment")
        return {}; // it was found in the first place
    if (change.path == "interventions") {
        settings.interventions.clear(); // "none", says the reader
        return {};
    }
    const auto done = setSettingFromText(settings, change.path, change.value);
    if (!done)
        return badInput(placeIn(file, change.line, change.path), done.error().message.text,
                        done.error().message.arguments);
    return {};
}

} // namespace

QStringList lessonIds() {
    QStringList ids;
    for (const QString& file : builtInFiles())
        ids << idOf(file);
    return ids;
}

Result<Lesson> openLesson(const QString& pathOrId) {
    const QString path = pathOf(pathOrId);
    if (path.isEmpty())
        return notFound(pathOrId);
    const auto text = readText(path, largestFile);
    if (!text)
        return text.error();
    return readLesson(text.value(), path.toStdString());
}

Result<Settings> openLessonExperiment(const Lesson& lesson, const std::string& name,
                                      const std::vector<TextChange>& changes, int line) {
    const auto other = std::ranges::find(changes, "experiment", &TextChange::path);
    auto found = other == changes.end() ? findFor(lesson, name, line) : findFor(lesson, other->value, other->line);
    if (!found)
        return found.error();
    for (const TextChange& one : changes)
        if (const auto done = change(found.value().settings, one, lesson.file); !done)
            return done.error();
    return withChanges(found.value(), {});
}

} // namespace flatline
