#pragma once

#include "ui/window/session.h"

#include <QByteArray>

namespace flatline {

/// A session as JSON, its experiment complete and with file names relative to `folder`.
[[nodiscard]] QByteArray sessionJson(const SessionState& session, const QString& folder);

/// The other way round; file names come back relative to the current folder. The error says what is wrong in the file
/// of that name. What is missing has its default, but for the experiment and the step.
[[nodiscard]] Result<SessionState> readSession(const QByteArray& text, const QString& fileName, const QString& folder);

} // namespace flatline
