#pragma once

#include "core/training/snapshot.h"

#include <QString>

namespace flatline {

/// What the status line, the banner and the title say of a run. All sentences of the window are built here.
[[nodiscard]] QString stateWord(const Snapshot& snapshot);     ///< "Paused"
[[nodiscard]] QString stateSentence(const Snapshot& snapshot); ///< one or two sentences on what happened last
/// What stops a run and what to do about it; empty where nothing does.
[[nodiscard]] QString alarmText(const Snapshot& snapshot);
[[nodiscard]] QString experimentTitle(const Snapshot& snapshot); ///< "circles, 8 + 8 ReLU"
/// "Restarted: hidden layers 8, 4." for the keys in which the experiments differ.
[[nodiscard]] QString restartText(const Settings& before, const Settings& after);
/// A file's or an experiment's error as a message box shows it.
[[nodiscard]] QString errorText(const Error& error);

} // namespace flatline
