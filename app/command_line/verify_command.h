#pragma once

#include <QStringList>

namespace flatline {

/// `flatline verify`: the words after "verify". Returns the exit code; 1: a claim did not hold.
int verifyCommand(const QStringList& words);

} // namespace flatline
