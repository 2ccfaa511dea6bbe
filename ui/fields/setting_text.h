#pragma once

#include "core/settings/intervention.h"

#include <QString>

namespace flatline {

/// What a key of the experiment is called on screen; the key itself where it has no control.
[[nodiscard]] QString settingName(const std::string& path);
/// Its value: a number of the user's locale, a choice as its control calls it.
[[nodiscard]] QString settingValueText(const std::string& path, const SettingValue& value);

} // namespace flatline
