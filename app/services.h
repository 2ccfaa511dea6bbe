#pragma once

#include "ui/window/services.h"

namespace flatline {

/// What the window needs from outside: data, experiments, files.
[[nodiscard]] Services makeServices();

} // namespace flatline
