#pragma once

#include "core/settings/settings.h"

#include <QString>
#include <QStringList>

#include <cstdint>

namespace flatline {

/// The command line, word by word, that trains the same run up to that step: "flatline", "run", an experiment, what
/// differs from it as --set and --seed, "--steps", the step. The experiment is `source` (a file or a built-in one's id;
/// empty: none), or the built-in one of which the least differs. Exact: reading it again gives the same settings, and
/// the same interventions up to that step. Empty where no words can say it: what was done by hand stands in no
/// experiment yet.
[[nodiscard]] QStringList repeatingWords(const Settings& experiment, std::int64_t step, const QString& source);

} // namespace flatline
