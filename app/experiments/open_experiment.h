#pragma once

#include "core/base/result.h"
#include "core/settings/settings.h"

#include <QString>

#include <string>
#include <utility>
#include <vector>

namespace flatline {

/// A change as --set gives it: a path and a value's text.
using SettingTexts = std::vector<std::pair<std::string, std::string>>;

/// Opens an experiment file or, where there is none of that name, the built-in experiment with that id. `changes` are
/// made before file names are looked at: those are relative to the experiment file, or to the current folder for a
/// built-in one, and come back relative to the current folder. A change that cannot be made is an error of usage.
[[nodiscard]] Result<Settings> openExperiment(const QString& pathOrId, const SettingTexts& changes = {});

/// Writes the experiment, complete; its file names become relative to its folder.
[[nodiscard]] Result<void> saveExperiment(const Settings& settings, const QString& path);

} // namespace flatline
