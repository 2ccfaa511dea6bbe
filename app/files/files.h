#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

namespace flatline {

/// The whole content of a file or resource. Errors: File where it cannot be read, BadInput where it is larger than
/// `maximum` bytes.
[[nodiscard]] Result<QByteArray> readFile(const QString& path, qint64 maximum);

/// Replaces or makes a file, wholly or not at all: a full disk leaves the old file as it was.
[[nodiscard]] Result<void> writeFile(const QString& path, const QByteArray& content);

/// An error of the kind File at that path.
[[nodiscard]] Error fileError(const QString& path, const char* text, const QString& detail = {});

} // namespace flatline
