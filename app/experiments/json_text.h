#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <string>
#include <string_view>

namespace flatline {

/// The object that a JSON text holds. Errors give FILE:LINE:COLUMN (columns count bytes, from 1): what is no JSON, and
/// keys that stand twice in one object, of which Qt would silently keep the last.
[[nodiscard]] Result<QJsonObject> parseJsonObject(const QByteArray& text, const QString& fileName);

/// A text as a JSON string, with its quotes.
[[nodiscard]] std::string jsonString(std::string_view text);

} // namespace flatline
