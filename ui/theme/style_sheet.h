#pragma once

#include <QPalette>
#include <QString>

namespace flatline {

struct Theme;

/// The application's style sheet: form controls, and what the property "role" asks for (see applyTheme).
/// `scale`: of type and lengths; lines of 1 px stay thin.
[[nodiscard]] QString styleSheetFor(const Theme& theme, double scale = 1.0);
/// The palette that goes with it.
[[nodiscard]] QPalette paletteFor(const Theme& theme);

} // namespace flatline
