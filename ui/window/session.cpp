#include "ui/window/session.h"

#include <QSettings>

namespace flatline {

namespace {
constexpr auto wantedKey = "session/restore";
}

bool sessionsWanted() {
    return QSettings().value(QLatin1String(wantedKey), true).toBool();
}

void setSessionsWanted(bool wanted) {
    QSettings().setValue(QLatin1String(wantedKey), wanted);
}

} // namespace flatline
