#include "ui/window/recent_files.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>

namespace flatline {

namespace {
constexpr auto recentKey = "files/recent";
}

QStringList recentFiles() {
    return QSettings().value(QLatin1String(recentKey)).toStringList().mid(0, mostRecentFiles);
}

void rememberRecentFile(const QString& path) {
    const QString whole = QDir::cleanPath(QFileInfo(path).absoluteFilePath());
    QStringList files = recentFiles();
    files.removeAll(whole);
    files.prepend(whole);
    QSettings().setValue(QLatin1String(recentKey), files.mid(0, mostRecentFiles));
}

void forgetRecentFiles() {
    QSettings().remove(QLatin1String(recentKey));
}

} // namespace flatline
