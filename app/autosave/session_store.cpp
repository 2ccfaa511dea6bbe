#include "app/autosave/session_store.h"

#include "app/autosave/session_text.h"
#include "app/files/files.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

namespace flatline {
namespace {

constexpr int mostWindows = 32;
constexpr int mostAttempts =
    2; ///< a session that cut the program off so often while it was restored is not tried again
constexpr qint64 largestFile = 16 << 20;

QString tr(const char* text) {
    return QCoreApplication::translate("sessions", text);
}

QString nameOf(int window, const char* suffix) {
    const QString number = window == 1 ? QString() : QStringLiteral("-%1").arg(window);
    return QStringLiteral("session%1.%2").arg(number, QLatin1String(suffix));
}

} // namespace

SessionStore::SessionStore(QString path, std::unique_ptr<QLockFile> lock)
    : m_path(std::move(path))
    , m_lock(std::move(lock)) {}

QString SessionStore::usualFolder() {
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
}

Result<SessionStore> SessionStore::open(const QString& folder) {
    const QDir place(folder);
    if (folder.isEmpty() || !place.mkpath(QStringLiteral(".")))
        return fileError(folder, FLATLINE_TEXT("this folder cannot be made"));
    for (int window = 1; window <= mostWindows; ++window) {
        auto lock = std::make_unique<QLockFile>(place.filePath(nameOf(window, "lock")));
        lock->setStaleLockTime(0); // however old: a lab may stay open for days
        if (lock->tryLock(0))
            return SessionStore(place.filePath(nameOf(window, "json")), std::move(lock));
        if (lock->error() != QLockFile::LockFailedError)
            return fileError(folder, FLATLINE_TEXT("nothing may be written into this folder"));
    }
    return fileError(folder, FLATLINE_TEXT("too many windows are open for all of their sessions to be kept"));
}

FoundSession SessionStore::load() const {
    if (!QFileInfo::exists(m_path))
        return {};
    const auto text = readFile(m_path, largestFile);
    if (!text)
        return {{}, tr("The last session cannot be read: %1").arg(QString::fromStdString(text.error().english()))};
    const QFileInfo file(m_path);
    auto session = readSession(text.value(), file.fileName(), file.absolutePath());
    if (!session)
        return setAside(QString::fromStdString(session.error().message.english()));
    if (!session.value().ended && session.value().attempts >= mostAttempts)
        return setAside(tr("it cut the program off twice while it was being restored"));
    return {std::move(session).value(), {}};
}

FoundSession SessionStore::setAside(const QString& why) const {
    const QFileInfo file(m_path);
    const QString stamp = QDateTime::currentDateTime().toString(QStringLiteral("yyyyMMdd-HHmmss-zzz"));
    const QString aside = file.dir().filePath(QStringLiteral("%1-broken-%2.json").arg(file.completeBaseName(), stamp));
    if (!QFile::rename(m_path, aside))
        return {{}, tr("The last session cannot be used: %1").arg(why)};
    return {{},
            tr("The last session cannot be used: %1. It was moved to %2.").arg(why, QDir::toNativeSeparators(aside))};
}

Result<void> SessionStore::save(const SessionState& session) const {
    return writeFile(m_path, sessionJson(session, QFileInfo(m_path).absolutePath()));
}

void SessionStore::forget() const {
    QFile::remove(m_path);
}

} // namespace flatline
