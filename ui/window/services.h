#pragma once

#include "core/landscape/surface.h"
#include "core/lessons/lesson.h"
#include "core/lessons/verified.h"
#include "core/training/snapshot.h"
#include "core/training/worker.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

namespace flatline {

struct BuiltInExperiment {
    QString id;
    QString name;
    QString description;
};

/// One CSV that a run can be saved as.
struct ExportKind {
    QString id;       ///< "trace"
    QString label;    ///< translated: "Trace (a row each step kept)"
    QString fileName; ///< "trace.csv"
};

/// What the window needs from outside: files. Handed in by the front door, so that the window opens none itself.
/// All are called on the UI thread except the two loaders, which the worker calls.
struct Services {
    DatasetLoader loadData;
    ParameterLoader loadParameters;
    std::function<std::vector<BuiltInExperiment>()> builtInExperiments;
    std::function<Result<Settings>(const QString& pathOrId)> openExperiment;
    std::function<Result<void>(const Settings& settings, const QString& path)> saveExperiment;
    std::function<QStringList()> lessonIds; ///< the course, in its order
    std::function<Result<Lesson>(const QString& pathOrId)> openLesson;
    /// What a lesson names, a file beside it or a built-in one, with changes; `line` is where it does.
    std::function<Result<Settings>(const Lesson& lesson, const std::string& name,
                                   const std::vector<TextChange>& changes, int line)>
        openLessonExperiment;
    /// What the last full check found of a claim of that lesson; nothing where it was not checked.
    std::function<std::optional<VerifiedClaim>(const Lesson& lesson, const std::string& claim)> verifiedFigures;
    /// The command line, word by word, that trains this experiment up to that step again, named after the experiment
    /// it was opened as (may be empty). Empty: what was done by hand stands in no file yet.
    std::function<QStringList(const Settings& experiment, std::int64_t step, const QString& source)> repeatingWords;
    std::vector<ExportKind> exportKinds;
    /// surface may be null: then the landscape is computed.
    std::function<Result<void>(const QString& kind, const QString& path, const Snapshot& snapshot,
                               const Surface* surface)>
        exportCsv;
    /// A finished CSV, with a note beside it of the run it comes from.
    std::function<Result<void>(const QString& path, const QByteArray& csv, const Snapshot& snapshot)> saveTable;
    std::function<Result<QStringList>(const QString& path)> csvColumns;
    /// Wholly or not at all.
    std::function<Result<void>(const QString& path, const QByteArray& content)> writeFile;
    /// Where a picture at `path` comes from, as JSON: the complete experiment, seed, step, version.
    std::function<QByteArray(const QString& path, const Snapshot& snapshot)> origin;
};

} // namespace flatline
