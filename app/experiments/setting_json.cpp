#include "app/experiments/setting_json.h"

#include "app/experiments/json_text.h"
#include "core/settings/setting_table.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

namespace flatline {
namespace {

/// JSON has one kind of number: a whole one becomes an integer as far as a double holds it exactly.
SettingValue numberValue(double number) {
    constexpr double exact = 9007199254740992.0;
    if (number == std::floor(number) && std::abs(number) <= exact)
        return static_cast<std::int64_t>(number);
    return number;
}

std::optional<SettingValue> listValue(const QJsonArray& array) {
    constexpr double widest = 1e9;
    std::vector<int> list;
    for (const QJsonValue item : array) {
        const double number = item.toDouble(0.5);
        if (number != std::floor(number) || std::abs(number) > widest)
            return std::nullopt;
        list.push_back(static_cast<int>(number));
    }
    return list;
}

} // namespace

std::optional<SettingValue> settingValue(const QJsonValue& json) {
    if (json.isNull())
        return SettingValue{};
    if (json.isBool())
        return json.toBool();
    if (json.isDouble())
        return numberValue(json.toDouble());
    if (json.isString())
        return json.toString().toStdString();
    if (json.isArray())
        return listValue(json.toArray());
    return std::nullopt;
}

std::string settingJson(const SettingValue& value) {
    if (const auto* text = std::get_if<std::string>(&value))
        return jsonString(*text);
    if (const auto* list = std::get_if<std::vector<int>>(&value)) {
        std::string json;
        for (const int item : *list)
            json += (json.empty() ? "" : ", ") + std::to_string(item);
        return '[' + json + ']';
    }
    return settingText(value);
}

std::string shownJson(const QJsonValue& json) {
    constexpr qsizetype longest = 60;
    QByteArray text = QJsonDocument(QJsonArray{json}).toJson(QJsonDocument::Compact);
    text = text.mid(1, text.size() - 2);
    return text.size() <= longest ? text.toStdString() : QString::fromUtf8(text).left(longest).toStdString() + "...";
}

} // namespace flatline
