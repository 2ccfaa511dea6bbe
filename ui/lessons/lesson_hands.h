#pragma once

#include "core/lessons/lesson.h"
#include "core/training/worker.h"

#include <functional>
#include <optional>

namespace flatline {

/// What a lesson can do to the lab, and what it has to know of it. All are called on the UI thread.
struct LessonHands {
    std::function<void(Command)> post;
    std::function<void(const Action&)> act; ///< a kick, a warming, a reset: at once, as if by hand
    /// Settings together, as a control would wish them: live, or by starting the run anew.
    std::function<Result<void>(const std::vector<SettingChange>&)> change;
    std::function<std::optional<ThermalKick>()> kick; ///< as the controls stand; nothing where it would do nothing
    std::function<BiasWarming()> warming;             ///< as the controls stand
    std::function<double()> speed;                    ///< as the user sees it, in steps a second; 0: full
    /// Whether the newest frame knows of everything that was posted and done.
    std::function<bool()> settled;
    /// A built-in experiment, or a file beside the lesson's, with changes; `line` is where the lesson names it.
    std::function<Result<Settings>(const Lesson& lesson, const std::string& name,
                                   const std::vector<TextChange>& changes, int line)>
        openExperiment;
};

} // namespace flatline
