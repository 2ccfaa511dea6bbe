#include "core/training/optimizer.h"

#include "core/base/result.h"

#include <Eigen/Core>

#include <algorithm>
#include <array>
#include <cmath>

namespace flatline {
namespace {

using Array = Eigen::ArrayXf;
using Values = Eigen::Map<const Array>;
using Target = Eigen::Map<Array>;

Values part(std::span<const float> values, const Block& block) {
    return {values.data() + block.offset, static_cast<Eigen::Index>(block.size())};
}
Target part(std::span<float> values, const Block& block) {
    return {values.data() + block.offset, static_cast<Eigen::Index>(block.size())};
}

// A memory that fades for ever becomes a denormal number, with which the machine is a hundred times slower, long after
// its last effect: a step of that size is far below the rounding of any parameter.
constexpr float forgotten = 1e-30F;
template <class Expression>
auto remembered(const Expression& memory) {
    return (memory.abs() < forgotten).select(0.0F, memory);
}

void keepOthers(const Layout& layout, std::span<const float> parameters, std::span<float> next) {
    for (const Block& block : layout.blocks())
        if (!isLearnt(block.kind))
            part(next, block) = part(parameters, block);
}

/// PyTorch's SGD (dampening 0, no Nesterov), decay coupled; lambda is that of the block's kind:
///   g = gradient + lambda p,   v = mu v + g,   p = p - eta v       (mu = 0: p = p - eta g, and no memory is
///   kept)
void updateSgd(const TrainingSettings& settings, const Layout& layout, std::span<const float> parameters,
               std::span<const float> gradient, OptimizerState& state, std::span<float> next) {
    const auto rate = static_cast<float>(settings.learningRate);
    const auto momentum = static_cast<float>(settings.momentum);
    if (momentum == 0.0F)
        state.first.clear();
    else
        state.first.resize(layout.size(), 0.0F);
    for (const Block& block : layout.blocks()) {
        if (!isLearnt(block.kind))
            continue;
        const auto decay = static_cast<float>(decayOf(settings, block.kind));
        const Values p = part(parameters, block);
        const Values g = part(gradient, block);
        Target out = part(next, block);
        if (momentum == 0.0F) {
            out = p - rate * (g + decay * p);
            continue;
        }
        Target v = part(std::span<float>(state.first), block);
        v = momentum * v + (g + decay * p);
        v = remembered(v).eval();
        out = p - rate * v;
    }
    keepOthers(layout, parameters, next);
}

KernelRule kernelSgd(const TrainingSettings& settings) {
    if (static_cast<float>(settings.momentum) == 0.0F)
        return {&kernels::UpdateKernels::sgd, KernelRule::Memory::Dropped, KernelRule::Memory::Kept};
    return {&kernels::UpdateKernels::momentum, KernelRule::Memory::Used, KernelRule::Memory::Kept};
}

kernels::UpdateFigures figuresSgd(const TrainingSettings& settings, double lambda) {
    return {.rate = static_cast<float>(settings.learningRate),
            .decay = static_cast<float>(lambda),
            .keepFirst = static_cast<float>(settings.momentum),
            .forgotten = forgotten};
}

/// -eta gradient, and -eta (v - gradient - lambda p)
void explainSgd(const TrainingSettings& settings, std::span<const Block> pieces, std::span<const float> parameters,
                std::span<const float> gradient, const OptimizerState& state, MoveParts& parts) {
    const auto rate = static_cast<float>(settings.learningRate);
    parts.gradient.resize(gradient.size());
    for (const Block& block : pieces)
        part(std::span<float>(parts.gradient), block) = -rate * part(gradient, block);
    if (state.first.empty()) {
        parts.memory.clear();
        return;
    }
    parts.memory.resize(gradient.size(), 0.0F);
    for (const Block& block : pieces) {
        const auto decay = static_cast<float>(decayOf(settings, block.kind));
        if (isLearnt(block.kind))
            part(std::span<float>(parts.memory), block) =
                -rate * (part(std::span<const float>(state.first), block) -
                         (part(gradient, block) + decay * part(parameters, block)));
    }
}

/// Adam with decoupled decay (Loshchilov and Hutter 2019), PyTorch's AdamW with its defaults:
///   p = p - eta lambda p,   m = b1 m + (1 - b1) g,   v = b2 v + (1 - b2) g^2,
///   p = p - eta m / (1 - b1^t) / (sqrt(v / (1 - b2^t)) + epsilon)
constexpr double beta1 = 0.9;
constexpr double beta2 = 0.999;
constexpr float epsilon = 1e-8F;

/// 1 - b^t, exactly 1 where b^t is below its rounding
double warmedUp(double beta, double steps) {
    return steps * (1.0 - beta) > 40.0 ? 1.0 : 1.0 - std::pow(beta, steps); // b^t < e^-(1 - b) t
}

void countStepAdam(const TrainingSettings& settings, std::int64_t steps, kernels::UpdateFigures& figures) {
    const auto t = static_cast<double>(steps);
    figures.rate = static_cast<float>(settings.learningRate / warmedUp(beta1, t));
    figures.correction = static_cast<float>(1.0 / std::sqrt(warmedUp(beta2, t)));
}

/// eta / (1 - b1^t) / (sqrt(v / (1 - b2^t)) + epsilon): what a unit of m moves a parameter
Array adamScale(const kernels::UpdateFigures& figures, const Values& v) {
    return figures.rate / (v.sqrt() * figures.correction + epsilon);
}

KernelRule kernelAdam(const TrainingSettings&) {
    return {&kernels::UpdateKernels::adam, KernelRule::Memory::Used, KernelRule::Memory::Used};
}

kernels::UpdateFigures figuresAdam(const TrainingSettings& settings, double lambda) {
    return {.keep = static_cast<float>(1.0 - settings.learningRate * lambda),
            .keepFirst = static_cast<float>(beta1),
            .freshFirst = static_cast<float>(1.0 - beta1),
            .keepSecond = static_cast<float>(beta2),
            .freshSecond = static_cast<float>(1.0 - beta2),
            .epsilon = epsilon,
            .forgotten = forgotten};
}

void updateAdam(const TrainingSettings& settings, const Layout& layout, std::span<const float> parameters,
                std::span<const float> gradient, OptimizerState& state, std::span<float> next) {
    constexpr auto fresh1 = static_cast<float>(1.0 - beta1);
    constexpr auto fresh2 = static_cast<float>(1.0 - beta2);
    state.first.resize(layout.size(), 0.0F);
    state.second.resize(layout.size(), 0.0F);
    ++state.steps;
    kernels::UpdateFigures figures;
    countStepAdam(settings, state.steps, figures);
    for (const Block& block : layout.blocks()) {
        if (!isLearnt(block.kind))
            continue;
        const auto kept = static_cast<float>(1.0 - settings.learningRate * decayOf(settings, block.kind));
        const Values g = part(gradient, block);
        Target m = part(std::span<float>(state.first), block);
        Target v = part(std::span<float>(state.second), block);
        m = static_cast<float>(beta1) * m + fresh1 * g;
        v = static_cast<float>(beta2) * v + fresh2 * g.square();
        m = remembered(m).eval();
        v = remembered(v).eval();
        part(next, block) =
            kept * part(parameters, block) - m * adamScale(figures, part(std::span<const float>(state.second), block));
    }
    keepOthers(layout, parameters, next);
}

void explainAdam(const TrainingSettings& settings, std::span<const Block> pieces, std::span<const float>,
                 std::span<const float> gradient, const OptimizerState& state, MoveParts& parts) {
    constexpr auto fresh1 = static_cast<float>(1.0 - beta1);
    parts.gradient.resize(gradient.size());
    parts.memory.resize(gradient.size());
    kernels::UpdateFigures figures;
    countStepAdam(settings, state.steps, figures);
    // adamScale in runs without a vector of their own each, from an aligned place like its: roots of single numbers are
    // rounded differently.
    constexpr std::size_t run = 256;
    alignas(64) std::array<float, run> room;
    for (const Block& piece : pieces)
        for (std::size_t first = piece.offset; first < piece.offset + piece.size(); first += run) {
            const auto count = static_cast<Eigen::Index>(std::min(run, piece.offset + piece.size() - first));
            Eigen::Map<Array, Eigen::Aligned16> scale(room.data(), count);
            scale = figures.rate / (Values(state.second.data() + first, count).sqrt() * figures.correction + epsilon);
            const Values g(gradient.data() + first, count);
            Target(parts.gradient.data() + first, count) = -(fresh1 * g) * scale;
            Target(parts.memory.data() + first, count) =
                -(Values(state.first.data() + first, count) - fresh1 * g) * scale;
        }
}

/// PyTorch's RMSprop (no momentum, not centred), decay coupled:
///   g = gradient + lambda p,   v = a v + (1 - a) g^2,   p = p - eta g / (sqrt v + epsilon),   a = 0.99
constexpr double smoothing = 0.99;

void updateRmsprop(const TrainingSettings& settings, const Layout& layout, std::span<const float> parameters,
                   std::span<const float> gradient, OptimizerState& state, std::span<float> next) {
    const auto rate = static_cast<float>(settings.learningRate);
    state.second.resize(layout.size(), 0.0F);
    for (const Block& block : layout.blocks()) {
        if (!isLearnt(block.kind))
            continue;
        const auto decay = static_cast<float>(decayOf(settings, block.kind));
        const Values p = part(parameters, block);
        const Array g = part(gradient, block) + decay * p;
        Target v = part(std::span<float>(state.second), block);
        v = static_cast<float>(smoothing) * v + static_cast<float>(1.0 - smoothing) * g.square();
        v = remembered(v).eval();
        part(next, block) = p - rate * g / (v.sqrt() + epsilon);
    }
    keepOthers(layout, parameters, next);
}

KernelRule kernelRmsprop(const TrainingSettings&) {
    return {&kernels::UpdateKernels::rmsprop, KernelRule::Memory::Kept, KernelRule::Memory::Used};
}

kernels::UpdateFigures figuresRmsprop(const TrainingSettings& settings, double lambda) {
    return {.rate = static_cast<float>(settings.learningRate),
            .decay = static_cast<float>(lambda),
            .keepSecond = static_cast<float>(smoothing),
            .freshSecond = static_cast<float>(1.0 - smoothing),
            .epsilon = epsilon,
            .forgotten = forgotten};
}

// Always in the same vectors, whatever the pieces: their roots are rounded differently from those of single numbers.
void explainRmsprop(const TrainingSettings& settings, std::span<const Block> pieces, std::span<const float>,
                    std::span<const float> gradient, const OptimizerState& state, MoveParts& parts) {
    const auto rate = static_cast<float>(settings.learningRate);
    parts.gradient.resize(gradient.size());
    constexpr std::size_t vectors = 16; // numbers: a multiple of the widest
    for (const Block& piece : pieces) {
        const std::size_t first = piece.offset / vectors * vectors;
        const std::size_t end =
            std::min(gradient.size(), (piece.offset + piece.size() + vectors - 1) / vectors * vectors);
        const auto count = static_cast<Eigen::Index>(end - first);
        Target(parts.gradient.data() + first, count) = -rate * Values(gradient.data() + first, count) /
                                                       (Values(state.second.data() + first, count).sqrt() + epsilon);
    }
    parts.memory.clear();
}

const std::array table{
    OptimizerRow{"sgd", FLATLINE_TEXT("SGD"), "v ← μ v + ∇L + λ p,  p ← p − η v", true, updateSgd, explainSgd,
                 kernelSgd, figuresSgd, nullptr},
    OptimizerRow{"adam", FLATLINE_TEXT("Adam"), "p ← p − η λ p − η m̂ / (√v̂ + ε),  m, v: means of ∇L, ∇L²", false,
                 updateAdam, explainAdam, kernelAdam, figuresAdam, countStepAdam},
    OptimizerRow{"rmsprop", FLATLINE_TEXT("RMSprop"), "g = ∇L + λ p,  p ← p − η g / (√v + ε),  v: mean of g²", false,
                 updateRmsprop, explainRmsprop, kernelRmsprop, figuresRmsprop, nullptr},
};

} // namespace

double decayOf(const TrainingSettings& settings, BlockKind kind) {
    switch (kind) {
    case BlockKind::Weight:
        return settings.weightDecay;
    case BlockKind::Bias:
        return settings.biasDecay;
    default:
        return 0.0;
    }
}

bool movesByGradientAlone(const TrainingSettings& settings) {
    const bool remembers = findOptimizer(settings.optimizer)->kernelRule(settings).first == KernelRule::Memory::Used;
    return !remembers && settings.weightDecay == 0.0 && settings.biasDecay == 0.0;
}

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
