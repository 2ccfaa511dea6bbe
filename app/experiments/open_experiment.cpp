#include "app/experiments/open_experiment.h"

#include "app/experiments/built_in.h"
#include "app/experiments/experiment_file.h"
#include "app/files/files.h"
#include "core/settings/setting_table.h"

#include <QFileInfo>

#include <algorithm>

namespace flatline {
namespace {

constexpr qint64 largestFile = 16 << 20;

Error notFound(const QString& pathOrId) {
    std::string known;
    for (const BuiltInRow& row : builtInTable())
        known += (known.empty() ? "" : ", ") + std::string(row.id);
    return {
        ErrorKind::File,
        pathOrId.toStdString(),
        {FLATLINE_TEXT("there is no such file and no built-in experiment of that name; built in are: %1"), {known}}};
}

Result<FoundExperiment> read(const QString& path, const QString& name, const QString& folder) {
    const auto text = readFile(path, largestFile);
    if (!text)
        return text.error();
    auto settings = readExperiment(text.value(), name);
    if (!settings)
        return settings.error();
    return FoundExperiment{name, folder, std::move(settings).value()};
}

Result<void> change(Settings& settings, const SettingTexts& changes) {
    for (const auto& [path, text] : changes) {
        const auto done = setSettingFromText(settings, path, text);
        if (!done)
            return Error{ErrorKind::Usage, "--set " + path, done.error().message};
    }
    return {};
}

} // namespace

Result<FoundExperiment> findExperiment(const QString& pathOrId) {
    const QFileInfo info(pathOrId);
    const bool isFile = info.exists() && !info.isDir(); // a folder may be called like a built-in one
    if (const BuiltInRow* builtIn = isFile ? nullptr : findBuiltIn(pathOrId))
        return builtInExperiment(*builtIn);
    return info.exists() ? read(pathOrId, pathOrId, info.path()) : notFound(pathOrId);
}

Result<FoundExperiment> builtInExperiment(const BuiltInRow& row) {
    return read(builtInPath(row), QString::fromLatin1(row.id), {});
}

Result<Settings> withChanges(const FoundExperiment& experiment, const SettingTexts& changes) {
    Settings settings = experiment.settings;
    if (const auto changed = change(settings, changes); !changed)
        return changed.error();
    // Fewer layers, for example, may have taken a kick's target away.
    if (const auto valid = validate(settings); !valid)
        return Error{valid.error().kind, experiment.name.toStdString() + ": " + valid.error().where,
                     valid.error().message};
    return rebased(std::move(settings), experiment.folder, {});
}

Result<Settings> openExperiment(const QString& pathOrId, const SettingTexts& changes) {
    const auto experiment = findExperiment(pathOrId);
    if (!experiment)
        return experiment.error();
    return withChanges(experiment.value(), changes);
}

Result<void> saveExperiment(const Settings& settings, const QString& path) {
    const Settings complete = rebased(resolved(settings, {}), {}, QFileInfo(path).absolutePath());
    return writeFile(path, QByteArray::fromStdString(experimentJson(complete) + '\n'));
}

} // namespace flatline
