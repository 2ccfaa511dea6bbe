#include "core/training/optimizer_step.h"

#include "core/base/flushed_subnormals.h"

#include <algorithm>
#include <cassert>

namespace flatline {

OptimizerStep::OptimizerStep(const TrainingSettings& settings, const Layout& layout, const kernels::Kernels& kernels)
    : m_settings(settings)
    , m_row(findOptimizer(settings.optimizer))
    , m_rule(m_row->kernelRule(settings))
    , m_update(kernels.updates.*m_rule.function)
    , m_zeros(layout.size(), 0.0F) {
    double last = 0.0;
    for (const Block& block : layout.blocks()) {
        const double lambda = decayOf(settings, block.kind);
        std::vector<Run>& runs = isLearnt(block.kind) ? m_learnt : m_others;
        const bool adjoins = !runs.empty() && runs.back().offset + runs.back().count == block.offset;
        if (adjoins && (&runs == &m_others || lambda == last))
            runs.back().count += block.size();
        else
            runs.push_back({block.offset, block.size(), m_row->figures(settings, lambda)});
        if (&runs == &m_learnt)
            last = lambda;
    }
}

std::optional<kernels::Descent> OptimizerStep::descent() const {
    if (m_rule.function != &kernels::UpdateKernels::sgd)
        return std::nullopt;
    const auto figures = [this](BlockKind kind) { return m_row->figures(m_settings, decayOf(m_settings, kind)); };
    const kernels::UpdateFigures weights = figures(BlockKind::Weight);
    return kernels::Descent{nullptr, weights.rate, weights.decay, figures(BlockKind::Bias).decay};
}

/// Of a memory that the rule does not use.
void OptimizerStep::leave(KernelRule::Memory use, const std::vector<float>& before, std::vector<float>& after) {
    if (use == KernelRule::Memory::Dropped)
        after.clear();
    else
        after = before;
}

/// Of one that it uses: where it reads the old values.
const float* OptimizerStep::prepare(const std::vector<float>& before, std::vector<float>& after) const {
    assert(before.empty() || before.size() == m_zeros.size());
    const float* old = before.empty() ? m_zeros.data() : before.data();
    after.resize(m_zeros.size());
    for (const Run& run : m_others)
        std::copy_n(old + run.offset, run.count, after.data() + run.offset);
    return old;
}

bool OptimizerStep::operator()(std::span<const float> parameters, std::span<const float> gradient,
                               const OptimizerState& before, OptimizerState& after, std::span<float> next) const {
    assert(&before != &after && parameters.size() == m_zeros.size() && next.size() == m_zeros.size());
    const auto memory = [this](KernelRule::Memory use, const std::vector<float>& old, std::vector<float>& fresh) {
        if (use == KernelRule::Memory::Used)
            return prepare(old, fresh);
        if (!old.empty() || !fresh.empty())
            leave(use, old, fresh);
        return static_cast<const float*>(nullptr);
    };
    kernels::Update update;
    update.parameters = parameters.data();
    update.gradient = gradient.data();
    update.oldFirst = memory(m_rule.first, before.first, after.first);
    update.oldSecond = memory(m_rule.second, before.second, after.second);
    update.next = next.data();
    update.first = after.first.data();
    update.second = after.second.data();
    after.steps = before.steps;
    const bool finite = m_row->countStep == nullptr ? updateRuns(update) : countAndUpdateRuns(update, after.steps);
    for (const Run& run : m_others)
        std::copy_n(parameters.data() + run.offset, run.count, next.data() + run.offset);
    return finite;
}

void OptimizerStep::remember(std::span<const Block> pieces, std::span<const float> parameters,
                             std::span<const float> gradient, const OptimizerState& before, OptimizerState& after,
                             std::vector<float>& scratch) const {
    assert(&before != &after && parameters.size() == m_zeros.size());
    const FlushedSubnormals flushed; // as when the step was made
    const auto memory = [this](KernelRule::Memory use, const std::vector<float>& old, std::vector<float>& fresh) {
        fresh.resize(use == KernelRule::Memory::Used ? m_zeros.size() : 0);
        return use == KernelRule::Memory::Used && old.empty() ? m_zeros.data() : old.data();
    };
    kernels::Update update;
    update.parameters = parameters.data();
    update.gradient = gradient.data();
    update.oldFirst = memory(m_rule.first, before.first, after.first);
    update.oldSecond = memory(m_rule.second, before.second, after.second);
    scratch.resize(m_zeros.size());
    update.next = scratch.data();
    update.first = after.first.data();
    update.second = after.second.data();
    after.steps = before.steps + (m_row->countStep != nullptr ? 1 : 0); // which counts for `next` alone
    for (const Block& piece : pieces) {
        const auto run =
            std::ranges::find_if(m_learnt, [&](const Run& one) { return piece.offset < one.offset + one.count; });
        update.begin = static_cast<std::ptrdiff_t>(piece.offset);
        update.count = static_cast<std::ptrdiff_t>(piece.size());
        m_update(update, run->figures);
    }
}

bool OptimizerStep::updateRuns(kernels::Update& update) const {
    bool finite = true;
    for (const Run& run : m_learnt) {
        update.begin = static_cast<std::ptrdiff_t>(run.offset);
        update.count = static_cast<std::ptrdiff_t>(run.count);
        const bool good = m_update(update, run.figures);
        finite = finite && good;
    }
    return finite;
}

/// Of a rule some of whose figures depend on the number of the step.
bool OptimizerStep::countAndUpdateRuns(kernels::Update& update, std::int64_t& steps) const {
    kernels::UpdateFigures counted;
    m_row->countStep(m_settings, ++steps, counted);
    bool finite = true;
    for (const Run& run : m_learnt) {
        kernels::UpdateFigures figures = run.figures;
        figures.rate = counted.rate;
        figures.correction = counted.correction;
        update.begin = static_cast<std::ptrdiff_t>(run.offset);
        update.count = static_cast<std::ptrdiff_t>(run.count);
        const bool good = m_update(update, figures);
        finite = finite && good;
    }
    return finite;
}

} // namespace flatline
