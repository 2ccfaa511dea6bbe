#pragma once

#include <QString>
#include <QStringList>

namespace flatline {

/// Whose quotes a command line needs.
enum class Shell {
    Posix,  ///< sh, bash, zsh, fish: single quotes; every word arrives as it is
    Windows ///< cmd and PowerShell: double quotes. Neither takes every character in them: % (cmd), $ and ` (PowerShell)
            ///< keep their meaning there
};
/// The one of this system.
[[nodiscard]] Shell usualShell();

/// The words as a line to be pasted into a shell; only what needs quotes has them.
[[nodiscard]] QString shellText(const QStringList& words, Shell shell);

} // namespace flatline
