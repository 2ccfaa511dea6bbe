#pragma once

#include <span>

namespace flatline {

/// How a landscape is drawn, all from the same surface.
enum class LandscapeWay { Flat, Solid, Line };

/// One way: a row. The switch in the card's head lists them.
struct LandscapeWayRow {
    LandscapeWay way;
    const char* id;    ///< what the settings remember
    const char* label; ///< translatable, context "landscape"
    const char* help;  ///< translatable
};
[[nodiscard]] std::span<const LandscapeWayRow> landscapeWays(); ///< in the enum's order

/// What the user chose to see.
struct LandscapeShow {
    LandscapeWay way = LandscapeWay::Flat; ///< all of the picture at one glance
    bool contours = true;
    bool deadRegion = true;
    bool path = true;
    bool logHeight = false; ///< a plateau's height above the valley can be read off only where it is linear
    bool operator==(const LandscapeShow&) const = default;
};

/// One thing that can be shown or not: a row. The switches, the settings and the tests list them.
struct LandscapeShowRow {
    bool LandscapeShow::*member;
    const char* id;
    const char* label; ///< translatable, context "landscape"
    const char* help;  ///< translatable
};
[[nodiscard]] std::span<const LandscapeShowRow> landscapeShowRows();

/// From and to the user's settings (QSettings); what is not there, or no such word, is the default.
[[nodiscard]] LandscapeShow rememberedLandscape();
void rememberLandscape(const LandscapeShow& show);

} // namespace flatline
