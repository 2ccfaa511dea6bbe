#pragma once

#include "ui/fields/frame.h"
#include "ui/fields/landscape_show.h"
#include "ui/fields/loss_scale.h"

namespace flatline {

/// What all ways to draw the landscape draw.
struct LandscapeState {
    Frame frame;
    LandscapeView wish;
    LossScale scale;
    LandscapeShow show = {};

    /// There is a surface, and it is of this run.
    [[nodiscard]] bool canShow() const {
        return frame.snapshot != nullptr && frame.surface != nullptr && frame.surface->side >= 2 &&
               frame.surface->run == frame.snapshot->run;
    }
};

} // namespace flatline
