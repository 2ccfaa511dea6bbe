#pragma once

#include "core/kernels/kernels.h"
#include "core/training/optimizer.h"

#include <optional>
#include <span>
#include <vector>

namespace flatline {

/// An optimizer's step on the machine's kernels: what OptimizerRow::update does, with rounding of its own, prepared
/// once for a layout and settings. Nothing is allocated but at the first step with a state that has not its size yet.
/// Const calls may run on several threads at once.
class OptimizerStep {
public:
    /// Does nothing until another is assigned.
    OptimizerStep() = default;
    OptimizerStep(const TrainingSettings& settings, const Layout& layout,
                  const kernels::Kernels& kernels = kernels::chosen());

    /// `next` becomes the new parameters and `after` what the optimizer remembers then; blocks that are not learnt
    /// stay. What is read is left alone, so that a step that diverges is undone by not taking it: the caller swaps
    /// next with parameters, and after with before. None of the two are the same object.
    /// Returns whether all parameters that are learnt are finite.
    bool operator()(std::span<const float> parameters, std::span<const float> gradient, const OptimizerState& before,
                    OptimizerState& after, std::span<float> next) const;

    /// What such a step, from `before`, left in the optimizer of some pieces of blocks that are learnt, bit by bit:
    /// `after` has it there, and holds anything elsewhere, as `before` may; likewise memories that the rule leaves
    /// alone. `scratch` is left with anything.
    void remember(std::span<const Block> pieces, std::span<const float> parameters, std::span<const float> gradient,
                  const OptimizerState& before, OptimizerState& after, std::vector<float>& scratch) const;

    /// The same rule, where it is plain gradient descent, for BatchEngine::descend; `before` and `after` would have to
    /// be empty, and to keep their steps.
    [[nodiscard]] std::optional<kernels::Descent> descent() const;

private:
    struct Run { ///< of parameters that lie next to each other
        std::size_t offset = 0;
        std::size_t count = 0;
        kernels::UpdateFigures figures;
    };
    static void leave(KernelRule::Memory use, const std::vector<float>& before, std::vector<float>& after);
    [[nodiscard]] bool updateRuns(kernels::Update& update) const;
    [[nodiscard]] bool countAndUpdateRuns(kernels::Update& update, std::int64_t& steps) const;
    [[nodiscard]] const float* prepare(const std::vector<float>& before, std::vector<float>& after) const;

    TrainingSettings m_settings;
    const OptimizerRow* m_row = nullptr;
    KernelRule m_rule;
    kernels::UpdateFunction m_update = nullptr;
    std::vector<Run> m_learnt; ///< of one decay each
    std::vector<Run> m_others;
    std::vector<float> m_zeros; ///< one a parameter
};

} // namespace flatline
