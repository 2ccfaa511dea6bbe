#pragma once

#include <QString>

namespace flatline {

struct Theme;

/// The application's style sheet: form controls, and what the property "role" asks for (see applyTheme).
[[nodiscard]] QString styleSheetFor(const Theme& theme);

} // namespace flatline
