#include "core/training/optimizer.h"

#include "core/base/result.h"

#include <Eigen/Core>

#include <array>

namespace flatline {
namespace {

using Values = Eigen::Map<const Eigen::ArrayXf>;
using Target = Eigen::Map<Eigen::ArrayXf>;

/// PyTorch's SGD (dampening 0, no Nesterov), decay coupled; lambda is that of the block's kind:
///   g = gradient + lambda p,   v = mu v + g,   p = p - eta v       (mu = 0: p = p - eta g, and no memory is
///   kept)
void updateSgd(const TrainingSettings& settings, const Layout& layout, std::span<const float> parameters,
               std::span<const float> gradient, OptimizerState& state, std::span<float> next) {
    const auto rate = static_cast<float>(settings.learningRate);
    const auto momentum = static_cast<float>(settings.momentum);
    if (momentum == 0.0F)
        state.velocity.clear();
    else
        state.velocity.resize(layout.size(), 0.0F);
    for (const Block& block : layout.blocks()) {
        const auto size = static_cast<Eigen::Index>(block.size());
        const auto decay =
            static_cast<float>(block.kind == BlockKind::Bias ? settings.biasDecay : settings.weightDecay);
        const Values p(parameters.data() + block.offset, size);
        const Values g(gradient.data() + block.offset, size);
        Target out(next.data() + block.offset, size);
        if (momentum == 0.0F) {
            out = p - rate * (g + decay * p);
            continue;
        }
        Target v(state.velocity.data() + block.offset, size);
        v = momentum * v + (g + decay * p);
        out = p - rate * v;
    }
}

const std::array table{
    OptimizerRow{"sgd", FLATLINE_TEXT("SGD"), "v ← μ v + ∇L + λ p,  p ← p − η v", updateSgd},
};

} // namespace

std::span<const OptimizerRow> optimizerTable() {
    return table;
}

const OptimizerRow* findOptimizer(std::string_view id) {
    for (const OptimizerRow& row : table)
        if (id == row.id)
            return &row;
    return nullptr;
}

} // namespace flatline
