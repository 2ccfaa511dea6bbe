#pragma once

#include <QString>

class QWidget;

namespace flatline {

/// What there is to say about a part of the window.
struct HelpText {
    QString title;
    QString text; ///< rich text
    [[nodiscard]] bool empty() const { return text.isEmpty(); }
};

/// Help on a widget, or else on what it stands in: a view's meaning and what it shows now, a control's meaning, formula
/// and range, what a button does. Empty where nothing in particular is meant.
[[nodiscard]] HelpText helpOn(const QWidget* widget);

} // namespace flatline
