#include "app/experiments/intervention_json.h"

#include "app/experiments/json_text.h"
#include "app/experiments/setting_json.h"
#include "core/settings/setting_table.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <cmath>

namespace flatline {
namespace {

constexpr std::array kickedNames{"both", "bias", "weights"}; // in the order of KickedParameters

constexpr auto neededWarmingSteps = "a number of steps: a whole number from 1 to 1000000000";

Error wrongValue(const std::string& where, const QJsonValue& json, const char* needed) {
    return badInput(where, FLATLINE_TEXT("%1 is not %2"), {shownJson(json), needed});
}

Result<double> readNumber(const QJsonValue& json, double otherwise, const std::string& where, const char* needed) {
    if (!json.isUndefined() && !json.isDouble())
        return wrongValue(where, json, needed);
    return json.toDouble(otherwise);
}

Result<Target> readTarget(const QJsonValue& json, const std::string& place, const Target& otherwise = {}) {
    if (json.isUndefined())
        return otherwise;
    const auto parsed = parseTarget(json.toString().toStdString());
    if (!json.isString() || !parsed)
        return wrongValue(place + ".target", json, "one of: dead, layer:K, neuron:K:J, all (counted from 1)");
    return parsed;
}

Result<Action> readKick(const QJsonObject& json, const std::string& place) {
    ThermalKick kick;
    const auto strength =
        readNumber(json.value("strength"), kick.strength, place + ".strength", "a number from 0 to 1000");
    const auto target = readTarget(json.value("target"), place);
    if (!strength)
        return strength.error();
    if (!target)
        return target.error();
    kick.strength = strength.value();
    kick.target = target.value();

    const QJsonValue parameters = json.value("parameters");
    if (!parameters.isUndefined()) {
        const auto name = std::ranges::find(kickedNames, parameters.toString().toStdString());
        if (name == kickedNames.end())
            return wrongValue(place + ".parameters", parameters, "one of: both, bias, weights");
        kick.parameters = static_cast<KickedParameters>(name - kickedNames.begin());
    }
    return Action{kick};
}

Result<Action> readSet(const QJsonObject& json, const std::string& place) {
    if (!json.value("path").isString())
        return wrongValue(place + ".path", json.value("path"), "the name of a setting, such as network.activation");
    SettingChange change{json.value("path").toString().toStdString(), {}};
    const SettingRow* row = findSetting(change.path);
    if (!json.contains("value"))
        return badInput(place + ".value", FLATLINE_TEXT("is missing: the value that the setting becomes"));
    const auto value = settingValue(json.value("value"));
    Settings trial;
    if (value && row != nullptr && setSetting(trial, change.path, *value))
        change.value = row->get(trial); // in the setting's own type: 1 and 1.0 are the same change
    else if (value)
        change.value = *value;
    else
        return wrongValue(place + ".value", json.value("value"), "a setting's value");
    return Action{change};
}

Result<Action> readWarming(const QJsonObject& json, const std::string& place) {
    BiasWarming warming;
    const auto gamma = readNumber(json.value("gamma"), warming.gamma, place + ".gamma", "a number from -1000 to 1000");
    const QJsonValue steps = json.value("steps");
    const auto count = readNumber(steps, static_cast<double>(warming.steps), place + ".steps", neededWarmingSteps);
    if (!gamma)
        return gamma.error();
    if (!count)
        return count.error();
    if (count.value() != std::floor(count.value()) || !(count.value() >= 1.0 && count.value() <= 1e9))
        return wrongValue(place + ".steps", steps, neededWarmingSteps);
    const auto target = readTarget(json.value("target"), place, warming.target);
    if (!target)
        return target.error();
    warming.target = target.value();
    warming.gamma = gamma.value();
    warming.steps = static_cast<std::int64_t>(count.value());
    return Action{warming};
}

Result<Action> readReset(const QJsonObject& json, const std::string& place) {
    const auto target = readTarget(json.value("target"), place);
    if (!target)
        return target.error();
    return Action{ResetNeurons{target.value()}};
}

constexpr auto neededParameter = "a number, or null: it stays";

Result<std::optional<double>> readParameter(const QJsonValue& json, const std::string& where) {
    if (json.isUndefined() || json.isNull())
        return std::optional<double>{};
    if (!json.isDouble())
        return wrongValue(where, json, neededParameter);
    return std::optional(json.toDouble());
}

Result<Action> readEdit(const QJsonObject& json, const std::string& place) {
    const auto target = readTarget(json.value("target"), place);
    if (!target)
        return target.error();
    if (target.value().kind != Target::Kind::Neuron)
        return wrongValue(place + ".target", json.value("target"), "one neuron: neuron:K:J (counted from 1)");
    EditParameters edit{target.value().layer, target.value().neuron, {}, {}};
    const auto bias = readParameter(json.value("bias"), place + ".bias");
    if (!bias)
        return bias.error();
    edit.bias = bias.value();
    const auto beta = readParameter(json.value("beta"), place + ".beta");
    if (!beta)
        return beta.error();
    edit.beta = beta.value();
    const QJsonValue weights = json.value("weights");
    if (!weights.isUndefined() && !weights.isArray())
        return wrongValue(place + ".weights", weights, "a list of numbers, one an input; null: it stays");
    for (const QJsonValue& weight : weights.toArray()) {
        const std::string where = place + ".weights[" + std::to_string(edit.weights.size()) + ']';
        const auto value = readParameter(weight, where);
        if (!value)
            return value.error();
        edit.weights.push_back(value.value());
    }
    return Action{edit};
}

std::string parameterJson(const std::optional<double>& value) {
    return value ? settingJson(*value) : "null";
}

std::string editJson(const Action& action) {
    const auto& edit = std::get<EditParameters>(action);
    std::string json = "\"target\": " + jsonString(targetText({Target::Kind::Neuron, edit.layer, edit.neuron})) +
                       ", \"bias\": " + parameterJson(edit.bias) + ", \"weights\": [";
    for (std::size_t i = 0; i < edit.weights.size(); ++i)
        json += (i == 0 ? "" : ", ") + parameterJson(edit.weights[i]);
    return json + (edit.beta ? "], \"beta\": " + parameterJson(edit.beta) : "]");
}

std::string warmingJson(const Action& action) {
    const auto& warming = std::get<BiasWarming>(action);
    return "\"gamma\": " + settingJson(warming.gamma) + ", \"steps\": " + settingJson(warming.steps) +
           ", \"target\": " + jsonString(targetText(warming.target));
}

std::string resetJson(const Action& action) {
    return "\"target\": " + jsonString(targetText(std::get<ResetNeurons>(action).target));
}

std::string kickJson(const Action& action) {
    const auto& kick = std::get<ThermalKick>(action);
    return "\"strength\": " + settingJson(kick.strength) + ", \"target\": " + jsonString(targetText(kick.target)) +
           ", \"parameters\": " + jsonString(kickedNames[static_cast<std::size_t>(kick.parameters)]);
}

std::string setJson(const Action& action) {
    const auto& change = std::get<SettingChange>(action);
    return "\"path\": " + jsonString(change.path) + ", \"value\": " + settingJson(change.value);
}

/// One kind of intervention, in the order of Action's alternatives.
struct KindRow {
    const char* id;
    std::vector<std::string> (*keys)(); ///< besides step and kind
    Result<Action> (*read)(const QJsonObject&, const std::string& place);
    std::string (*write)(const Action&);
};
constexpr std::array kinds{
    KindRow{"thermal-kick",
            [] {
                return std::vector<std::string>{"strength", "target", "parameters"};
            },
            readKick, kickJson},
    KindRow{"set",
            [] {
                return std::vector<std::string>{"path", "value"};
            },
            readSet, setJson},
    KindRow{"bias-warming",
            [] {
                return std::vector<std::string>{"gamma", "steps", "target"};
            },
            readWarming, warmingJson},
    KindRow{"reset-neurons", [] { return std::vector<std::string>{"target"}; }, readReset, resetJson},
    KindRow{"set-parameters",
            [] {
                return std::vector<std::string>{"target", "bias", "weights", "beta"};
            },
            readEdit, editJson},
};

Result<const KindRow*> findKind(const QJsonValue& json, const std::string& place) {
    std::string known;
    for (const KindRow& kind : kinds) {
        if (json.toString() == QLatin1String(kind.id))
            return &kind;
        known += (known.empty() ? "" : ", ") + std::string(kind.id);
    }
    if (json.isUndefined())
        return badInput(place + ".kind", FLATLINE_TEXT("is missing; one of: %1"), {known});
    return badInput(place + ".kind", FLATLINE_TEXT("%1 is not a kind of intervention that this version knows: %2"),
                    {shownJson(json), known});
}

Result<std::int64_t> readStep(const QJsonValue& json, const std::string& where) {
    constexpr double latest = 1e15;
    const double step = json.isUndefined() ? 0.0 : json.toDouble(-1.0);
    if (!(step >= 0.0 && step <= latest) || step != std::floor(step))
        return wrongValue(where, json, "a step: a whole number from 0 on");
    return static_cast<std::int64_t>(step);
}

} // namespace

Result<Intervention> readIntervention(const QJsonValue& json, const std::string& place) {
    if (!json.isObject())
        return wrongValue(place, json, "an object: {\"step\": ..., \"kind\": ...}");
    const QJsonObject object = json.toObject();
    const auto kind = findKind(object.value("kind"), place);
    if (!kind)
        return kind.error();
    std::vector<std::string> known = kind.value()->keys();
    known.insert(known.begin(), {"step", "kind"});
    for (const QString& key : object.keys()) {
        if (std::ranges::count(known, key.toStdString()))
            continue;
        std::string list;
        for (const std::string& name : known)
            list += (list.empty() ? "" : ", ") + name;
        return badInput(place + '.' + key.toStdString(), FLATLINE_TEXT("there is no such key here; known are: %1"),
                        {list});
    }
    const auto step = readStep(object.value("step"), place + ".step");
    if (!step)
        return step.error();
    auto action = kind.value()->read(object, place);
    if (!action)
        return action.error();
    return Intervention{step.value(), std::move(action).value()};
}

std::string interventionJson(const Intervention& intervention) {
    const KindRow& kind = kinds[intervention.action.index()];
    return "{\"step\": " + settingJson(intervention.step) + ", \"kind\": " + jsonString(kind.id) + ", " +
           kind.write(intervention.action) + '}';
}

} // namespace flatline
