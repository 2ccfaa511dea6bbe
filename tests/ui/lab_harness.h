#pragma once

#include "core/data/dataset_loader.h"
#include "core/lessons/lesson_reader.h"
#include "core/settings/setting_table.h"
#include "ui/window/services.h"

#include <QFile>
#include <QFileInfo>
#include <QMap>
#include <QStringList>

namespace flatline {

/// Small and quick: 60 circles, one layer of 6.
inline Settings smallExperiment() {
    Settings settings;
    settings.name = "Small";
    settings.data.samples = 60;
    settings.network.hidden = {6};
    return settings;
}

/// Services without files: generated data, and a record of what was asked for.
struct FakeFiles {
    QStringList exported; ///< "trace -> path"
    QStringList savedTo;
    Settings saved;
    Settings exportedSettings;
    std::int64_t exportedStep = -1;
    Settings toOpen;
    bool failing = false;
    QMap<QString, std::string> lessons; ///< texts by ids and paths
    QStringList lessonNames;            ///< the course

    Services services() {
        Services services;
        services.loadData = [](const Settings& settings) {
            return makeDataset(settings, [](const std::string& name, bool) -> Result<std::string> {
                return Error{ErrorKind::File, name, {"no files in this test", {}}};
            });
        };
        services.loadParameters = [](const std::string& name, const Layout&) -> Result<std::vector<float>> {
            return Error{ErrorKind::File, name, {"no files in this test", {}}};
        };
        services.builtInExperiments = [] {
            return std::vector<BuiltInExperiment>{{"one", "One", "The first"}, {"two", "Two", "The second"}};
        };
        services.openExperiment = [this](const QString&) -> Result<Settings> {
            if (failing)
                return Error{ErrorKind::BadInput, "x.json:1:1", {"not an experiment", {}}};
            return toOpen;
        };
        services.saveExperiment = [this](const Settings& settings, const QString& path) -> Result<void> {
            saved = settings;
            savedTo << path;
            return {};
        };
        services.lessonIds = [this] { return lessonNames; };
        services.openLesson = [this](const QString& id) -> Result<Lesson> {
            if (!lessons.contains(id))
                return Error{ErrorKind::File, id.toStdString(), {"there is no such lesson", {}}};
            return readLesson(lessons[id],
                              QFileInfo(id).isFile() ? id.toStdString() : "01-" + id.toStdString() + ".md");
        };
        services.openLessonExperiment = [](const Lesson& lesson, const std::string& name,
                                           const std::vector<TextChange>& changes, int line) -> Result<Settings> {
            if (name != "small")
                return badInput(lesson.file + ':' + std::to_string(line), "there is no \"%1\"", {name});
            Settings settings = smallExperiment();
            for (const TextChange& change : changes)
                if (const Result<void> set = setSettingFromText(settings, change.path, change.value); !set)
                    return set.error();
            return settings;
        };
        services.repeatingWords = [](const Settings& settings, std::int64_t step, const QString& source) {
            if (!settings.interventions.empty() && source.isEmpty())
                return QStringList();
            return QStringList{"flatline", "run", source.isEmpty() ? "one" : source, "--steps", QString::number(step)};
        };
        services.exportKinds = {{"trace", "Trace", "trace.csv"}, {"neurons", "Neurons", "neurons.csv"}};
        services.exportCsv = [this](const QString& kind, const QString& path, const Snapshot& snapshot,
                                    const Surface*) -> Result<void> {
            exported << kind + " -> " + path;
            exportedSettings = snapshot.settings;
            exportedStep = snapshot.now.step;
            return {};
        };
        services.saveTable = [this](const QString& path, const QByteArray&, const Snapshot&) -> Result<void> {
            savedTo << path;
            return {};
        };
        services.writeFile = [this](const QString& path, const QByteArray& content) -> Result<void> {
            if (failing)
                return Error{ErrorKind::File, path.toStdString(), {"cannot be written: the disk is full", {}}};
            QFile file(path);
            const bool written = file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
            return written ? Result<void>() : Error{ErrorKind::File, path.toStdString(), {"cannot be written", {}}};
        };
        services.origin = [](const QString&, const Snapshot& snapshot) {
            return QStringLiteral("{\"seed\": %1}").arg(snapshot.settings.seed).toUtf8();
        };
        services.csvColumns = [](const QString&) -> Result<QStringList> { return QStringList{"a", "class"}; };
        return services;
    }
};

} // namespace flatline
