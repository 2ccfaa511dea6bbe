#pragma once

#include <QBrush>
#include <QColor>
#include <QFont>
#include <QIcon>
#include <QPalette>
#include <QString>

#include <optional>

class QApplication;
class QWidget;

namespace flatline {

/// The colours of one appearance. Colour means life and death; everything measured is ink.
struct Theme {
    bool dark = false;
    QColor background, panel, surface, sunken, border, grid, line, text, muted, test;
    QColor accent, onAccent, onKick, selectedFill;
    QColor alive, atRisk, comatose, dead, revived, kick, runB, runC, runD;
    QColor class0, class1; ///< graphics only
    /// Further classes (Okabe-Ito, in the order of least confusion); class 0 and 1 are the two above.
    [[nodiscard]] QColor classColor(int number) const;
};

/// Light or dark, by the widget's palette. Constant tables: safe to keep a reference.
[[nodiscard]] const Theme& themeOf(const QWidget* widget);
[[nodiscard]] const Theme& themeFor(bool dark);

enum class TextRole { Axis, Body, ViewTitle, Vitals, PresenterTitle }; ///< 8.25, 9, 10 (600), 14 (600), 20 pt
[[nodiscard]] QFont fontFor(TextRole role);

/// Fusion, our palette and style sheet, Inter with tabular digits. Follows the system's light or dark unless
/// told. What the style sheet draws in a special way says so in its dynamic property "role", a string:
///   QFrame        "card" (surface with an outline), "popover" (the same with a stronger one), "plain" (surface, no
///                 outline), "panel" (panel colour, no outline), "rule" (a 1 px line)
///   QPushButton   "primary" (filled accent), "kick" (filled kick), "segment" (checkable, one of a row; property
///   "place":
///                 "first", "middle" or "last"), "state" (checkable: outlined accent while it holds)
///   QToolButton   "framed" (as a push button), "quiet" (muted, 8.25 pt), "link" (words in the accent); without a role
///                 it has no frame
///   QLabel        "heading" (600), "muted", "caption" (muted, 8.25 pt), "dead", "key" (a key of the keyboard)
///   QCheckBox     "switch"
///   QTextEdit     "text" (no frame, no ground)
enum class Appearance { System, Light, Dark };
void applyTheme(QApplication& application, Appearance appearance);

/// Strokes at 45 degrees on a transparent ground: the sign for 'no gradient'. `ratio`: the device pixel
/// ratio.
[[nodiscard]] QBrush hatchBrush(const QColor& color, qreal ratio);
/// Such a brush once more as what it means, for files that hold lines instead of pixels.
struct Hatch {
    QColor color;
    double period = 0.0; ///< between two strokes along either axis
};
[[nodiscard]] std::optional<Hatch> hatchOf(const QBrush& brush);

/// An icon of resources/icons by name, sharp at any scale. Without a colour it is drawn in the palette's text
/// colour of the moment, so that it follows a change of appearance.
[[nodiscard]] QIcon icon(const QString& name, const QColor& color = {});

/// Numbers on screen: the locale's, at most `digits` significant ones, a true minus; "∞" and "not a number"
/// in words.
[[nodiscard]] QString numberText(double value, int digits = 3);
[[nodiscard]] QString signedText(double value); ///< the same with a plus, to be read as a change: "+1.1"
[[nodiscard]] QString countText(qint64 value);  ///< with the locale's group separators
/// A count in little room: in full up to `plain`, beyond it in thousands, millions, thousand millions with three
/// digits, "3.09 M".
[[nodiscard]] QString shortCountText(qint64 value, qint64 plain = 999'999);
[[nodiscard]] QString percentText(double share); ///< 0.35 -> "35 %", just above 0 -> "< 1 %"

/// A text of core (a label, a note, an error) in the user's language.
[[nodiscard]] QString coreText(const char* text);
struct Message;
[[nodiscard]] QString coreText(const Message& message);

/// viridis, t from 0 to 1.
[[nodiscard]] QRgb viridis(double t);

} // namespace flatline
