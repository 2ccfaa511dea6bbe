#include "ui/window/speed.h"

#include "ui/theme/theme.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace flatline {

namespace {
constexpr double fastest = 10000.0;
}

double speedAt(int position) {
    if (position >= speedPositions)
        return 0.0;
    const double share = std::clamp(static_cast<double>(position) / (speedPositions - 1), 0.0, 1.0);
    const double speed = std::pow(fastest, share);
    const double scale = std::pow(10.0, 1.0 - std::floor(std::log10(speed)));
    return speed < 10.0 ? std::round(speed) : std::round(speed * scale) / scale;
}

int speedPosition(double stepsPerSecond) {
    if (stepsPerSecond <= 0.0)
        return speedPositions;
    const double share = std::log(stepsPerSecond) / std::log(fastest);
    return std::clamp(static_cast<int>(std::lround(share * (speedPositions - 1))), 0, speedPositions - 1);
}

QString speedText(double stepsPerSecond) {
    if (stepsPerSecond <= 0.0)
        return QCoreApplication::translate("speed", "full speed");
    return QCoreApplication::translate("speed", "%1 /s").arg(countText(static_cast<qint64>(stepsPerSecond)));
}

} // namespace flatline
