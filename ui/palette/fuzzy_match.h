#pragma once

#include <QString>

namespace flatline {

/// How well what was typed fits a text, whatever the case and the accents: 0 not at all. All words must fit, in any
/// order, though better in the one typed: best at the start of a word of the text, then inside, then as letters in
/// their order ("lrk" in "leaky ReLU kick"), which counts only from the start of a word on. Of equals the shorter text
/// is the better.
[[nodiscard]] double matchScore(const QString& typed, const QString& text);

/// The same for a text that has a place ("File › Save CSV") and an explanation: a word may fit any of them, the
/// explanation only with its words' beginnings, and they count for less.
[[nodiscard]] double matchScore(const QString& typed, const QString& text, const QString& place, const QString& help);

} // namespace flatline
