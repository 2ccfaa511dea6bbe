#pragma once

#include "core/training/snapshot.h"

#include <QString>

namespace flatline {

/// The name that a save dialog suggests: "a-step-too-far-seed39-step900-loss.png". `what` may be empty.
[[nodiscard]] QString suggestedFileName(const Snapshot& snapshot, const QString& what, const QString& suffix);
/// A name with nothing in it that some file system or shell minds: letters and digits in lower case, hyphens between.
[[nodiscard]] QString safeFileName(const QString& name);
/// "A step too far · seed 39 · step 900": what a picture or a session is of.
[[nodiscard]] QString runTitle(const Snapshot& snapshot);

} // namespace flatline
