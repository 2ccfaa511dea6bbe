#include "app/command_line/sweep_origin.h"

#include "app/experiments/experiment_file.h"
#include "app/experiments/json_text.h"
#include "app/exports/provenance.h"
#include "app/files/files.h"
#include "core/settings/setting_table.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

namespace flatline {
namespace {

constexpr qint64 largestOrigin = 64 << 20;

std::string setText(const SweepAxis& axis) {
    std::string text = axis.path + '=';
    for (std::size_t i = 0; i < axis.values.size(); ++i)
        text += (i == 0 ? "" : ";") + axis.values[i];
    return text;
}

Origin originOf(const SweepGrid& grid, const SweepOptions& options) {
    std::string set;
    for (const SweepAxis& axis : grid.axes())
        set += (set.empty() ? "" : ", ") + jsonString(setText(axis));
    const std::string shard = std::to_string(options.shard.index) + '/' + std::to_string(options.shard.count);
    return {options.csv,
            {},
            {{"steps", std::to_string(options.steps)},
             {"seeds", jsonString(grid.seeds().text())},
             {"set", '[' + set + ']'},
             {"shard", jsonString(shard)}},
            grid.settings(0)};
}

Result<std::string> hashOf(const QString& path) {
    QFile file(path);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return fileError(path, FLATLINE_TEXT("cannot be read: %1"), file.errorString());
    return hash.result().toHex().toStdString();
}

Result<void> write(Origin origin, bool complete) {
    origin.details.emplace_back("complete", complete ? "true" : "false");
    return writeFile(provenancePath(origin.path), provenanceJson(origin));
}

/// What all runs have in common: the varied settings at their defaults.
Settings common(Settings settings, const std::vector<SweepAxis>& axes) {
    const Settings defaults;
    settings.seed = defaults.seed;
    for (const SweepAxis& axis : axes) {
        const SettingRow& row = *findSetting(axis.path);
        row.set(settings, row.get(defaults));
    }
    return settings;
}

/// The first setting in which they differ; empty where they are the same.
std::string difference(const Settings& a, const Settings& b) {
    for (const SettingRow& row : settingTable())
        if (row.get(a) != row.get(b))
            return row.path;
    return a.interventions == b.interventions ? "" : "interventions";
}

} // namespace

Result<void> beginSweepOrigin(const SweepGrid& grid, const SweepOptions& options) {
    return write(originOf(grid, options), false);
}

Result<void> endSweepOrigin(const SweepGrid& grid, const SweepOptions& options, bool complete) {
    auto hash = hashOf(options.csv);
    if (!hash)
        return hash.error();
    Origin origin = originOf(grid, options);
    origin.sha256 = std::move(hash).value();
    return write(std::move(origin), complete);
}

Result<void> checkSweepOrigin(const SweepGrid& grid, const SweepOptions& options) {
    const QString path = provenancePath(options.csv);
    const auto text = readFile(path, largestOrigin);
    if (!text)
        return {};
    const QJsonObject json = QJsonDocument::fromJson(text.value()).object();
    const QJsonValue steps = json.value(QLatin1String("steps"));
    if (steps.isDouble() && steps.toDouble() != static_cast<double>(options.steps))
        return badInput(path.toStdString(),
                        FLATLINE_TEXT("the rows that are there were made with --steps %1, which --resume needs, too"),
                        {std::to_string(steps.toInteger())});
    const auto experiment =
        readExperiment(QJsonDocument(json.value(QLatin1String("experiment")).toObject()).toJson(), path);
    if (!experiment)
        return {};
    const QString folder = QFileInfo(options.csv).absolutePath();
    const std::string differs =
        difference(common(experiment.value(), grid.axes()), common(rebased(grid.settings(0), {}, folder), grid.axes()));
    if (!differs.empty())
        return badInput(path.toStdString(), FLATLINE_TEXT("the rows that are there were made with another value of %1"),
                        {differs});
    return {};
}

} // namespace flatline
