#pragma once

#include "core/training/snapshot.h"

#include <QString>

namespace flatline {

/// "kick at step 600", "learning rate 0.03 → 0.3": what was done, as it follows Undo and Redo.
[[nodiscard]] QString editText(const EditNote& note);
/// "Stopped at step 203: L1·4 died."
[[nodiscard]] QString stoppedText(const Stopped& stopped);
/// "next death, loss under 0.1"; empty: nothing stops the run.
[[nodiscard]] QString stopConditionText(const StopCondition& condition);

} // namespace flatline
