#pragma once

#include "core/base/result.h"
#include "core/data/dataset.h"
#include "core/settings/settings.h"
#include "ui/window/session.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <string>

namespace flatline {

/// The experiment that a JSON text describes, valid, its interventions in the order of their steps. File names in it
/// stay as they stand. Errors: "FILE:LINE:COLUMN: ..." for what is no JSON, "FILE: key.path: ..." for a value.
struct ExperimentFile {
    Settings settings;
    /// Key "class": the moment and the layout that it was saved with for a class; its experiment is the settings.
    std::optional<SessionState> forClass = {};
};
[[nodiscard]] Result<ExperimentFile> readExperimentFile(const QByteArray& text, const QString& fileName);
/// The same without what it says of a class.
[[nodiscard]] Result<Settings> readExperiment(const QByteArray& text, const QString& fileName);

/// The experiment with what it leaves to a default written out: standardize by its source, alpha by its activation,
/// and the output by the task, which is needed for the user's own data only. Alpha stays open where an intervention
/// changes the activation, because each activation then has its own.
[[nodiscard]] Settings resolved(Settings settings, std::optional<Task> task);

/// The experiment as a JSON text with every key; `indent` goes before each line but the first. `forClass`: null for an
/// experiment alone.
[[nodiscard]] std::string experimentJson(const Settings& settings, const std::string& indent = {},
                                         const SessionState* forClass = nullptr);

/// The experiment with its file names, so far relative to `from`, made relative to `to`. Empty: the current folder.
[[nodiscard]] Settings rebased(Settings settings, const QString& from, const QString& to);

} // namespace flatline
