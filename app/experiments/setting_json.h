#pragma once

#include "core/settings/intervention.h"

#include <QJsonValue>

#include <optional>
#include <string>

namespace flatline {

/// A JSON value as a setting's value. Nothing for what no setting can be: an object, or a list of other than whole
/// numbers.
[[nodiscard]] std::optional<SettingValue> settingValue(const QJsonValue& json);

/// A setting's value as JSON.
[[nodiscard]] std::string settingJson(const SettingValue& value);

/// Any JSON value on one line, as an error quotes it; long ones are cut.
[[nodiscard]] std::string shownJson(const QJsonValue& json);

} // namespace flatline
