#pragma once

#include <QStringList>

namespace flatline {

constexpr int mostRecentFiles = 10;

/// Files that were opened or saved last, newest first, as absolute paths, whether or not they are still there. They are
/// kept in the user's QSettings.
[[nodiscard]] QStringList recentFiles();
void rememberRecentFile(const QString& path);
void forgetRecentFiles();

} // namespace flatline
