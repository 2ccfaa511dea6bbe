#include "ui/fields/landscape_show.h"

#include <QSettings>
#include <QString>
#include <QtGlobal>

#include <array>

namespace flatline {
namespace {

constexpr std::array ways{
    LandscapeWayRow{LandscapeWay::Flat, "flat", QT_TRANSLATE_NOOP("landscape", "Flat"),
                    QT_TRANSLATE_NOOP("landscape", "The loss over the plane, as a map")},
    LandscapeWayRow{LandscapeWay::Solid, "solid", QT_TRANSLATE_NOOP("landscape", "Solid"),
                    QT_TRANSLATE_NOOP("landscape",
                                      "The same loss as a hill: drag or arrow keys turn it, the wheel or + "
                                      "and − zoom, 0 resets the view")},
    LandscapeWayRow{LandscapeWay::Line, "line", QT_TRANSLATE_NOOP("landscape", "Line"),
                    QT_TRANSLATE_NOOP("landscape", "A cut through the ball: the loss along one of the two directions")},
};

constexpr std::array rows{
    LandscapeShowRow{&LandscapeShow::contours, "contours", QT_TRANSLATE_NOOP("landscape", "Contours"),
                     QT_TRANSLATE_NOOP("landscape", "Lines of equal loss; the dashed one is the loss of pure guessing, "
                                                    "ln C for C classes")},
    LandscapeShowRow{&LandscapeShow::deadRegion, "dead", QT_TRANSLATE_NOOP("landscape", "Dead region"),
                     QT_TRANSLATE_NOOP("landscape",
                                       "Hatched: where the selected neuron is dead on all training samples. "
                                       "None is selected: the more neurons are dead, the stronger")},
    LandscapeShowRow{&LandscapeShow::path, "path", QT_TRANSLATE_NOOP("landscape", "Path"),
                     QT_TRANSLATE_NOOP("landscape", "The way the run came, as the plane sees it")},
    LandscapeShowRow{&LandscapeShow::logHeight, "log-height", QT_TRANSLATE_NOOP("landscape", "Log height"),
                     QT_TRANSLATE_NOOP("landscape", "The solid's height is log₁₀ of the loss instead of the loss")},
};

QString key(const char* id) {
    return QStringLiteral("landscape/") + QLatin1String(id);
}

} // namespace

std::span<const LandscapeWayRow> landscapeWays() {
    return ways;
}

std::span<const LandscapeShowRow> landscapeShowRows() {
    return rows;
}

LandscapeShow rememberedLandscape() {
    const QSettings settings;
    LandscapeShow show;
    const QString way = settings.value(key("way")).toString();
    for (const LandscapeWayRow& row : ways)
        if (way == QLatin1String(row.id))
            show.way = row.way;
    for (const LandscapeShowRow& row : rows)
        show.*row.member = settings.value(key(row.id), show.*row.member).toBool();
    return show;
}

void rememberLandscape(const LandscapeShow& show) {
    QSettings settings;
    settings.setValue(key("way"), QLatin1String(ways[static_cast<std::size_t>(show.way)].id));
    for (const LandscapeShowRow& row : rows)
        settings.setValue(key(row.id), show.*row.member);
}

} // namespace flatline
