#pragma once

#include <QStringList>

namespace flatline {

/// `flatline sweep`: the words after "sweep". Returns the exit code.
int sweepCommand(const QStringList& words);

} // namespace flatline
