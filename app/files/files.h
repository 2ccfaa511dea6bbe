#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

#include <string>

namespace flatline {

/// The whole content of a file or resource. Errors: File where it cannot be read, BadInput where it is larger than
/// `maximum` bytes.
[[nodiscard]] Result<QByteArray> readFile(const QString& path, qint64 maximum);

/// The same as a text.
[[nodiscard]] Result<std::string> readText(const QString& path, qint64 maximum);

/// Replaces or makes a file, wholly or not at all: a full disk leaves the old file as it was. A stream is written to.
[[nodiscard]] Result<void> writeFile(const QString& path, const QByteArray& content);

/// What shows before writing that writeFile would fail: a folder that is missing or closed. A disk may still be full.
[[nodiscard]] Result<void> checkWritable(const QString& path);

/// Whether a device or a pipe stands there, such as /dev/stdout: what is written goes straight through it.
[[nodiscard]] bool isStream(const QString& path);

/// An error of the kind File at that path.
[[nodiscard]] Error fileError(const QString& path, const char* text, const QString& detail = {});

} // namespace flatline
