#pragma once

#include "core/settings/intervention.h"

#include <cstdint>
#include <string>

namespace flatline {

/// Something done by hand that can be taken back, or done again: what a menu says of it.
struct EditNote {
    enum class Kind {
        Setting,      ///< a live setting: path, before, after. Undo sets it back as of now
        Kick,         ///< these four: undo goes back to the moment before
        Warming,      //
        ResetNeurons, //
        Edit,         ///< of parameters
        Resume,       ///< the run went on from `step`. Undo brings the abandoned run back
        Restart, ///< with other data, layers, seed: undo brings the run back. path, before, after if it was one key
        Reset,   ///< to step 0
        Open     ///< another experiment: `name`
    };
    Kind kind = Kind::Setting;
    std::int64_t step = 0; ///< at which it was done; Resume: from which the run goes on
    std::string path = {}; ///< a setting's key
    SettingValue before = {};
    SettingValue after = {};
    std::string name = {};
    bool operator==(const EditNote&) const = default;
};

} // namespace flatline
