#pragma once

#include "core/base/result.h"
#include "core/settings/settings.h"

#include <QJsonValue>

#include <string>

namespace flatline {

/// One entry of "interventions". Errors name the key below `place` ("interventions[0]"). Whether layers and neurons
/// exist and values fit is for validate() to say.
[[nodiscard]] Result<Intervention> readIntervention(const QJsonValue& json, const std::string& place);

/// The entry as JSON on one line, with every key.
[[nodiscard]] std::string interventionJson(const Intervention& intervention);

} // namespace flatline
