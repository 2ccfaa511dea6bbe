#include "app/experiments/experiment_file.h"
#include "app/experiments/intervention_json.h"
#include "app/experiments/json_text.h"
#include "app/experiments/moment_json.h"
#include "app/experiments/setting_json.h"
#include "core/data/dataset_loader.h"
#include "core/network/activation.h"
#include "core/network/objective.h"
#include "core/settings/setting_table.h"

#include <QDir>

#include <algorithm>

namespace flatline {
namespace {

bool changesActivation(const Intervention& intervention) {
    const auto* change = std::get_if<SettingChange>(&intervention.action);
    return change != nullptr && change->path == "network.activation";
}

std::string moved(const std::string& file, const QString& from, const QString& to) {
    if (file.empty())
        return file;
    const QString path = QDir::cleanPath(QDir(from).filePath(QString::fromStdString(file)));
    const QFileInfo info(path);
    return (to.isEmpty() ? path : QDir(to).relativeFilePath(info.absoluteFilePath())).toStdString();
}

/// The keys as lines; those of a group stand in an object of their own.
std::string settingLines(const Settings& settings, const std::string& indent) {
    std::string lines;
    std::string open;
    for (const SettingRow& row : settingTable()) {
        const std::string_view path = row.path;
        const std::size_t dot = path.find('.');
        const std::string group(dot == std::string_view::npos ? "" : path.substr(0, dot));
        const bool sameGroup = !group.empty() && group == open;
        if (!open.empty() && !sameGroup)
            lines += '\n' + indent + "  }";
        lines += ",\n" + indent;
        if (!group.empty() && !sameGroup)
            lines += "  " + jsonString(group) + ": {\n" + indent;
        lines += (group.empty() ? "  " : "    ") + jsonString(path.substr(group.empty() ? 0 : dot + 1)) + ": " +
                 settingJson(row.get(settings));
        open = group;
    }
    return lines + '\n' + indent + "  }";
}

} // namespace

Settings resolved(Settings settings, std::optional<Task> task) {
    const DataSourceRow* source = findDataSource(settings.data.source);
    if (!settings.data.standardize && source != nullptr)
        settings.data.standardize = source->byDefaultStandardized;
    const ActivationRow* activation = findActivation(settings.network.activation);
    const bool changes = std::ranges::any_of(settings.interventions, changesActivation);
    if (!settings.network.alpha && activation != nullptr && activation->hasAlpha && !changes)
        settings.network.alpha = activation->defaultAlpha;
    // A file of the user's own shows only when it is read whether it has classes.
    if (!task && source != nullptr && source->features > 0)
        task = source->task;
    if (settings.network.output.empty() && task)
        settings.network.output = defaultObjective(*task);
    return settings;
}

std::string experimentJson(const Settings& settings, const std::string& indent, const SessionState* forClass) {
    std::string json = "{\n" + indent + "  \"flatline\": 1" + settingLines(settings, indent);
    json += ",\n" + indent + "  \"interventions\": [";
    for (std::size_t i = 0; i < settings.interventions.size(); ++i)
        json += (i == 0 ? "\n    " : ",\n    ") + indent + interventionJson(settings.interventions[i]);
    if (!settings.interventions.empty())
        json += '\n' + indent + "  ";
    json += ']';
    if (forClass != nullptr)
        json += ",\n" + indent + "  \"class\": " + classJson(*forClass, indent + "  ");
    return json + '\n' + indent + '}';
}

Settings rebased(Settings settings, const QString& from, const QString& to) {
    settings.data.file = moved(settings.data.file, from, to);
    settings.initialization.file = moved(settings.initialization.file, from, to);
    return settings;
}

} // namespace flatline
