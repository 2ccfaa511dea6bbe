#pragma once

#include "core/kernels/updates.h"
#include "core/network/layout.h"
#include "core/settings/settings.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace flatline {

/// What an optimizer remembers from step to step. Empty: nothing yet.
struct OptimizerState {
    std::vector<float> first;  ///< momentum's velocity, Adam's mean of the gradients
    std::vector<float> second; ///< Adam's and RMSprop's mean of their squares
    std::int64_t steps = 0;    ///< Adam's t
    /// Nothing is left of what was remembered of that parameter; Adam's t is all parameters' and stays.
    void forget(std::size_t parameter) {
        if (!first.empty())
            first[parameter] = 0.0F;
        if (!second.empty())
            second[parameter] = 0.0F;
    }
    /// Nothing is remembered of any gradient.
    [[nodiscard]] bool empty() const { return first.empty() && second.empty(); }
    bool operator==(const OptimizerState&) const = default;
};

/// A step's move of each parameter, in parts: move = gradient + memory + decay, decay being the rest. One entry a
/// parameter; those that were not asked about hold anything.
struct MoveParts {
    std::vector<float> gradient; ///< what the present gradient did
    std::vector<float> memory;   ///< what was left of earlier ones; empty: nothing
};

/// How the kernels do an update rule under some settings.
struct KernelRule {
    enum class Memory {
        Used,
        Dropped, ///< becomes empty
        Kept     ///< another rule's: stays as it is
    };
    kernels::UpdateFunction kernels::UpdateKernels::*function = nullptr;
    Memory first = Memory::Kept;
    Memory second = Memory::Kept;
};

/// One update rule. Parameters, gradient and next have one entry a parameter.
struct OptimizerRow {
    const char* id;    ///< the contract's name
    const char* label; ///< translatable
    const char* formula;
    bool hasMomentum; ///< whether training.momentum means something to it
    /// `next` becomes the new parameters. Blocks that are not learnt stay.
    void (*update)(const TrainingSettings& settings, const Layout& layout, std::span<const float> parameters,
                   std::span<const float> gradient, OptimizerState& state, std::span<float> next);
    /// What that step was made of, in those blocks or pieces of blocks; `state` is the one that update left, parameters
    /// those before it.
    void (*explain)(const TrainingSettings& settings, std::span<const Block> pieces, std::span<const float> parameters,
                    std::span<const float> gradient, const OptimizerState& state, MoveParts& parts);
    KernelRule (*kernelRule)(const TrainingSettings& settings);
    /// For blocks whose decay is lambda.
    kernels::UpdateFigures (*figures)(const TrainingSettings& settings, double lambda);
    /// Null, or sets what changes with the number of steps, the one under way included.
    void (*countStep)(const TrainingSettings& settings, std::int64_t steps, kernels::UpdateFigures& figures);
};
[[nodiscard]] std::span<const OptimizerRow> optimizerTable();
[[nodiscard]] const OptimizerRow* findOptimizer(std::string_view id);

/// lambda for the block's kind: no decay on learnt slopes and batch norm.
[[nodiscard]] double decayOf(const TrainingSettings& settings, BlockKind kind);

/// Without decay and memory of earlier gradients a step's whole move is its gradient's doing: nothing to explain.
[[nodiscard]] bool movesByGradientAlone(const TrainingSettings& settings);

} // namespace flatline
