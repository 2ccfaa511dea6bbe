#pragma once

#include <QStringList>

namespace flatline {

/// `flatline run`: the words after "run". Returns the exit code. Where a screenshot is wanted, the application is a
/// QApplication on a platform without a display.
int runCommand(const QStringList& words);

} // namespace flatline
