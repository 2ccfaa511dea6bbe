#pragma once

#include <QString>

#include <vector>

namespace flatline {

/// Layer widths as a user types them: numbers between commas, blanks or semicolons ("8, 8"); empty for none.
struct WidthsReading {
    std::vector<int> widths;
    QString problem; ///< empty: none. Else what is wrong and what would be right
};
[[nodiscard]] WidthsReading readWidths(const QString& text, int maximumLayers, int maximumWidth);
[[nodiscard]] QString widthsText(const std::vector<int>& widths); ///< "8, 8"

} // namespace flatline
