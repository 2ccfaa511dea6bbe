#pragma once

#include "ui/fields/frame.h"
#include "ui/theme/theme.h"

#include <QString>

#include <vector>

namespace flatline {

/// The frame's inspection where it is of this neuron and this run; null otherwise.
[[nodiscard]] const Inspection* inspectionOf(const Frame& frame, NeuronId id);

/// What the strip of vital signs shows, ready to be painted.
struct VitalSigns {
    struct Stretch { ///< of steps on which the neuron was dead; both ends may lie outside what is shown
        std::int64_t from = 0;
        std::int64_t to = 0;
        bool operator==(const Stretch&) const = default;
    };
    struct Flag { ///< something that happened
        std::int64_t step = 0;
        QString text;
        QColor Theme::*ink = &Theme::text;
        bool filled = false; ///< a death, a revival
    };
    std::vector<Beat> beats;
    std::int64_t first = 0; ///< the steps shown
    std::int64_t last = 0;
    std::vector<Stretch> dead;
    std::vector<Flag> flags;
    QString stillness; ///< what a dead stretch means
};
[[nodiscard]] VitalSigns vitalSigns(const Frame& frame, NeuronId id);

/// "steps 150–260 of 900"
[[nodiscard]] QString stretchText(const VitalSigns& signs, std::int64_t now);

} // namespace flatline
