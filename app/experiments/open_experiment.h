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

/// An experiment as it was found.
struct FoundExperiment {
    QString name;      ///< as it was asked for
    QString folder;    ///< to which its file names are relative; empty: the current one
    Settings settings; ///< as they stand there
};

/// Finds an experiment file or, where there is none of that name, the built-in experiment with that id.
[[nodiscard]] Result<FoundExperiment> findExperiment(const QString& pathOrId);
/// The built-in one, whatever files there are.
struct BuiltInRow;
[[nodiscard]] Result<FoundExperiment> builtInExperiment(const BuiltInRow& row);

/// The experiment with changes. They are made before file names are looked at: those are relative to the experiment
/// file, or to the current folder for a built-in one, and come back relative to the current folder. A change that
/// cannot be made is an error of usage.
[[nodiscard]] Result<Settings> withChanges(const FoundExperiment& experiment, const SettingTexts& changes);

/// Both: finds and changes it.
[[nodiscard]] Result<Settings> openExperiment(const QString& pathOrId, const SettingTexts& changes = {});

/// Writes the experiment, complete; its file names become relative to its folder.
[[nodiscard]] Result<void> saveExperiment(const Settings& settings, const QString& path);

} // namespace flatline
