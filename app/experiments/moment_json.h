#pragma once

#include "core/base/result.h"
#include "ui/window/session.h"

#include <QJsonValue>

#include <span>
#include <string>

namespace flatline {

/// One key of a moment: of "class" in an experiment file, and of a window's session. A moment that leaves it out has
/// its default.
struct MomentKey {
    const char* name;
    std::string (*json)(const SessionState&);
    bool (*read)(SessionState&, const QJsonValue&); ///< false: the value is none of this key
    const char* wanted;                             ///< what it takes: FLATLINE_TEXT
};
[[nodiscard]] std::span<const MomentKey> momentKeys();

/// The error of a value that the key does not take; `place` goes before its name ("class.").
[[nodiscard]] Error momentError(const MomentKey& key, const std::string& place, const QJsonValue& json);

/// The keys as a JSON object, a line each; `indent` goes before each line but the first.
[[nodiscard]] std::string classJson(const SessionState& moment, const std::string& indent);
/// The other way round, into a moment whose experiment is set elsewhere. Errors name the key as "class.KEY".
[[nodiscard]] Result<SessionState> readClass(const QJsonValue& json);

} // namespace flatline
