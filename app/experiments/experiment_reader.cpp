#include "app/experiments/experiment_file.h"
#include "app/experiments/intervention_json.h"
#include "app/experiments/json_text.h"
#include "app/experiments/moment_json.h"
#include "app/experiments/setting_json.h"
#include "core/settings/setting_table.h"

#include <QJsonArray>

#include <algorithm>

namespace flatline {
namespace {

constexpr int formatVersion = 1;

bool isGroup(const std::string& key) {
    return std::ranges::any_of(
        settingTable(), [&key](const SettingRow& row) { return std::string_view(row.path).starts_with(key + '.'); });
}

Result<void> readValue(Settings& settings, const std::string& path, const QJsonValue& json) {
    const SettingRow* row = findSetting(path);
    const auto value = settingValue(json);
    if (row != nullptr && !value)
        return settingError(*row, shownJson(json));
    return setSetting(settings, path, value.value_or(SettingValue{}));
}

Result<void> readGroup(Settings& settings, const std::string& name, const QJsonValue& json) {
    if (!json.isObject())
        return badInput(name, FLATLINE_TEXT("%1 is not an object: { ... }"), {shownJson(json)});
    const QJsonObject group = json.toObject();
    for (auto entry = group.begin(); entry != group.end(); ++entry) {
        const auto done = readValue(settings, name + '.' + entry.key().toStdString(), entry.value());
        if (!done)
            return done;
    }
    return {};
}

Result<void> readInterventions(Settings& settings, const QJsonValue& json) {
    if (!json.isArray())
        return badInput("interventions", FLATLINE_TEXT("%1 is not a list: [ ... ]"), {shownJson(json)});
    for (const QJsonValue item : json.toArray()) {
        const std::string place = "interventions[" + std::to_string(settings.interventions.size()) + ']';
        auto intervention = readIntervention(item, place);
        if (!intervention)
            return intervention.error();
        settings.interventions.push_back(std::move(intervention).value());
    }
    return {};
}

Result<void> checkVersion(const QJsonValue& json) {
    if (json.toDouble() != formatVersion)
        return badInput("flatline", FLATLINE_TEXT("%1 is a version of the format that is not known here; known is: %2"),
                        {shownJson(json), std::to_string(formatVersion)});
    return {};
}

Error unknownKey(const std::string& key) {
    return badInput(key, FLATLINE_TEXT("there is no such key here; known are: %1"),
                    {"flatline, name, seed, data, network, initialization, training, interventions, class"});
}

Result<void> readClassKey(ExperimentFile& file, const QJsonValue& json) {
    auto moment = readClass(json);
    if (!moment)
        return moment.error();
    file.forClass = std::move(moment).value();
    return {};
}

Result<void> readKey(ExperimentFile& file, const std::string& key, const QJsonValue& json) {
    Settings& settings = file.settings;
    if (key == "class")
        return readClassKey(file, json);
    if (key == "flatline")
        return checkVersion(json);
    if (key == "interventions")
        return readInterventions(settings, json);
    if (isGroup(key))
        return readGroup(settings, key, json);
    if (key.find('.') != std::string::npos || findSetting(key) == nullptr)
        return unknownKey(key);
    return readValue(settings, key, json);
}

Error inFile(const QString& fileName, const Error& error) {
    return {error.kind, fileName.toStdString() + ": " + error.where, error.message};
}

} // namespace

Result<Settings> readExperiment(const QByteArray& text, const QString& fileName) {
    auto file = readExperimentFile(text, fileName);
    if (!file)
        return file.error();
    return std::move(file).value().settings;
}

Result<ExperimentFile> readExperimentFile(const QByteArray& text, const QString& fileName) {
    const auto object = parseJsonObject(text, fileName);
    if (!object)
        return object.error();
    ExperimentFile file;
    Settings& settings = file.settings;
    for (auto entry = object.value().begin(); entry != object.value().end(); ++entry) {
        const auto done = readKey(file, entry.key().toStdString(), entry.value());
        if (!done)
            return inFile(fileName, done.error());
    }
    if (const auto valid = validate(settings); !valid)
        return inFile(fileName, valid.error());
    // Only now: errors count the interventions as the file has them.
    std::ranges::stable_sort(settings.interventions, {}, &Intervention::step);
    return file;
}

} // namespace flatline
