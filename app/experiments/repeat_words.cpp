#include "app/experiments/repeat_words.h"

#include "app/experiments/built_in.h"
#include "app/experiments/experiment_file.h"
#include "app/experiments/open_experiment.h"
#include "core/settings/setting_table.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <optional>

namespace flatline {
namespace {

std::string absolute(const std::string& file) {
    return file.empty() ? file : QFileInfo(QString::fromStdString(file)).absoluteFilePath().toStdString();
}

/// As two experiments are compared: defaults written out, files wherever they are, and nothing that comes later.
Settings comparable(Settings settings, std::int64_t step) {
    settings = resolved(std::move(settings), {});
    settings.data.file = absolute(settings.data.file);
    settings.initialization.file = absolute(settings.initialization.file);
    std::erase_if(settings.interventions, [step](const Intervention& one) { return one.step >= step; });
    return settings;
}

SettingTexts differences(const Settings& from, const Settings& to) {
    SettingTexts changes;
    for (const SettingRow& row : settingTable())
        if (row.get(from) != row.get(to))
            changes.emplace_back(row.path, settingText(row.get(to)));
    return changes;
}

bool gives(const FoundExperiment& base, const SettingTexts& changes, const Settings& wanted, std::int64_t step) {
    const auto settings = withChanges(base, changes);
    return settings && comparable(settings.value(), step) == wanted;
}

/// What has to be set on `pathOrId` so that it becomes the wanted experiment; nothing where that cannot be.
std::optional<SettingTexts> changesOf(const QString& pathOrId, const Settings& wanted, std::int64_t step) {
    const auto base = findExperiment(pathOrId);
    if (!base)
        return std::nullopt;
    SettingTexts changes =
        differences(comparable(rebased(base.value().settings, base.value().folder, {}), step), wanted);
    if (!gives(base.value(), changes, wanted, step))
        return std::nullopt;
    // Some follow from others: the output from the data, the slope from the activation.
    for (std::size_t i = changes.size(); i > 0; --i) {
        SettingTexts fewer = changes;
        fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i - 1));
        if (gives(base.value(), fewer, wanted, step))
            changes = std::move(fewer);
    }
    return changes;
}

QString nameOf(const QString& pathOrId) {
    const QFileInfo file(pathOrId);
    return file.isFile() ? QDir::toNativeSeparators(file.absoluteFilePath()) : pathOrId;
}

QStringList wordsOf(const QString& experiment, const SettingTexts& changes, std::int64_t step) {
    QStringList words{QStringLiteral("flatline"), QStringLiteral("run"), nameOf(experiment)};
    for (const auto& [path, text] : changes) {
        if (path == "seed")
            words << QStringLiteral("--seed") << QString::fromStdString(text);
        else
            words << QStringLiteral("--set") << QString::fromStdString(path + '=' + text);
    }
    return words << QStringLiteral("--steps") << QString::number(step);
}

} // namespace

QStringList repeatingWords(const Settings& experiment, std::int64_t step, const QString& source) {
    const Settings wanted = comparable(experiment, step);
    QStringList candidates;
    if (!source.isEmpty())
        candidates << source;
    for (const BuiltInRow& row : builtInTable())
        candidates << QString::fromLatin1(row.id);
    std::optional<SettingTexts> least;
    QString best;
    for (const QString& candidate : candidates) {
        auto changes = changesOf(candidate, wanted, step);
        if (changes && (!least || changes->size() < least->size())) {
            least = std::move(changes);
            best = candidate;
        }
    }
    return least ? wordsOf(best, *least, step) : QStringList();
}

} // namespace flatline
