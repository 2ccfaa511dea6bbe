#include "core/training/optimizer_step.h"

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

/// Where the rule reads its old memory; null: nowhere.
const float* OptimizerStep::prepare(KernelRule::Memory use, const std::vector<float>& before,
                                    std::vector<float>& after) const {
    if (use != KernelRule::Memory::Used) {
        if (use == KernelRule::Memory::Dropped)
            after.clear();
        else if (!before.empty() || !after.empty())
            after = before;
        return nullptr;
    }
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
    const float* oldFirst = prepare(m_rule.first, before.first, after.first);
    const float* oldSecond = prepare(m_rule.second, before.second, after.second);
    float* first = oldFirst == nullptr ? nullptr : after.first.data();
    float* second = oldSecond == nullptr ? nullptr : after.second.data();
    const bool counts = m_row->countStep != nullptr;
    after.steps = before.steps + (counts ? 1 : 0);
    kernels::UpdateFigures figures;
    if (counts)
        m_row->countStep(m_settings, after.steps, figures);
    const float rate = figures.rate;
    const float correction = figures.correction;
    bool finite = true;
    for (const Run& run : m_learnt) {
        const auto at = [&](auto* values) { return values == nullptr ? nullptr : values + run.offset; };
        if (counts) {
            figures = run.figures;
            figures.rate = rate;
            figures.correction = correction;
        }
        const bool good = m_update({at(parameters.data()), at(gradient.data()), at(oldFirst), at(oldSecond),
                                    at(next.data()), at(first), at(second), static_cast<std::ptrdiff_t>(run.count)},
                                   counts ? figures : run.figures);
        finite = finite && good;
    }
    for (const Run& run : m_others)
        std::copy_n(parameters.data() + run.offset, run.count, next.data() + run.offset);
    return finite;
}

} // namespace flatline
