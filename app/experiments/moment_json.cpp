#include "app/experiments/moment_json.h"

#include "app/experiments/json_text.h"
#include "app/experiments/setting_json.h"

#include <QJsonArray>
#include <QJsonObject>

#include <cmath>
#include <limits>
#include <optional>

namespace flatline {
namespace {

constexpr double lastStep = 9e15;

std::string listJson(const QStringList& list) {
    std::string json;
    for (const QString& item : list)
        json += (json.empty() ? "" : ", ") + jsonString(item.toStdString());
    return '[' + json + ']';
}

std::string choicesJson(const SessionState& moment) {
    std::string json;
    for (auto choice = moment.choices.begin(); choice != moment.choices.end(); ++choice)
        json += (json.empty() ? "" : ", ") + jsonString(choice.key().toStdString()) + ": " +
                jsonString(choice.value().toStdString());
    return '{' + json + '}';
}

std::optional<QStringList> textsOf(const QJsonValue& json) {
    if (!json.isArray())
        return std::nullopt;
    QStringList texts;
    for (const QJsonValue item : json.toArray()) {
        if (!item.isString())
            return std::nullopt;
        texts << item.toString();
    }
    return texts;
}

std::optional<std::int64_t> wholeOf(const QJsonValue& json, double most) {
    const double number = json.toDouble(-1.0);
    if (!(number >= 0.0) || number > most || number != std::floor(number))
        return std::nullopt;
    return static_cast<std::int64_t>(number);
}

bool readStep(SessionState& moment, const QJsonValue& json) {
    const auto step = wholeOf(json, lastStep);
    moment.step = step.value_or(0);
    return step.has_value();
}

bool readViews(SessionState& moment, const QJsonValue& json) {
    const auto views = textsOf(json);
    moment.views = views.value_or(QStringList());
    return views.has_value();
}

bool readFilling(SessionState& moment, const QJsonValue& json) {
    moment.filling = json.toString();
    return json.isString();
}

bool readSelected(SessionState& moment, const QJsonValue& json) {
    const QJsonArray pair = json.toArray();
    constexpr double most = std::numeric_limits<int>::max();
    const auto layer = wholeOf(pair.at(0), most);
    const auto neuron = wholeOf(pair.at(1), most);
    if (pair.size() != 2 || !layer || !neuron || (*layer == 0) != (*neuron == 0))
        return false;
    moment.selectedLayer = static_cast<int>(*layer);
    moment.selectedNeuron = static_cast<int>(*neuron);
    return true;
}

bool readChoices(SessionState& moment, const QJsonValue& json) {
    const QJsonObject object = json.toObject();
    for (auto choice = object.begin(); choice != object.end(); ++choice) {
        if (!choice.value().isString())
            return false;
        moment.choices[choice.key()] = choice.value().toString();
    }
    return json.isObject();
}

bool readControls(SessionState& moment, const QJsonValue& json) {
    moment.controls = textsOf(json);
    return moment.controls.has_value() || json.isNull();
}

const MomentKey keys[] = {
    {"step", [](const SessionState& moment) { return std::to_string(moment.step); }, readStep,
     FLATLINE_TEXT("%1 is not a whole number from 0 on")},
    {"views", [](const SessionState& moment) { return listJson(moment.views); }, readViews,
     FLATLINE_TEXT("%1 is not a list of views' names: [\"landscape\", \"loss\"]")},
    {"filling", [](const SessionState& moment) { return jsonString(moment.filling.toStdString()); }, readFilling,
     FLATLINE_TEXT("%1 is not the name of a view, or \"\" for none")},
    {"selected",
     [](const SessionState& moment) {
         return '[' + std::to_string(moment.selectedLayer) + ", " + std::to_string(moment.selectedNeuron) + ']';
     },
     readSelected, FLATLINE_TEXT("%1 is not a layer and a neuron from 1 on: [1, 3], or [0, 0] for none")},
    {"choices", choicesJson, readChoices,
     FLATLINE_TEXT("%1 is not an object of texts: {\"landscape/Plane\": \"pca\"}")},
    {"controls",
     [](const SessionState& moment) { return moment.controls ? listJson(*moment.controls) : std::string("null"); },
     readControls, FLATLINE_TEXT("%1 is neither a list of the controls that stay nor null for all of them")},
};

const MomentKey* findKey(const QString& name) {
    for (const MomentKey& key : keys)
        if (name == QLatin1String(key.name))
            return &key;
    return nullptr;
}

Error unknownKey(const QString& name) {
    std::string known;
    for (const MomentKey& key : keys)
        known += (known.empty() ? "" : ", ") + std::string(key.name);
    return badInput("class." + name.toStdString(), FLATLINE_TEXT("there is no such key here; known are: %1"), {known});
}

} // namespace

std::span<const MomentKey> momentKeys() {
    return keys;
}

Error momentError(const MomentKey& key, const std::string& place, const QJsonValue& json) {
    return badInput(place + key.name, key.wanted, {shownJson(json)});
}

std::string classJson(const SessionState& moment, const std::string& indent) {
    std::string json = "{";
    for (const MomentKey& key : keys)
        json += std::string(json.size() > 1 ? "," : "") + '\n' + indent + "  " + jsonString(key.name) + ": " +
                key.json(moment);
    return json + '\n' + indent + '}';
}

Result<SessionState> readClass(const QJsonValue& json) {
    if (!json.isObject())
        return badInput("class", FLATLINE_TEXT("%1 is not an object: { ... }"), {shownJson(json)});
    SessionState moment;
    moment.ended = true;
    const QJsonObject object = json.toObject();
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        const MomentKey* key = findKey(entry.key());
        if (key == nullptr)
            return unknownKey(entry.key());
        if (!key->read(moment, entry.value()))
            return momentError(*key, "class.", entry.value());
    }
    return moment;
}

} // namespace flatline
