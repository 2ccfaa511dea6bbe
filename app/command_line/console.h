#pragma once

#include "core/base/result.h"

#include <QString>

namespace flatline {

/// Whether a person watches standard error.
[[nodiscard]] bool errorIsTerminal();

/// Whether standard output is shown to one.
[[nodiscard]] bool outputIsTerminal();

/// Writes to standard output; false where it cannot be written, to a full disk for example.
[[nodiscard]] bool print(const QString& text);

/// Writes the error as one line to standard error, in the user's language. Returns the exit code.
int report(const Error& error);

} // namespace flatline
