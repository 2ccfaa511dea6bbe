#pragma once

#include <QStringList>

namespace flatline {

/// `flatline list [KIND]`: the words after "list". Returns the exit code.
int listCommand(const QStringList& words);

} // namespace flatline
