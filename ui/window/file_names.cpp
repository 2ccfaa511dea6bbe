#include "ui/window/file_names.h"

#include "ui/theme/theme.h"

#include <QCoreApplication>

namespace flatline {

namespace {
constexpr qsizetype longestName = 60; ///< with seed, step and a suffix well below what any file system takes
}

QString safeFileName(const QString& name) {
    QString safe;
    for (const QChar letter : name.toLower().normalized(QString::NormalizationForm_KD)) {
        if (letter.isLetterOrNumber())
            safe += letter;
        else if (!letter.isMark() && !safe.isEmpty() && !safe.endsWith(QLatin1Char('-')))
            safe += QLatin1Char('-');
    }
    safe.truncate(longestName);
    while (safe.endsWith(QLatin1Char('-')))
        safe.chop(1);
    return safe.isEmpty() ? QStringLiteral("experiment") : safe;
}

QString suggestedFileName(const Snapshot& snapshot, const QString& what, const QString& suffix) {
    // No group separators and no true minus: this is a file's name, not a text.
    QString name = QStringLiteral("%1-seed%2-step%3")
                       .arg(safeFileName(QString::fromStdString(snapshot.settings.name)))
                       .arg(snapshot.settings.seed)
                       .arg(snapshot.now.step);
    if (!what.isEmpty())
        name += QLatin1Char('-') + safeFileName(what);
    return name + QLatin1Char('.') + suffix;
}

QString runTitle(const Snapshot& snapshot) {
    return QCoreApplication::translate("files", "%1 · seed %2 · step %3")
        .arg(QString::fromStdString(snapshot.settings.name))
        .arg(snapshot.settings.seed)
        .arg(countText(qint64{snapshot.now.step}));
}

} // namespace flatline
