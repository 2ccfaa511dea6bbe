#pragma once

#include "ui/window/session.h"

#include <QLockFile>
#include <QString>

#include <memory>

namespace flatline {

/// The file in which a window's session is kept, and the lock that keeps other windows of the program off it: the first
/// window has session.json, a second one at the same time session-2.json, and so on. A lock left by a program that is
/// no longer there does not count.
class SessionStore {
public:
    /// Takes the first free place in the folder, which is made where it is missing. Errors: File.
    [[nodiscard]] static Result<SessionStore> open(const QString& folder);

    /// What was kept there. What cannot be used is moved aside, so that it neither stands in the way nor is lost; that
    /// is what `trouble` says.
    [[nodiscard]] FoundSession load() const;
    /// Wholly or not at all. Errors: File.
    [[nodiscard]] Result<void> save(const SessionState& session) const;
    void forget() const;

    [[nodiscard]] QString path() const { return m_path; }
    /// Where the user's sessions are.
    [[nodiscard]] static QString usualFolder();

private:
    SessionStore(QString path, std::unique_ptr<QLockFile> lock);
    [[nodiscard]] FoundSession setAside(const QString& why) const;

    QString m_path;
    std::unique_ptr<QLockFile> m_lock;
};

} // namespace flatline
