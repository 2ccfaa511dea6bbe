#include "app/services.h"

#include "app/experiments/built_in.h"
#include "app/experiments/experiment_file.h"
#include "app/experiments/open_experiment.h"
#include "app/experiments/repeat_words.h"
#include "app/exports/export_table.h"
#include "app/exports/provenance.h"
#include "app/files/files.h"
#include "app/files/loaders.h"
#include "app/lessons/built_in_lessons.h"
#include "app/lessons/verified_claims.h"

#include <QCoreApplication>

namespace flatline {
namespace {

std::vector<BuiltInExperiment> builtInExperiments() {
    std::vector<BuiltInExperiment> experiments;
    for (const BuiltInRow& row : builtInTable()) {
        const QString id = QString::fromLatin1(row.id);
        const auto settings = openExperiment(id);
        const QString name = settings ? QString::fromStdString(settings.value().name) : id;
        experiments.push_back({id, name, QCoreApplication::translate("experiments", row.description)});
    }
    return experiments;
}

std::vector<ExportKind> exportKinds() {
    std::vector<ExportKind> kinds;
    for (const ExportRow& row : exportTable())
        kinds.push_back(
            {QString::fromLatin1(row.id), QCoreApplication::translate("exports", row.label), row.fileName()});
    return kinds;
}

Result<void> exportCsv(const QString& kind, const QString& path, const Snapshot& snapshot, const Surface* surface) {
    const ExportRow* row = findExport(kind);
    if (row == nullptr || !snapshot.spec)
        return Error{ErrorKind::Usage, kind.toStdString(), {FLATLINE_TEXT("there is nothing to export"), {}}};
    return exportRun(*row, path, snapshot, surface);
}

Result<QStringList> columnsOf(const QString& path) {
    const auto text = loadText(path.toStdString(), false);
    if (!text)
        return text.error();
    const auto columns = csvColumns(text.value(), path.toStdString());
    if (!columns)
        return columns.error();
    QStringList names;
    for (const std::string& name : columns.value())
        names << QString::fromStdString(name);
    return names;
}

/// A picture holds it in itself: there is no sum of the whole that could stand in it.
QByteArray pictureOrigin(const QString& path, const Snapshot& snapshot) {
    const std::optional<Task> task = snapshot.dataset ? std::optional(snapshot.dataset->task) : std::nullopt;
    return provenanceJson(
        {path,
         {},
         {{"seed", std::to_string(snapshot.settings.seed)}, {"step", std::to_string(snapshot.now.step)}},
         resolved(snapshot.experiment, task)});
}

} // namespace

Services makeServices() {
    Services services;
    services.loadData = loadDataset;
    services.loadParameters = loadParameters;
    services.builtInExperiments = builtInExperiments;
    services.openExperiment = [](const QString& pathOrId) { return openExperiment(pathOrId); };
    services.saveExperiment = saveExperiment;
    services.lessonIds = lessonIds;
    services.openLesson = openLesson;
    services.openLessonExperiment = openLessonExperiment;
    services.verifiedFigures = verifiedFigures;
    services.repeatingWords = repeatingWords;
    services.exportKinds = exportKinds();
    services.exportCsv = exportCsv;
    services.saveTable = [](const QString& path, const QByteArray& csv, const Snapshot& snapshot) {
        return writeWithProvenance(path, csv, snapshot);
    };
    services.csvColumns = columnsOf;
    services.writeFile = writeFile;
    services.origin = pictureOrigin;
    return services;
}

} // namespace flatline
