#pragma once

#include <QPalette>
#include <QString>

namespace flatline {

struct Theme;

/// The application's style sheet: form controls, and what the property "role" asks for (see applyTheme).
[[nodiscard]] QString styleSheetFor(const Theme& theme);
/// The palette that goes with it.
[[nodiscard]] QPalette paletteFor(const Theme& theme);

} // namespace flatline
