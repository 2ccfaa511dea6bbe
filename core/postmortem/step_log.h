#pragma once

#include "core/base/aligned_floats.h"
#include "core/network/bias_shift.h"
#include "core/network/layout.h"
#include "core/settings/settings.h"
#include "core/training/optimizer.h"

#include <cstdint>
#include <span>
#include <vector>

namespace flatline {

/// Which step it was.
struct StepNote {
    std::int64_t step = 0; ///< its number, from 1
    std::int64_t epoch = 0;
    int batch = 0; ///< of that epoch, from 1
};

/// How a step came about.
struct StepKind {
    bool byGradientAlone = false; ///< movesByGradientAlone
    bool onKernels = false;       ///< OptimizerStep made it, and can tell again what it left in the optimizer
};

/// One training step, with what is needed to say later what it was made of.
struct LoggedStep {
    StepNote note;
    BiasShift biasShift; ///< before it
    LineVector before;
    StepKind kind;
    LineVector gradient;   ///< of one by the gradient alone: anything
    bool hasState = false; ///< else it is what the step before, on kernels, made of its own (OptimizerStep)
    OptimizerState state;  ///< before it; of one by the gradient alone, too: anything
};

/// The last training steps, as a flight recorder keeps them. A step costs no copy: it leaves its vectors here and gets
/// others of that size; the memory is taken once and used again.
class StepLog {
public:
    /// Forgets all steps; from now on they have that many parameters.
    void clear(std::size_t parameters);
    /// Takes `before`, and unless the move was the gradient's alone also `gradient`, and where it cannot be told from
    /// the step before, `state`, the optimizer's before the step. What is taken holds anything then, but where the
    /// gradient is never written, what it held there: 0.
    void record(const StepNote& note, const BiasShift& biasShift, LineVector& before, StepKind kind,
                LineVector& gradient, OptimizerState& state);
    /// The step recorded last, even if it is forgotten since. Until anything else than `forget` is done.
    [[nodiscard]] const LoggedStep& last() const { return m_steps[m_last]; }

    [[nodiscard]] bool full() const { return m_size == m_capacity; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] const LoggedStep& operator[](std::size_t index) const { return m_steps[index]; } ///< oldest first
    /// Whether a step has no state that is not the gradient's alone.
    [[nodiscard]] bool leavesStatesOut() const { return m_leavesOut; }
    void forget() { m_size = 0; }
    /// The same, and gives its memory back.
    void release();

private:
    std::vector<LoggedStep> m_steps;
    std::size_t m_size = 0;
    std::size_t m_last = 0;
    std::size_t m_parameters = 0;
    std::size_t m_capacity = 1;
    bool m_leavesOut = false;
};

} // namespace flatline
