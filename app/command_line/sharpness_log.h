#pragma once

#include "core/export/sharpness_file.h"
#include "core/training/recorder.h"

#include <vector>

namespace flatline {

/// The sharpness at each row of a run's trace. It needs the parameters of that moment, so it looks while the run goes
/// on.
class SharpnessLog {
public:
    /// Adds the newest row of the trace, where that is of the step reached and not there yet.
    void look(const Recorder& recorder);
    [[nodiscard]] const std::vector<SharpnessRow>& rows() const { return m_rows; }

private:
    std::vector<SharpnessRow> m_rows;
};

} // namespace flatline
