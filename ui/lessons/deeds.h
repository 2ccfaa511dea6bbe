#pragma once

#include "core/lessons/lesson.h"

#include <QString>

namespace flatline {

/// What a page's button says that has no words of its own: "Set learning rate to 3 · Run 10 steps".
[[nodiscard]] QString deedsText(const std::vector<Deed>& deeds);
/// What brings about a page's `until`: its deeds, or, where it is done by hand, deeds that do as a hand would. A hand's
/// edit, and a change to no certain value, cannot be guessed: they are left out.
[[nodiscard]] std::vector<Deed> deedsOf(const PageAction& action);

} // namespace flatline
