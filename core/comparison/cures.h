#pragma once

#include "core/settings/settings.h"

#include <span>
#include <string_view>
#include <vector>

namespace flatline {

/// How strong the cures are that have a strength.
struct CureDoses {
    ThermalKick kick; ///< aimed at the dead, whatever its target says
    BiasWarming warming;
    double biasDecay = 0.001; ///< what is switched on where there is none; what the window's switch turns on
    bool operator==(const CureDoses&) const = default;
};

/// Where a cure sets in.
enum class CureStart {
    Fork,      ///< at the step at which the run is dying; the weights stay
    Beginning, ///< it is another network: the run starts anew from the same seed
};

/// Something that may bring dead neurons back. The leaderboard and the tests iterate the table.
struct CureRow {
    const char* id = nullptr;    ///< as files have it: "lower-rate"
    const char* label = nullptr; ///< translatable
    const char* note = nullptr;  ///< translatable: what is done, and why it may help
    CureStart start = CureStart::Fork;
    /// What is done, all at once. Beginning: changes of settings alone. Empty: the row with which all are compared.
    std::vector<Action> (*actions)(const Settings& now, const CureDoses& doses) = nullptr;
    /// Null, or what it is called under these settings, where that says more.
    const char* (*labelFor)(const Settings& now) = nullptr;

    [[nodiscard]] const char* labelUnder(const Settings& now) const {
        return labelFor != nullptr ? labelFor(now) : label;
    }
};
[[nodiscard]] std::span<const CureRow> cureTable(); ///< the first one does nothing
[[nodiscard]] const CureRow* findCure(std::string_view id);

/// Whether the cure would change nothing, since these settings have it already.
[[nodiscard]] bool inForce(const CureRow& cure, const Settings& now, const CureDoses& doses);

} // namespace flatline
